package scan_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	xdraw "golang.org/x/image/draw"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/derive"
	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/testkit/corpus"
	"github.com/aecheck/aecheck/pkg/testkit/leaves"
	"github.com/aecheck/aecheck/pkg/testkit/papers"
	"github.com/aecheck/aecheck/pkg/testkit/pdffile"
)

// memory is a file in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// setElsewhere are the facts that no sample here can set, and why not.
func setElsewhere() map[string]string {
	out := map[string]string{
		"file.troubles": "what the folder says, see the script odd-files of pkg/cli", "file.trouble_detail": "the same",
		"meta.contacts[].box": "metadata has no place in the picture", "meta.contacts[].overlay": "the same",
		"document.boilerplate[].box":   "a text file has no boxes; pages do, as document.text[].box shows",
		"document.readings[].box":      "the same",
		"document.blanks[].box":        "the same",
		"document.page_numbers[].box":  "the same",
		"document.rights_holder.box":   "the same, as document.grantor.box shows",
		"exif.owner":                   "pkg/extract/file/exif reads one (TestReadCameraSet)",
		"document.encrypted":           "pkg/extract/paper/pdf/render has a PDF with a password",
		"document.certificate_pages":   "pkg/extract/paper/letter reads some (TestCertificates)",
		"quality.upscaled":             "pkg/extract/picture/pixels enlarges some (TestUpscaled)",
		"document.seal_places[].blank": "pkg/extract/paper/signatures has blank ones (TestSealPlaces)",
		"document.sign_places[].blank": "the same (TestSignPlaces)",
	}
	for _, f := range []string{"", "[].page", "[].degrees", "[].width", "[].height"} {
		out["document.turned"+f] = "pkg/extract/paper/document turns some (TestSetUpright)"
	}
	for _, f := range []string{"present", "valid", "trusted", "trust_list", "trust_lists", "errors", "signer", "generator", "signed_at", "actions", "software", "ingredients", "sources", "ai", "capture"} {
		out["meta.c2pa."+f] = "pkg/extract/file/c2pa makes manifests (TestEveryFactIsSet)"
	}
	return out
}

