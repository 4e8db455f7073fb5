package document

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/ocr"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
)

// foreignLetters are letters of authorization of our own in languages of Latin letters.
var foreignLetters = map[string][]string{
	"en": {
		"LETTER OF AUTHORIZATION", "Grantor: Acme Houseware Company Limited, 12 Kingsway, London",
		"We hereby authorize the shop named below to use our trademark and our",
		"product photographs for the sale of drinkware on AliExpress.",
		"Valid from 1 March 2026 until 28 February 2028, in all countries.",
		"The licensee must not grant sublicences. Signed by: Margaret Whitfield",
	},
	"es": {
		"CARTA DE AUTORIZACIÓN", "Otorgante: Compañía Ibérica de Menaje, S.L., calle Núñez 14, Málaga",
		"Por la presente autorizamos a la tienda que se indica a continuación a",
		"utilizar nuestra marca y nuestras fotografías de producto para la venta",
		"de vajilla en AliExpress. Válida desde el 1 de marzo de 2026 hasta el",
		"28 de febrero de 2028 en España. ¿Sublicencia? No se permite. Señor Ibáñez",
	},
	"fr": {
		"LETTRE D'AUTORISATION", "Le cédant : Société Générale de Vaisselle, 7 rue de l'Église, Orléans",
		"Nous autorisons par la présente la boutique désignée ci-dessous à utiliser",
		"notre marque déposée et nos photographies pour la vente de vaisselle sur",
		"AliExpress. Valable du 1er août 2026 au 28 février 2028, où que ce soit.",
		"Toute sous-licence est exclue. Fait à Orléans, le gérant : François Lefèvre",
	},
}

// TestLanguages: letters in three languages are read with their accents.
func TestLanguages(t *testing.T) {
	reader, err := ocr.New()
	if err != nil {
		t.Fatal(err)
	}
	for language, lines := range foreignLetters {
		s := papers.NewSheet(1654, 1100, 7)
		for i, l := range lines {
			if err := s.Print(160, 150+90*i, 34, l); err != nil {
				t.Fatal(err)
			}
		}
		s.Grain(2)
		read, err := reader.Read(t.Context(), s.RGB(), ocr.Options{Page: true})
		if err != nil {
			t.Fatal(err)
		}
		var text []string
		for _, l := range read {
			text = append(text, l.Text)
		}
		want, got := unspaced(strings.Join(lines, "")), unspaced(strings.Join(text, ""))
		wrong := edits.Distance(want, got)
		t.Logf("%s: %d of %d characters wrong", language, wrong, len(want))
		if 100*wrong > len(want) {
			t.Errorf("%s: more than one character in a hundred is wrong:\n%s", language, strings.Join(text, "\n"))
		}
	}
}

// unspaced leaves out white space.
func unspaced(s string) []rune { return []rune(strings.Join(strings.Fields(s), "")) }
