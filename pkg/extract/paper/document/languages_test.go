package document

import (
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/edits"
	"github.com/aecheck/aecheck/pkg/extract/paper/ink"
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

// unknownLetters are letters of our own in scripts that the reader does not know.
var unknownLetters = map[string][]string{
	"ru": {
		"ДОВЕРЕННОСТЬ НА ИСПОЛЬЗОВАНИЕ ТОВАРНОГО ЗНАКА", "Настоящим ООО «Северная посуда», город Москва, именуемое Лицензиар,",
		"уполномочивает компанию Shenzhen Example Technology Co., Ltd.", "использовать фотографии товаров и товарный знак для продажи посуды",
		"на площадке AliExpress. Срок действия: с 01.03.2026 по 28.02.2028.", "Передача прав третьим лицам не допускается. Директор: Иванов П. С.",
	},
	"el": {
		"ΕΞΟΥΣΙΟΔΟΤΗΣΗ ΧΡΗΣΗΣ ΣΗΜΑΤΟΣ", "Η εταιρεία Ελληνικά Σκεύη, με έδρα την Αθήνα, εξουσιοδοτεί",
		"την εταιρεία Shenzhen Example Technology Co., Ltd. να χρησιμοποιεί", "τις φωτογραφίες των προϊόντων και το σήμα για την πώληση",
		"στο AliExpress. Διάρκεια: από 01/03/2026 έως 28/02/2028.", "Ο νόμιμος εκπρόσωπος: Γεώργιος Παπαδόπουλος",
	},
}

// TestUnknownScripts: of letters in other scripts it is said that they were not read,
// whatever was made of their look-alikes in Latin; not of letters that were read.
func TestUnknownScripts(t *testing.T) {
	reader, err := ocr.New()
	if err != nil {
		t.Fatal(err)
	}
	e := &Extractor{reader: reader}
	judge := func(lines []string) string {
		s := papers.NewSheet(1654, 1100, 9)
		for i, l := range lines {
			if err := s.Print(160, 150+90*i, 34, l); err != nil {
				t.Fatal(err)
			}
		}
		s.Grain(2)
		m := s.RGB()
		read, err := e.readPage(t.Context(), m, 0)()
		if err != nil {
			t.Fatal(err)
		}
		why, err := e.unread(t.Context(), paper{number: 1, m: m}, ink.New(m, sheetDetail), read)
		if err != nil {
			t.Fatal(err)
		}
		return why
	}
	for language, lines := range unknownLetters {
		if why := judge(lines); why != otherScript {
			t.Errorf("%s: unread %q, want %q", language, why, otherScript)
		}
	}
	form := []string{"COMMITMENT", "We undertake that all pictures are our own.", "Company:", "______________________________", "______________________________", "..............................................", "Signature:", "- - - - - - - - - - - - - - - - -"}
	for name, lines := range map[string][]string{"es": foreignLetters["es"], "an empty form": form} {
		if why := judge(lines); why != "" {
			t.Errorf("%s: unread %q", name, why)
		}
	}
}

// TestStrange: what speaks for another script, and what does not.
func TestStrange(t *testing.T) {
	line := func(text string, width int, confidence float64) ocr.Line {
		return ocr.Line{Text: text, Box: [4]int{100, 100, width, 30}, Confidence: confidence}
	}
	read := line("hereby authorize the Company to use images", 700, 0.98)
	for _, c := range []struct {
		name  string
		lines []ocr.Line
		want  bool
	}{
		{"nothing", nil, false},
		{"read", []ocr.Line{read, read, read}, false},
		{"seen alone", []ocr.Line{read, line("", 700, 0), line("", 700, 0), line("", 600, 0)}, true},
		{"a logo and two lines of a pen", []ocr.Line{read, read, read, read, line("", 300, 0), line("", 300, 0)}, false},
		{"a line of digits and one of marks", []ocr.Line{line(": . 01.01.2026", 600, 0.97), line("« » ,", 900, 0.9), read, read}, false},
		{"marks", []ocr.Line{line("« » ,", 900, 0.97), line("« »", 900, 0.9), line("(", 900, 0.9), read}, true},
		{"blanks to fill in", []ocr.Line{line("日期:______", 700, 0.97), line("签字:______", 700, 0.9), line("____", 900, 0.9), read}, false},
		{"guesses", []ocr.Line{line("外卒今外契咎人卡", 700, 0.61), line("列3对叫列1日暂", 700, 0.69), line("对里人台子印己", 600, 0.7)}, true},
		{"a form filled in by hand", []ocr.Line{read, read, line("广州市天河区体育西路一百零三号", 420, 0.74), line("王小明三三二六", 300, 0.7), read}, false},
		{"a short label each", []ocr.Line{line("姓名", 60, 0.6), line("地址", 60, 0.6), line("电话", 60, 0.6), read}, false},
		{"Japanese", []ocr.Line{line("株式会社さくら商事は使用を許諾します", 500, 0.98), line("および商品写真の使用", 300, 0.98), line("第三者への再許諾はできません", 400, 0.98)}, false},
	} {
		if got := strange(c.lines); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