// TestEveryFactIsSetBySomeSample fails for a fact that no extractor ever fills:
// rules would judge its zero.
func TestEveryFactIsSetBySomeSample(t *testing.T) {
	runner, done, err := scan.NewRunner(scan.RunnerOptions{Limits: extract.DefaultLimits(), CodeDir: scan.DefaultCodeDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	config, err := derive.NewConfig(builtin(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := leaves.Seen{}
	look := func(name string, data []byte, wanted ...string) *facts.Set {
		t.Helper()
		set, err := runner.Run(context.Background(), extract.Source{Open: func() (extract.ReadCloser, int64, error) {
			return memory{bytes.NewReader(data)}, int64(len(data)), nil
		}}, extract.Request{Facts: append(wanted, "file"), Hash: true})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		brands := casefile.Brands{Watched: []string{"Acmetoys"}}
		config.Apply(set, derive.Subject{Path: name, Contacts: true, Case: &casefile.File{Brands: brands, Store: casefile.Store{ID: "1234567"}}})
		seen.Look("", set)
		return set
	}
	sample := func(name string, wanted ...string) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join("../../testdata", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		sameAsGolden(t, name, look(name, data, wanted...))
	}
	pixels := []string{"image", "hash", "background", "frame", "quality", "codes", "match", "preview"}
	sample("listing/替换图/SKU图/BROWN.jpg", append(pixels, "text", "origin", "exif", "meta")...)
	sample("listing/替换图/主图/02_黑色.jpg", append(pixels, "text")...)
	sample("listing/替换图/主图/03_侧面.jpg", pixels...)
	sample("listing/替换图/详情/d1.jpg", pixels...)
	sample("listing/替换图/详情/d2.jpg", pixels...)
	sample("listing/原图/Screenshot_20261119-101500.png", append(pixels, "origin")...)
	sample("listing/违规图/1.jpg", append(pixels, "text")...)
	sample("listing/授权书/acme-loa.pdf", "document")
	sample("honest/replacement/detail/d1.jpg", "quality")
	sample("honest/commitment/commitment.jpg", "document")
	sample("honest/notice/notice.png", "document")
	sample("honest/upload_log/log.csv", "table")
	sample("honest/source/IMG_2001.JPG", "exif", "meta", "origin")
	corpus.Each(t, corpus.Imagemeta, "testdata/images", func(name string, data []byte) {
		wanted := []string{"exif", "meta", "origin"}
		if ext := filepath.Ext(name); ext != ".heic" && ext != ".heif" { // which take seconds to decode
			wanted = append(wanted, "image")
		}
		look(name, data, wanted...)
	})
	corpus.Each(t, corpus.Pigo, "testdata", func(name string, data []byte) {
		if strings.HasSuffix(name, ".jpg") {
			look(name, data, "faces")
		}
	})
	for name, m := range made(t) {
		look(name, m.data, m.facts...)
	}
	elsewhere := setElsewhere()
	for _, path := range seen.Unset("") {
		if elsewhere[path] == "" {
			t.Errorf("%s: set by no sample", path)
		}
	}
	for path, why := range elsewhere {
		if seen[path] {
			t.Errorf("%s is set here, the reason %q is not needed", path, why)
		}
	}
}

// madeSample is a file made for facts that the sample folders do not show.
type madeSample struct {
	data  []byte
	facts []string
}

func made(t *testing.T) map[string]madeSample {
	t.Helper()
	out := map[string]madeSample{}
	encode := func(name string, m image.Image, wanted ...string) {
		t.Helper()
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		out[name] = madeSample{b.Bytes(), wanted}
	}

	// What marks and words on a picture give.
	s := papers.NewSheet(1000, 1000, 1)
	for _, line := range []struct {
		x, y int
		size float64
		text string
	}{{40, 100, 44, "AI Generated"}, {40, 300, 60, "50% OFF SALE"}, {40, 500, 60, "Acmetoys"}, {560, 940, 40, "AE-1234567"}, {40, 700, 40, "AE-123456O"}} {
		if err := s.Print(line.x, line.y, line.size, line.text); err != nil {
			t.Fatal(err)
		}
	}
	encode("words.png", s, "text", "image")
	out["shooting.csv"] = madeSample{[]byte("File,Date,Camera,Serial,Model\nIMG_4471.JPG,2026-10-14,NIKON D7500,8811327,Karina Volkova\n"), []string{"table"}}
	out["links.txt"] = madeSample{[]byte("https://ae01.alicdn.com/kf/S1.jpg\n"), []string{"links"}}

	// A code that holds a contact, and a subject that runs out of the picture.
	code, err := qrcode.NewQRCodeWriter().Encode("https://u.wechat.com/kAbcDeFg12345", gozxing.BarcodeFormat_QR_CODE, 300, 300, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := image.NewRGBA(image.Rect(0, 0, 800, 800))
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Src)
	for y := range 300 {
		for x := range 300 {
			if code.Get(x, y) {
				m.Set(x+60, y+60, color.Black)
			}
		}
	}
	for y := 450; y < 800; y++ {
		for x := 400; x < 700; x++ {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	encode("code.png", m, "codes", "frame", "shown")
	blank := image.NewRGBA(image.Rect(0, 0, 800, 800))
	draw.Draw(blank, blank.Bounds(), image.White, image.Point{}, draw.Src)
	encode("blank.png", blank, "quality")

	// A grainy picture, enlarged.
	const scale = 1.4
	grain := func(x, y int) float64 { return float64((x*7919 + y*104729 + x*y*31) % 97) }
	enlarged := image.NewGray(image.Rect(0, 0, 700, 700))
	for y := range 700 {
		for x := range 700 {
			u, v := float64(x)/scale, float64(y)/scale
			i, j := int(u), int(v)
			u, v = u-float64(i), v-float64(j)
			upper, lower := grain(i, j)*(1-u)+grain(i+1, j)*u, grain(i, j+1)*(1-u)+grain(i+1, j+1)*u
			enlarged.SetGray(x, y, color.Gray{uint8(80 + upper*(1-v) + lower*v)})
		}
	}
	encode("enlarged.png", enlarged, "quality")

	// A frame around a picture.
	framed := image.NewRGBA(image.Rect(0, 0, 800, 800))
	draw.Draw(framed, framed.Bounds(), image.NewUniform(color.RGBA{200, 30, 30, 255}), image.Point{}, draw.Src)
	file, err := os.Open("../../testdata/listing/替换图/主图/01_正面.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	photo, _, err := image.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	xdraw.ApproxBiLinear.Scale(framed, image.Rect(30, 30, 770, 770), photo, photo.Bounds(), draw.Src, nil)
	encode("framed.png", framed, "frame")

	// Papers: a letter that says everything, signed files, one from an editor of
	// pictures, a blurred page.
	out["letter.txt"] = madeSample{[]byte(letterText), []string{"document"}}
	out["agent.txt"] = madeSample{[]byte("品牌授权书\n授权方：艾克美贸易有限公司\n商标权人：ACME GmbH\n被授权方：深圳市示例科技有限公司\n"), []string{"document"}}
	out["complaint.txt"] = madeSample{[]byte("违规通知\n平台：速卖通\n违规类型：知识产权投诉\n"), []string{"document"}}
	out["times.txt"] = madeSample{[]byte("违规通知\n处罚时间：2026-11-18\n申诉剩余时间：2 天 3 小时\n"), []string{"document"}}
	out["form.txt"] = madeSample{[]byte("品牌授权书\n被授权方：____________\n授权期限：至03/12/2026\n第1页 共2页\n"), []string{"document"}}
	out["american.csv"] = madeSample{[]byte("File,Upload time\na.jpg,3/4/2026\nb.jpg,3/5/2026\n"), []string{"table"}}
	signed := pdffile.Signed(t)
	out["validated.pdf"] = madeSample{pdffile.Update(signed, map[int]string{1: "<< /Type /Catalog /Pages 2 0 R /DSS 5 0 R >>", 5: "<< /Type /DSS /VRI << /A 1 >> >>"}, ""), []string{"document"}}
	out["signed.pdf"] = madeSample{signed, []string{"document"}}
	out["broken.pdf"] = madeSample{bytes.Replace(bytes.Clone(signed), []byte("595"), []byte("596"), 1), []string{"document"}}
	out["added-to.pdf"] = madeSample{append(bytes.Clone(signed), "\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Rotate 90 >>\nendobj\n%%EOF\n"...), []string{"document"}}
	out["edited.pdf"] = madeSample{pdffile.Build("/Info 4 0 R", pdffile.Catalog, pdffile.OnePage, "<< /Type /Page /Parent 2 0 R >>",
		"<< /Producer (Adobe Photoshop 24.0) >>"), []string{"document"}}
	page := papers.NewSheet(1240, 1754, 2)
	if err := page.Body(150, 14); err != nil {
		t.Fatal(err)
	}
	page.Blur(2)
	encode("blurred.png", page, "document")
	out["log.csv"] = madeSample{[]byte("上传时间,文件\n2026-11-01 10:00,a.jpg\n2026-11-09 10:00,b.jpg\nnever,c.jpg\n"), []string{"table"}}

	// A picture that says it was made by a generator.
	out["generated.png"] = madeSample{labelled(t, `{"Label":"1","ContentProducer":"豆包"}`), []string{"origin"}}

	var animated bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.White, color.Black})
	if err := gif.EncodeAll(&animated, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	out["two.gif"] = madeSample{animated.Bytes(), []string{"image"}}
	return out
}

// letterText has every statement a letter can make.
const letterText = `AUTHORIZATION LETTER
授权书
授权方：深圳市示例科技有限公司
被授权方：Yiwu Sample Trading Co., Ltd
品牌：ACME
商标注册号：12345678
授权范围：使用 ACME 商标的图片，用于速卖通店铺的商品展示
授权类目：服装、箱包
授权地域：全球
授权期限：2025年1月1日起长期有效
被授权方可以转授权
兹经公证处公证
不得用于商业用途
我司高度重视，深表歉意
签署日期：2025年1月1日
`

// labelled is a PNG with the label of GB 45438-2025 in a text chunk.
func labelled(t *testing.T, label string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		t.Fatal(err)
	}
	body := "tEXtAIGC\x00" + label
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = append(chunk, body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE([]byte(body)))
	const header = 8 + 25 // signature and IHDR
	return slices.Concat(b.Bytes()[:header], chunk, b.Bytes()[header:])
}
