package letter

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// TestDateForms: every form reads its examples.
func TestDateForms(t *testing.T) {
	for i, f := range dateForms {
		for example := range strings.SplitSeq(f.examples, "|") {
			if example == "" {
				continue
			}
			d := read("品牌授权书\n授权期限:至" + example)
			if len(d.Dates) != 1 || ymd(d.Dates[0].At) != "2027-12-01" && ymd(d.Dates[0].At) != "2027-01-12" {
				t.Errorf("form %d: %q: %+v", i, example, d.Dates)
			}
		}
	}
}

// TestDateSubjects: every subject is told from its examples.
func TestDateSubjects(t *testing.T) {
	for _, s := range dateSubjects {
		for example := range strings.SplitSeq(s.examples, "|") {
			if got := bind(example, ""); got.subject != s.name || got.strength < s.strength {
				t.Errorf("%q is of %+v, want %s %d", example, got, s.name, s.strength)
			}
		}
	}
}

// TestTerm: the term is the grant's, whatever other dates a letter names.
func TestTerm(t *testing.T) {
	const zh = "商标使用授权书\n授权方:宁波样品商贸有限公司\n被授权方:杭州样例皮具有限公司\n"
	const en = "LETTER OF AUTHORIZATION\nACME Lederwaren GmbH, Berlin, Germany (Grantor) hereby authorizes\nHangzhou Sample Leather Co., Ltd. (Grantee), China, to use the trademark ACME\nand its product pictures for bags worldwide on AliExpress.\n"
	const signed = "\nDate: 10 January 2026\nSigned: Max Muster"
	for _, c := range []struct{ text, starts, ends, other string }{
		{zh + "商标注册证号:12345678,注册有效期至2034年5月5日。\n授权期限:2025年1月10日至2025年12月31日。", "2025-01-10", "2025-12-31", ""},
		{zh + "商标注册证号:12345678,注册有效期至2025年5月5日,已续展。\n授权期限:2026年1月10日至2027年12月31日。", "2026-01-10", "2027-12-31", ""},
		{zh + "原授权书有效期至2026年6月30日,现续签如下。\n授权期限:2026年1月10日至2027年12月31日。", "2026-01-10", "2027-12-31", ""},
		{zh + "原授权书于2026年6月30日到期,现续签至2027年12月31日。", "", "2027-12-31", ""},
		{zh + "授权期限:自2026年7月1日起至2027年12月30日止。\n双方此前签署的有效期至2026年5月31日的授权书由本授权书取代。", "2026-07-01", "2027-12-30", ""},
		{zh + "双方此前签署的有效期至2026年5月31日的授权书由本授权书取代。\n授权期限:自2026年7月1日起,以合同为准。", "2026-07-01", "", ""},
		{zh + "有效期至2026年5月31日的旧书由本授权书取代。授权期限:2026年7月1日至2027年12月30日", "2026-07-01", "2027-12-30", ""},
		{zh + "授权自2026年7月1日起生效。\n使用至2025年5月31日。", "2026-07-01", "", ""},
		{zh + "我司成立于1998年5月5日,营业执照经营期限至2028年5月5日。\n本授权书有效期至2027年12月31日。", "", "2027-12-31", ""},
		{zh + "法定代表人:张三,身份证有效期限2016.06.01-2026.06.01\n授权有效期:2026.01.10-2027.12.31", "2026-01-10", "2027-12-31", ""},
		{zh + "兹授权被授权方使用“ACME”商标(注册号12345678,有效期至2034年5月5日),授权期限自2026年1月10日起至2027年12月31日止。", "2026-01-10", "2027-12-31", ""},
		{zh + "兹授权被授权方使用“ACME”商标,有效期自2026年1月10日至2027年12月31日。", "2026-01-10", "2027-12-31", ""},
		{zh + "自二〇二六年一月十日起至二〇二七年十二月三十一日止有效。", "2026-01-10", "2027-12-31", ""},
		{zh + "授权期限:2026年1月10日至12月31日", "2026-01-10", "2026-12-31", ""},
		{zh + "授权期限:2026年1月10日起至2027年年底", "2026-01-10", "2027-12-31", ""},
		{zh + "授权期限\n2026-01-10 / 2027-12-31", "2026-01-10", "2027-12-31", ""},
		{zh + "授权期限:20260110-20271231", "2026-01-10", "2027-12-31", ""},
		{zh + "有效期:2027年12月31日\n日期:2026年1月10日", "", "2027-12-31", ""},
		{zh + "授权期限:两年,自签署之日起生效。\n日期:2026年1月10日", "2026-01-10", "2028-01-09", ""},
		{zh + "商标专用权期限为十年。\n授权期限:2年\n日期:2026年1月10日", "2026-01-10", "2028-01-09", ""},
		{zh + "签约日期:2026年1月10日  到期日期:2027年12月31日", "", "2027-12-31", ""},
		{zh + "起始日期:2026年1月10日\n终止日期:2027年12月31日", "2026-01-10", "2027-12-31", ""},
		{zh + "授权期限:2026年1月10日 至 2027年12 Term: from 10 January 2026 until 31 December 2027\n月31日\n日期:2026年1月2日", "2026-01-10", "2027-12-31", ""},
		{zh + "授权期限:至03/12/2026\n日期:2026年1月10日", "", "2026-12-03", "ends 2026-03-12"},
		{zh + "授权期限:至03/12/2026\n日期:13/01/2026", "", "2026-12-03", ""},
		{zh + "授权期限:2025年1月10日至2025年12月31日,期满自动续期一年。", "2025-01-10", "2025-12-31", "open 2025-12-31"},
		{en + "Our company was founded on 5 May 1998. Trademark valid until 5 May 2025. This letter is valid until 31 December 2027." + signed, "", "2027-12-31", ""},
		{en + "Passport of the director expires 1 June 2026. Authorization period: 10 January 2026 to 31 December 2027." + signed, "2026-01-10", "2027-12-31", ""},
		{en + "Validity: from01-N0v-2025to31-0ct-2026" + signed, "2025-11-01", "2026-10-31", ""},
		{en + "Validity: 2026-01-10 / 2027-12-31" + signed, "2026-01-10", "2027-12-31", ""},
		{en + "Valid 10 Jan 26 - 31 Dec 27" + signed, "2026-01-10", "2027-12-31", ""},
		{en + "Valid from 10 January to 31 December 2027.\nDate: 2 January 2027", "2027-01-10", "2027-12-31", ""},
		{en + "This letter is valid until 03/12/2026." + signed, "", "2026-12-03", "ends 2026-03-12"},
		{en + "This letter is valid until 03/01/2026." + signed, "", "2026-03-01", ""},
		{en + "This letter is valid until 03/12/2026.\nDate: 01/25/2026", "", "2026-03-12", ""},
		{en + "This letter replaces our letter of 5 May 2024, which was valid until 30 June 2026, and is valid until 31 December 2027." + signed, "", "2027-12-31", ""},
		{en + "This authorization is valid for 12 months from the date of signature." + signed, "2026-01-10", "2027-01-09", ""},
		{en + "The term is two (2) years from the date of signature." + signed, "2026-01-10", "2028-01-09", ""},
		{en + "The authorization remains valid until 31 December 2027.\nAPOSTILLE\n(Convention de La Haye du 5 octobre 1961)\nthe 12 January 2026" + signed, "", "2027-12-31", ""},
		{en + "This letter of authorization is issued for our brand ACME and is valid until 31 December 2027." + signed, "", "2027-12-31", ""},
		{"AUTORIZACIÓN\nPor la presente autorizamos a Hangzhou Sample Co., Ltd. el uso de la marca ACME desde el 10 de enero de 2026 hasta el 31 de diciembre de 2027.\nFecha: 03/02/2026", "2026-01-10", "2027-12-31", ""},
		{"LETTRE D'AUTORISATION\nNous autorisons Hangzhou Sample Co., Ltd. à utiliser la marque ACME du 10 janvier 2026 au 31 décembre 2027.\nParis, le 10 janvier 2026", "2026-01-10", "2027-12-31", ""},
		{"VOLLMACHT\nHiermit ermächtigen wir die Hangzhou Sample Co., Ltd., die Marke ACME vom 10. Januar 2026 bis zum 31. Dezember 2027 zu nutzen.\nBerlin, den 10.01.2026", "2026-01-10", "2027-12-31", ""},
		{"AUTORIZZAZIONE\nAutorizziamo Hangzhou Sample Co., Ltd. a usare il marchio ACME dal 10 gennaio 2026 al 31 dicembre 2027.\nMilano, 10 gennaio 2026", "2026-01-10", "2027-12-31", ""},
		{"AUTORIZAÇÃO\nAutorizamos a Hangzhou Sample Co., Ltd. a usar a marca ACME de 10 de janeiro de 2026 até 31 de dezembro de 2027.", "2026-01-10", "2027-12-31", ""},
	} {
		d := read(c.text)
		var other []string
		for _, x := range d.Readings {
			other = append(other, x.Role+" "+ymd(x.At))
		}
		if ymd(d.Starts) != c.starts || ymd(d.Ends) != c.ends || strings.Join(other, " ") != c.other {
			var all []string
			for _, x := range d.Dates {
				all = append(all, x.Role+" "+ymd(x.At))
			}
			t.Errorf("%q: %s – %s (%s), want %s – %s (%s); %q", c.text[max(0, len(c.text)-120):], ymd(d.Starts), ymd(d.Ends), strings.Join(other, " "), c.starts, c.ends, c.other, all)
		}
	}
}

