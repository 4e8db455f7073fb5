// Package pinyin tells how Chinese characters are written in Latin letters without
// tones: names of companies on seals and letters, and the names that sellers give to
// files and folders.
//
// It imports nothing of ours.
package pinyin

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed pinyin.txt
var data string

// Syllables are the readings of a character in lower case, ü as v: "le" and "yue" of 乐.
// Nobody changes the map.
var Syllables = sync.OnceValue(func() map[rune][]string {
	out := make(map[rune][]string, 7000)
	for line := range strings.Lines(data) {
		s, chars, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range chars {
			out[r] = append(out[r], s)
		}
	}
	return out
})

// ofPlaces are characters of a Chinese name that its Latin form leaves out.
const ofPlaces = "市省县区镇"

// Follow follows a Chinese name through one in Latin letters, lower case and without
// blanks, from its beginning: how many of its characters stand there by their readings,
// and the places behind the last of them, several where characters have several
// readings. Characters of places may be left out.
func Follow(han, latin []rune) (reached []int, read int) {
	table := Syllables()
	reached = []int{0}
	for _, r := range han {
		var next []int
		for _, at := range reached {
			for _, s := range table[r] {
				end := at + len(s) // syllables are ASCII
				if end <= len(latin) && string(latin[at:end]) == s && !slices.Contains(next, end) {
					next = append(next, end)
				}
			}
		}
		if len(next) == 0 {
			if strings.ContainsRune(ofPlaces, r) {
				continue
			}
			break
		}
		reached = next
		read++
	}
	return reached, read
}

// maxSpellings is how many spellings of one name are made; names have few characters
// with several readings.
const maxSpellings = 16

// Spellings are the ways to write a name with its characters in pinyin, without blanks:
// "yuantu" of 原图, "changtu" and "zhangtu" of 长图, "skutu" of sku图. Other letters and
// digits stay. Nil where a character has no reading here or there is none to write.
func Spellings(name string) []string {
	out := []string{""}
	chinese := false
	for _, r := range name {
		readings := []string{string(r)}
		if unicode.Is(unicode.Han, r) {
			chinese = true
			readings = Syllables()[r]
		}
		var next []string
		for _, before := range out {
			for _, s := range readings {
				if len(next) < maxSpellings {
					next = append(next, before+s)
				}
			}
		}
		out = next
	}
	if !chinese || len(out) == 0 {
		return nil
	}
	return out
}
