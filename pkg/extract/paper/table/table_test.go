package table

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

func run(t testing.TB, format string, b []byte) (facts.Table, error) {
	t.Helper()
	var set facts.Set
	in := extract.NewInput(format, int64(len(b)), b, bytes.NewReader(b), nil)
	err := New().Extract(context.Background(), in, &set)
	return set.Table, err
}

// log30 is a log of thirty days with one day left out and a bulk of six.
func log30(sep string) string {
	var b strings.Builder
	b.WriteString("序号" + sep + "图片名称" + sep + "上传时间\n")
	n := 0
	for d := range 30 {
		if d == 12 {
			continue
		}
		n++
		fmt.Fprintf(&b, "%d%sIMG_%04d.jpg%s%s\n", n, sep, n, sep, time.Date(2026, 10, 20, 9, 30, 0, 0, lang.Beijing()).AddDate(0, 0, d).Format("2006-01-02 15:04:05"))
	}
	for k := range 5 {
		fmt.Fprintf(&b, "%d%sX%d.jpg%s2026-11-01 09:3%d:00\n", 100+k, sep, k, sep, 1+k)
	}
	return b.String()
}

func TestCSV(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(log30(","))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"comma": log30(","), "tab": log30("\t"), "semicolon": log30(";"), "gbk": gbk, "title above": "近30天上传日志\n\n" + log30(",")} {
		got, err := run(t, "csv", []byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Rows != 34 || got.TimeKey != "上传时间" || got.DaysSpan != 30 || got.BadRows != 0 {
			t.Errorf("%s: %+v", name, got)
		}
		if name != "title above" {
			// 2026-11-01 is the thirteenth day: the bulk fills the day left out.
			if got.DaysEmpty != 0 || got.BulkPeak != 5 || got.BulkAt.Format(time.DateTime) != "2026-11-01 09:31:00" {
				t.Errorf("%s: empty %d bulk %d at %v", name, got.DaysEmpty, got.BulkPeak, got.BulkAt)
			}
		}
	}
}

// TestLinesEndedByCR: Excel's "CSV (Macintosh)" reads as the same table.
func TestLinesEndedByCR(t *testing.T) {
	rows, err := readCSV("时间,文件\r2026-11-01,a.jpg\r")
	if err != nil || len(rows) != 2 || len(rows[1]) != 2 || rows[1][1].text != "a.jpg" {
		t.Errorf("%v, %v", rows, err)
	}
}