// TestTermInTable: in a table the label of a date stands to the left of it, or
// above it.
func TestTermInTable(t *testing.T) {
	line := func(text string, x, y int) facts.DocLine {
		return facts.DocLine{Page: 1, Text: text, Confidence: 1, Box: facts.Box{x, y, 20 * len([]rune(text)), 30}}
	}
	for _, lines := range [][]facts.DocLine{
		{line("授权书", 400, 100), line("商标有效期", 100, 200), line("授权期限", 100, 260), line("2014-05-05至2034-05-04", 400, 202), line("2026-01-10至2027-12-31", 400, 262)},
		{line("授权书", 400, 100), line("生效日期", 100, 200), line("截止日期", 400, 200), line("2026-01-10", 100, 260), line("2027-12-31", 400, 260)},
		{line("LETTER OF AUTHORIZATION", 400, 100), line("Trademark valid until", 100, 200), line("2034-05-04", 600, 202), line("Valid from", 100, 260), line("2026-01-10", 600, 262), line("Valid until", 100, 320), line("2027-12-31", 600, 322)},
		{line("LETTER OF AUTHORIZATION", 400, 100), line("Trademark", 100, 200), line("OAKVIL, registration No.85402795", 400, 202), line("Term", 100, 260), line("from 10 Jan 2026 to 31 Dec 2027", 400, 262)},
	} {
		d := &facts.Document{Text: lines}
		Read(d)
		if ymd(d.Starts) != "2026-01-10" || ymd(d.Ends) != "2027-12-31" || len(d.Readings) > 0 {
			t.Errorf("%s – %s %+v: %+v", ymd(d.Starts), ymd(d.Ends), d.Readings, d.Dates)
		}
	}
}

