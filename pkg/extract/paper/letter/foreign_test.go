package letter

import (
	"strings"
	"testing"
)

// TestForeignNotice reads the violation's page as sellers of other countries see it.
func TestForeignNotice(t *testing.T) {
	for _, c := range []struct{ lang, text, types, state string }{
		{"es", "Detalle de la infracción\nID de la infracción\n2026112500087713\nID del producto\n1005009911223344\nTipo de infracción\nInfracción de imagen: datos de contacto\nEstado\nPenalizado\nFecha de entrada en vigor2026-11-25 03:14:20 (GMT+8)\nPlazo de apelación\n2026-12-02 03:14:20 (GMT+8)", "contact", "penalised"},
		{"es, accents lost", "Numero de infraccion: 2026112500087713\nCodigo del producto: 1005009911223344\nTipo de sancion: imagen robada\nEstado: Sancionada\nFecha de la sancion: 2026-11-25 03:14:20\nApelar antes del: 2026-12-02 03:14:20", "stolen_image", "penalised"},
		{"pt", "Detalhes da infração\nNúmero da infração: 2026112500087713\nID do produto: 1005009911223344\nTipo de infração: marca d'água\nSituação: Penalizado\nData de entrada em vigor: 2026-11-25 03:14:20\nPrazo para recurso: 2026-12-02 03:14:20", "watermark", "penalised"},
		{"fr", "Détails de l'infraction\nNuméro d'infraction : 2026112500087713\nID du produit : 1005009911223344\nType d'infraction : image volée\nStatut : Sanctionné\nDate d'entrée en vigueur : 2026-11-25 03:14:20\nDate limite d'appel : 2026-12-02 03:14:20", "stolen_image", "penalised"},
		{"it", "Dettagli della violazione\nID della violazione: 2026112500087713\nID del prodotto: 1005009911223344\nTipo di violazione: filigrana\nStato: Sanzionato\nData di entrata in vigore: 2026-11-25 03:14:20\nScadenza del ricorso: 2026-12-02 03:14:20", "watermark", "penalised"},
		{"de", "Verstoßdetails\nVerstoß-ID: 2026112500087713\nProdukt-ID: 1005009911223344\nVerstoßart: Wasserzeichen\nStatus: Bestraft\nInkrafttreten: 2026-11-25 03:14:20\nEinspruchsfrist: 2026-12-02 03:14:20", "watermark", "penalised"},
		{"ru", "Детали нарушения\nНомер нарушения: 2026112500087713\nID товара: 1005009911223344\nТип нарушения: водяной знак\nСтатус: Наказан\nДата вступления в силу: 2026-11-25 03:14:20\nСрок подачи апелляции: 2026-12-02 03:14:20", "watermark", "penalised"},
		{"tr", "İhlal detayları\nihlal no: 2026112500087713\nÜrün ID: 1005009911223344\nihlal türü: izinsiz marka\nDurum: Cezalandırıldı\nYürürlük tarihi: 2026-11-25 03:14:20\nitiraz son tarihi: 2026-12-02 03:14:20", "brand_logo", "penalised"},
		{"es, not yet", "Detalle de la infracción\nID de la infracción: 2026112500087713\nID del producto: 1005009911223344\nTipo de infracción: logo no autorizado\nEstado: aún no penalizado\nFecha de entrada en vigor: 2026-11-25 03:14:20\nPlazo de apelación: 2026-12-02 03:14:20", "brand_logo", "pending"},
	} {
		d := read(c.text)
		if d.Kind != "notice" || strings.Join(d.ViolationIDs, " ") != "2026112500087713" || strings.Join(d.ProductIDs, " ") != "1005009911223344" {
			t.Errorf("%s: kind %s, violation %q, product %q", c.lang, d.Kind, d.ViolationIDs, d.ProductIDs)
		}
		if got := strings.Join(d.ViolationTypes, " "); got != c.types {
			t.Errorf("%s: types %q, want %s", c.lang, got, c.types)
		}
		if got := strings.Join(d.States, " "); got != c.state {
			t.Errorf("%s: states %q, want %s", c.lang, got, c.state)
		}
		if got := times(d); got != "effective 11-25 03:14, deadline 12-02 03:14" {
			t.Errorf("%s: times %q", c.lang, got)
		}
	}
}

// TestForeignCommitment tells commitment letters from authorizations whose licensee
// commits himself to something.
func TestForeignCommitment(t *testing.T) {
	for text, want := range map[string]string{
		"CARTA DE COMPROMISO SOBRE LAS IMÁGENES\nLa empresa se compromete a lo siguiente: las imágenes no contienen marcas no autorizadas ni datos de contacto.":                               "commitment",
		"TERMO DE COMPROMISSO\nA empresa compromete-se a usar apenas imagens próprias, sem marca de terceiros.":                                                                                "commitment",
		"LETTRE D'ENGAGEMENT\nLa société s'engage à n'utiliser que ses propres images, sans marque non autorisée.":                                                                             "commitment",
		"LETTERA D'IMPEGNO\nLa società si impegna a usare solo immagini proprie.":                                                                                                              "commitment",
		"VERPFLICHTUNGSERKLÄRUNG\nDie Firma verpflichtet sich, nur eigene Bilder ohne fremde Marken zu verwenden.":                                                                             "commitment",
		"ПИСЬМО-ОБЯЗАТЕЛЬСТВО\nКомпания обязуется использовать только собственные изображения.":                                                                                                "commitment",
		"TAAHHÜTNAME\nŞirket yalnızca kendi görsellerini kullanmayı taahhüt eder.":                                                                                                             "commitment",
		"CARTA DE AUTORIZACIÓN\nACME S.A. autoriza a la empresa a vender productos de la marca ACME. La empresa se compromete a respetar la marca y se compromete a no conceder sublicencias.": "brand",
	} {
		if d := read(text); d.Kind != want {
			t.Errorf("%.40q: %s, want %s", text, d.Kind, want)
		}
	}
}
