package scan_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"strings"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// violationsSeen lists facts that only the words or pixels of a file violate.
func violationsSeen() []violation {
	fail, review := verdict.Fail, verdict.Review
	picture := func(what func(*testing.T, *papers.Sheet)) func(*testing.T) (string, []byte) {
		return func(t *testing.T) (string, []byte) { return "replacement/detail/d9.jpg", changed(t, what) }
	}
	seen := func(fact, what string, made func(*testing.T) (string, []byte), rule string, o verdict.Outcome, zh, en string) violation {
		return violation{fact: fact, what: what, made: made, rule: rule, outcome: o, says: [2]string{zh, en}}
	}
	text := func(name, old, new string) func(*testing.T) (string, []byte) {
		return func(t *testing.T) (string, []byte) { return name, edited(t, name, old, new) }
	}
	return []violation{
		seen("M43", "a border", picture(func(_ *testing.T, s *papers.Sheet) { border(s, 17) }), "AE313", fail, "边框", "border"),
		seen("M23", "a letter out of an image editor", func(t *testing.T) (string, []byte) {
			return "commitment/commitment.jpg", outOfEditor(t, "commitment/commitment.jpg")
		}, "AE540", review, "不要经过修图软件", "without an image editor"),
		seen("M29", "stock phrases", text("statement/statement.txt", "一、水印的来源", "我司高度重视此次违规，深表歉意，今后一定加强管理，保证不再发生类似情况。\n\n一、水印的来源"),
			"AE641", fail, "套话", "stock phrases"),
		seen("M29", "dates the papers do not have", text("statement/statement.txt", "2026 年 2 月 20 日 10:41", "2026 年 1 月 5 日 10:41"),
			"AE645", review, "EXIF", "EXIF"),
		seen("M30", "a Chinese watermark argued as proof", text("statement/statement.txt", "三、证据", "图片上的中文水印可以证明原创。\n\n三、证据"),
			"AE644", fail, "中文水印", "Chinese"),
		seen("M42", "a licence that forbids commercial use", func(*testing.T) (string, []byte) {
			return "ai_licence/terms.txt", []byte("PIXELMAKER TERMS OF SERVICE\n\nLicence: images may be downloaded, copied and shared. For non-commercial use only; commercial use is prohibited.\n")
		}, "AE541", fail, "商业", "commercial"),
	}
}

// changed is a detail picture of the honest case with something drawn on it.
func changed(t *testing.T, what func(*testing.T, *papers.Sheet)) []byte {
	t.Helper()
	data, err := os.ReadFile("../../testdata/honest/replacement/detail/d1.jpg")
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	s := papers.NewSheet(m.Bounds().Dx(), m.Bounds().Dy(), 1)
	draw.Draw(s, s.Rect, m, m.Bounds().Min, draw.Src)
	what(t, s)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, s, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMissionOfWatermark reads marks on a picture (M21): a copyright line is told,
// the shop's own number is not.
func TestMissionOfWatermark(t *testing.T) {
	s, err := scan.NewSession(builtin(t), scan.SessionOptions{Limits: extract.DefaultLimits(), Jobs: 2, CodeDir: scan.DefaultCodeDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for mark, want := range map[string]verdict.Outcome{"(c)2024 LUMI STUDIO": verdict.Fail, "AE-1101234567": verdict.Pass, "AE-1101234568": verdict.Fail} {
		dir := honestCopy(t)
		v := violation{gone: []string{"commitment", "companion", "evidence", "notice", "replacement", "source", "statement", "upload_log", "violating"},
			made: func(t *testing.T) (string, []byte) {
				return "replacement/detail/d9.jpg", changed(t, func(t *testing.T, s *papers.Sheet) {
					if err := s.Print(s.Rect.Dx()/20, s.Rect.Dy()/8, float64(s.Rect.Dy())/18, mark); err != nil {
						t.Fatal(err)
					}
				})
			}}
		v.apply(t, dir)
		for _, r := range inBoth(t, s, dir) {
			f := findingOf(r.Cases[0].Findings, "AE323")
			if f == nil || f.Outcome != want || want == verdict.Fail && !strings.Contains(report.Plain(f.Message)+report.Plain(f.Remedy), "AE-") {
				t.Errorf("%s: %+v, want %s", mark, f, want)
			}
		}
	}
}

func border(s *papers.Sheet, width int) {
	inner := s.Rect.Inset(width)
	for y := range s.Rect.Max.Y {
		for x := range s.Rect.Max.X {
			if !image.Pt(x, y).In(inner) {
				s.SetRGBA(x, y, papers.Red)
			}
		}
	}
}

// edited is a text of the honest case with one passage replaced.
func edited(t *testing.T, name, old, new string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../testdata/honest/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	return []byte(strings.Replace(string(data), old, new, 1))
}

// outOfEditor is a JPEG of the honest case whose XMP packet names an image editor
// as what made it, as that writes it on saving.
func outOfEditor(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../testdata/honest/" + name)
	if err != nil {
		t.Fatal(err)
	}
	packet := "http://ns.adobe.com/xap/1.0/\x00" + `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Adobe Photoshop 25.0 (Windows)"/></rdf:RDF></x:xmpmeta>`
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xFF, 0xE1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(packet)+2))
	out = append(out, packet...)
	return append(out, data[2:]...)
}
