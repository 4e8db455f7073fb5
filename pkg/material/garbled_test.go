package material

import "testing"

// TestNamesOfOtherAlphabets: names in Russian, Ukrainian and Greek are what they say.
func TestNamesOfOtherAlphabets(t *testing.T) {
	for _, name := range []string{"Доказательства", "Новые фото", "Обязательство", "Уведомление", "Исходники", "Фото с нарушением", "Докази", "Φωτογραφίες", "Чек 2026-11-28.pdf"} {
		if guess := nameOf(name).guess; guess != "" {
			t.Errorf("%q is taken for %q", name, guess)
		}
	}
}