// TestSideBySide: a paper in two languages, one beside the other, is read one side
// after the other.
func TestSideBySide(t *testing.T) {
	line := func(text string, x, y int) facts.DocLine {
		return facts.DocLine{Page: 1, Text: text, Confidence: 1, Box: facts.Box{x, y, 420, 30}}
	}
	zh := []string{"授权方:宁波样品商贸有限公司以及其", "兹授权被授权方在速卖通平台上", "销售“OAKVIL”品牌的产品并且", "授权期限:自2026年1月10日至2027", "年12月31日止。不得转授权他人的"}
	en := []string{"Grantor: Ningbo Sample Trading Co", "The grantor authorizes the grantee", "to sell products of OAKVIL and to", "Term: from 10 Jan 2026 until 31 De", "cember. Sub-licensing is forbidden"}
	var lines []facts.DocLine
	for i := range zh {
		lines = append(lines, line(zh[i], 80, 100+60*i), line(en[i], 540, 103+60*i))
	}
	d := &facts.Document{Text: lines}
	Read(d)
	if ymd(d.Starts) != "2026-01-10" || ymd(d.Ends) != "2027-12-31" {
		t.Errorf("%s – %s: %+v", ymd(d.Starts), ymd(d.Ends), d.Dates)
	}
}

// TestOrderByCountry: an American letter has the month first, unless its term would then
// begin before the letter was signed and does not the other way.
func TestOrderByCountry(t *testing.T) {
	for _, c := range []struct {
		signed, starts, ends string
		readings             int
	}{
		{"Jan. 25, 2025", "2025-01-02", "2026-12-10", 2}, // or 1 February and 12 October
		{"Jan. 2, 2025", "2025-01-02", "2026-12-10", 0},
		{"Dec. 25, 2025", "2025-01-02", "2026-12-10", 0}, // retroactive either way
	} {
		d := read("LETTER OF AUTHORIZATION\nGrantor: Ambervale Living LLC\n37 Mill Lane, Portland, Oregon, United States of America\n" +
			"Grantee: Ningbo Sample Trading Co., Ltd.\nValidity: 01/02/2025 to 12/10/2026\nDate of signature: " + c.signed)
		if ymd(d.Starts) != c.starts || ymd(d.Ends) != c.ends || len(d.Readings) != c.readings {
			t.Errorf("signed %s: %s – %s, %v", c.signed, ymd(d.Starts), ymd(d.Ends), d.Readings)
		}
	}
}