func TestCSVWithoutTimes(t *testing.T) {
	got, err := run(t, "csv", []byte("name,size\na.jpg,10\nb.jpg,20\n"))
	if err != nil || got.Rows != 2 || got.TimeKey != "" || !got.First.IsZero() {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := run(t, "csv", []byte("\n\n")); !errors.Is(err, ErrEmpty) {
		t.Errorf("empty: %v", err)
	}
}

func TestTimeForms(t *testing.T) {
	want := time.Date(2026, 11, 1, 9, 5, 0, 0, lang.Beijing())
	for _, s := range []string{"2026-11-01 09:05:00", "2026/11/1 9:05", "2026年11月1日 9:05", "2026-11-01T09:05:00+08:00", "2026-11-01T01:05:00Z", "1793495100", "1793495100000", "20261101090500", "20261101 090500", "20261101T090500", "46327.378472222", "2026-11-01 09:05:00.123", "11/1/2026 9:05 AM",
		"11/1/2026 9:05:00 am", "1-Nov-26 9:05", "1-Nov-2026 09:05:00", "Nov 1, 2026 9:05 AM", "November 1, 2026 at 9:05 AM", "1 November 2026 09:05", "Sunday, November 1, 2026 9:05 AM", "2026/11/1 上午9:05", "2026-11-01 9:05 AM", "11/1/26 9:05"} {
		if got, ok := timeOf(cell{text: s}, unsettled); !ok || !got.Equal(want) {
			t.Errorf("%q: %v %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "12", "1005001234567890", "IMG_0001.jpg", "99999999", "46327", "12.50"} {
		if got, ok := timeOf(cell{text: s}, unsettled); ok {
			t.Errorf("%q read as %v", s, got)
		}
	}
}

// TestColumnOrder: a day above twelve tells the order of day and month of the
// whole column; where there is none it is not guessed.
func TestColumnOrder(t *testing.T) {
	log := func(layout string, from, days int) string {
		var b strings.Builder
		b.WriteString("File,Upload time\n")
		for d := range days {
			fmt.Fprintf(&b, "IMG_%d.jpg,\"%s\"\n", d, time.Date(2026, 10, from, 15, 4, 0, 0, lang.Beijing()).AddDate(0, 0, d).Format(layout))
		}
		return b.String()
	}
	for _, c := range []struct {
		layout     string
		from, days int
		open       bool
		first      string
	}{
		{"1/2/2006", 3, 30, false, "2026-10-03 00:00:00"},
		{"2/1/2006", 3, 30, false, "2026-10-03 00:00:00"},
		{"1/2/2006 3:04 PM", 3, 30, false, "2026-10-03 15:04:00"},
		{"02.01.2006 15:04", 3, 30, false, "2026-10-03 15:04:00"},
		{"1/2/06 15:04", 3, 30, false, "2026-10-03 15:04:00"},
		{"2-Jan-06", 3, 30, false, "2026-10-03 00:00:00"},
		{"2-Jan-06", 3, 5, false, "2026-10-03 00:00:00"},
		{"1/2/2006", 3, 5, true, "0001-01-01 00:00:00"},
		{"2/1/2006", 3, 5, true, "0001-01-01 00:00:00"},
	} {
		got, err := run(t, "csv", []byte(log(c.layout, c.from, c.days)))
		if err != nil || got.TimeKey != "Upload time" || got.DayMonthOpen != c.open || got.First.Format(time.DateTime) != c.first || !c.open && got.DaysSpan != c.days {
			t.Errorf("%s, %d days: %+v %v", c.layout, c.days, got, err)
		}
	}
	got, err := run(t, "csv", []byte("File,Upload time\na,13/10/2026\nb,10/14/2026\nc,3/4/2026\n"))
	if err != nil || !got.DayMonthOpen {
		t.Errorf("a column of both orders: %+v %v", got, err)
	}
}

// workbookOf packs parts into an archive.
func workbookOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sample() map[string]string {
	return map[string]string{
		"xl/workbook.xml":      `<workbook><workbookPr/></workbook>`,
		"xl/sharedStrings.xml": `<sst><si><t>文件</t></si><si><r><t>上传</t></r><r><t>时间</t></r></si><si><t>a.jpg</t></si></sst>`,
		"xl/styles.xml":        `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>` +
			`<row r="2"><c r="A2" t="s"><v>2</v></c><c r="C2" s="1"><v>46327.375</v></c></row>` +
			`<row r="3"><c r="A3" t="inlineStr"><is><t>b.jpg</t></is></c><c r="C3" s="1"><f>C2+1</f><v>46328.5</v></c></row></sheetData></worksheet>`,
	}
}

func TestXLSX(t *testing.T) {
	got, err := run(t, "xlsx", workbookOf(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows != 2 || got.TimeKey != "上传时间" || got.First.Format(time.DateTime) != "2026-11-01 09:00:00" || got.Last.Format(time.DateTime) != "2026-11-02 12:00:00" || got.DaysSpan != 2 {
		t.Errorf("%+v", got)
	}
	if _, err := run(t, "xlsx", []byte("PK\x03\x04 no archive")); !errors.Is(err, ErrNotXLSX) {
		t.Errorf("err %v", err)
	}
}

// TestXLSXSheets: a log goes on on another sheet under the same heads; a sheet with other
// heads is another table.
func TestXLSXSheets(t *testing.T) {
	parts := sample()
	parts["xl/worksheets/sheet2.xml"] = strings.NewReplacer("46327.375", "46297.375", "46328.5", "46298.5").Replace(parts["xl/worksheets/sheet1.xml"])
	parts["xl/worksheets/sheet3.xml"] = `<worksheet><sheetData><row><c t="inlineStr"><is><t>员工</t></is></c><c t="inlineStr"><is><t>备注</t></is></c></row><row><c t="inlineStr"><is><t>李四</t></is></c><c t="inlineStr"><is><t>无</t></is></c></row></sheetData></worksheet>`
	got, err := run(t, "xlsx", workbookOf(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	if got.Rows != 4 || got.First.Format(time.DateOnly) != "2026-10-02" || got.Last.Format(time.DateOnly) != "2026-11-02" {
		t.Errorf("%+v", got)
	}
}

// TestXLSXBomb has a part that unpacks to more than is read.
func TestXLSXBomb(t *testing.T) {
	parts := sample()
	const limit = 1 << 16
	parts["xl/sharedStrings.xml"] = "<sst>" + strings.Repeat(" ", limit) + "</sst>"
	if _, err := readXLSX(context.Background(), workbookOf(t, parts), limit); !errors.Is(err, ErrTooLarge) {
		t.Errorf("err %v", err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte(log30(",")), false)
	f.Add([]byte("a;b\n1;2026-01-01\n"), false)
	f.Add(workbookOf(f, sample()), true)
	f.Fuzz(func(t *testing.T, b []byte, xlsx bool) {
		format := "csv"
		if xlsx {
			format = "xlsx"
		}
		got, err := run(t, format, b)
		if err == nil && (got.DaysEmpty < 0 || got.DaysSpan < got.DaysEmpty || got.BulkPeak > got.Rows) {
			t.Fatalf("%+v", got)
		}
	})
}