// TestCountryBelow: where a party sits stands in the rows below its name.
func TestCountryBelow(t *testing.T) {
	line := func(text string, x, y int) facts.DocLine {
		return facts.DocLine{Page: 1, Text: text, Confidence: 1, Box: facts.Box{x, y, 20 * len([]rune(text)), 30}}
	}
	table := []facts.DocLine{line("LETTER OF AUTHORIZATION", 400, 100), line("Licensor", 100, 200), line("Wexford Homeware Ltd", 400, 202), line("Address", 100, 260), line("26 Mill Lane, Portland, Oregon, United States of America", 400, 262),
		line("Licensee", 100, 320), line("Foshan Jiahe Management Ltd", 400, 322), line("Address", 100, 380), line("5 Garden Road, Foshan, China", 400, 382)}
	for _, c := range []struct {
		lines            []facts.DocLine
		grantor, grantee string
	}{
		{table, "US", "CN"},
		{append(table[:3:3], table[5:]...), "", "CN"}, // only the licensee's is given
	} {
		d := &facts.Document{Text: c.lines}
		Read(d)
		if d.Grantor.Country != c.grantor || d.Grantee.Country != c.grantee {
			t.Errorf("grantor %+v, grantee %+v", d.Grantor, d.Grantee)
		}
	}
}

// TestNumbersAreNoDates: what looks like a short date is one only where words
// say so.
func TestNumbersAreNoDates(t *testing.T) {
	d := read("品牌授权书\n注册号:20261231\n版本 3.1.26\nOrder 5 Mar 22 boxes of things we sell and more of them here")
	if len(d.Dates) > 0 {
		t.Errorf("%+v", d.Dates)
	}
	if !slices.Equal(d.Registrations, []string{"20261231"}) {
		t.Errorf("%q", d.Registrations)
	}
}

// TestIssued: a letter is dated by the day of issue, blanks lost by recognition or not.
func TestIssued(t *testing.T) {
	for _, line := range []string{"Date of issue: March 10, 2025", "Date ofissue:March 10,2025", "Dateofsignature:10 March 2025"} {
		d := read("LETTER OF AUTHORIZATION\nLicensor: Orbixa B.V.\nLicensee: Wenzhou Xingfan Luggage Co., Ltd.\n" + line)
		if ymd(d.SignedAt) != "2025-03-10" {
			t.Errorf("%q: signed %s", line, ymd(d.SignedAt))
		}
	}
}

// TestSignedBeforeTheNotary: a letter is signed on the day it says of itself, though the
// certificate behind it ends with a place and a day as well.
func TestSignedBeforeTheNotary(t *testing.T) {
	for _, c := range []struct{ letter, dated, head, first, last, want string }{
		{"LETTER OF AUTHORIZATION\nAcme GmbH authorises Sample Trading to sell its watches.\nTerm: from 1 January 2026 to 31 December 2027.", "Munich, 10 January 2026", "Notarial Certificate", "I certify that the above signature was acknowledged in my presence.", "Munich, 12 January 2026", "2026-01-10"},
		{"AUTORISATION\nJe soussignée Claire Moreau autorise la société Sample à reproduire cette œuvre.", "Fait à Rennes, le 10 décembre 2025", "CERTIFICATION NOTARIALE", "Je soussigné Maître Garnier, notaire à Rennes, certifie la signature.", "Fait à Rennes, le 12 décembre 2025", "2025-12-10"},
		{"AUTORISATION\nLa société Acme autorise la société Sample à vendre ses produits.", "Lyon, le 10 décembre 2025", "Vu pour certification", "Je soussigné, Paul Durand, notaire à Lyon, certifie la signature.", "Lyon, le 12 décembre 2025", "2025-12-10"},
		{"CARTA DE AUTORIZACIÓN\nAcme S.A. autoriza a Sample a vender sus productos.", "Madrid, 10 de diciembre de 2025", "LEGITIMACIÓN DE FIRMAS", "Yo, Ana Ruiz, notaria de Madrid, doy fe.", "Madrid, 12 de diciembre de 2025", "2025-12-10"},
		{"VOLLMACHT\nDie Acme GmbH ermächtigt die Firma Sample zum Verkauf.", "München, 10. Dezember 2025", "Unterschriftsbeglaubigung", "Die Unterschrift wurde vor mir vollzogen.", "München, 12. Dezember 2025", "2025-12-10"},
	} {
		d := &facts.Document{}
		for i, l := range strings.Split(c.letter+"\n"+c.dated, "\n") {
			d.Text = append(d.Text, facts.DocLine{Page: 1, Text: l, Confidence: 1, Box: facts.Box{100, 100 + 60*i, 400, 30}})
		}
		for i, l := range []string{c.head, c.first, c.last} {
			d.Text = append(d.Text, facts.DocLine{Page: 2, Text: l, Confidence: 1, Box: facts.Box{100, 100 + 60*i, 400, 30}})
		}
		Read(d)
		if got := ymd(d.SignedAt); got != c.want {
			t.Errorf("%q and %q: signed %s, want %s", c.dated, c.last, got, c.want)
		}
	}
}

// TestCertificates: what stands on a page behind the head of a notary's certificate is
// not dated with the letter.
func TestCertificates(t *testing.T) {
	for _, head := range []string{"NOTARIAL CERTIFICATE", "公证书", "APOSTILLE", "Acta notarial", "I, the undersigned notarypublic, hereby certify that the signature on the foregoing letter was subscribed in my presence"} {
		d := facts.Document{Text: []facts.DocLine{
			{Page: 1, Text: "LETTER OF AUTHORIZATION", Confidence: 1}, {Page: 1, Text: "Licensor: Ambervale Trading GmbH", Confidence: 1},
			{Page: 1, Text: "Licensee: Yiwu Boyuan Crafts Co., Ltd.", Confidence: 1}, {Page: 1, Text: "Signature:", Confidence: 1}, {Page: 1, Text: "Date: 28 May 2025", Confidence: 1},
			{Page: 2, Text: head, Confidence: 1}, {Page: 2, Text: "Jonas Keller signed in my presence. Date: 31 May 2025", Confidence: 1},
		}}
		Read(&d)
		if got := d.SignedAt.Format(time.DateOnly); got != "2025-05-28" {
			t.Errorf("behind %s: signed %s", head, got)
		}
	}
	d := facts.Document{Text: []facts.DocLine{
		{Page: 1, Text: "图片版权许可书", Confidence: 1}, {Page: 1, Text: "许可方：永泰（香港）国际有限公司", Confidence: 1}, {Page: 1, Text: "签发日期：2024/12/15", Confidence: 1},
		{Page: 2, Text: "证明书", Confidence: 1}, {Page: 2, Text: "中国委托公证人及香港律师郑明哲", Confidence: 1}, {Page: 2, Text: "日期：2024/12/20", Confidence: 1},
		{Page: 3, Text: "证明书", Confidence: 1}, {Page: 3, Text: "商品质量合格", Confidence: 1},
	}}
	Read(&d)
	if got := d.SignedAt.Format(time.DateOnly); got != "2024-12-15" || !slices.Equal(d.CertificatePages, []int{2}) {
		t.Errorf("signed %s, certificates on %v", got, d.CertificatePages)
	}
}

// TestOtherCalendars: terms in the numerals of contracts, in the years of the Republic
// and of the Buddha, and by months alone.
func TestOtherCalendars(t *testing.T) {
	for text, want := range map[string]string{
		"授权书\n授权期限:自2025年12月1日起壹年\n日期:2025年12月1日":                              "2026-11-30",
		"授权书\n授权期限:自2024年1月1日起叁拾陆个月":                                           "2026-12-31",
		"授权书\n授权期限:民国113年1月1日至民国114年12月31日":                                    "2025-12-31",
		"授權書\n授權期限:中華民國一一五年一月十日至中華民國一一六年十二月三十一日":                               "2027-12-31",
		"LETTER OF AUTHORIZATION\nValid until 31 December 2569 (B.E.).":        "2026-12-31",
		"LETTER OF AUTHORIZATION\nValid from 01/01/2568 to 31/12/2568.":        "2025-12-31",
		"LETTER OF AUTHORIZATION\nThis letter is valid through December 2025.": "2025-12-31",
	} {
		if got := read(text).Ends.Format("2006-01-02"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
