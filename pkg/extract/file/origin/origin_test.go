package origin

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/exif"
	"github.com/aecheck/aecheck/pkg/facts"
)

// sample is what one file holds.
type sample struct {
	file container.File
	exif facts.Exif
	raw  exif.Raw
	meta facts.Meta
}

func phone() facts.Exif {
	return facts.Exif{
		Present: true, Make: "Apple", Model: "iPhone 15 Pro", Software: "17.4", TakenAt: time.Date(2026, 2, 1, 10, 0, 0, 0, time.UTC), TakenRaw: "2026:02:01 10:00:00",
		ModifiedAt: time.Date(2026, 2, 1, 10, 0, 0, 0, time.UTC), CoreCount: 3, StrongCount: 6, FNumber: 1.8, MakerNote: 2000, PixelWidth: 4032, PixelHeight: 3024,
	}
}

func with[T any](v T, change func(*T)) T { change(&v); return v }

func jpegFile(w, h int) container.File {
	return container.File{Format: "jpeg", Header: container.Header{Width: w, Height: h, Frames: 1}}
}

func pngFile(w, h int, text ...container.Text) container.File {
	return container.File{Format: "png", Header: container.Header{Width: w, Height: h, Frames: 1}, Text: text}
}

// want gives the verdicts under the thresholds of the package comment; an
// empty one is "no".
type want struct{ camera, screenshot, messenger, edited, ai string }

// bare is what Huawei's and Honor's phones write into a capture of the screen.
func bare() facts.Exif {
	return with(phone(), func(e *facts.Exif) {
		*e = facts.Exif{Present: true, Make: "HUAWEI", Model: "COR-AL10", TakenAt: e.TakenAt, TakenRaw: e.TakenRaw, HasTakenAt: true, CoreCount: 3}
	})
}

func TestJudgements(t *testing.T) {
	x, err := New(c2pa.BuiltinTrust())
	if err != nil {
		t.Fatal(err)
	}
	text := func(k, v string) container.Text { return container.Text{Key: k, Value: v} }
	signed := func(c facts.C2PA) facts.Meta { c.Present = true; return facts.Meta{C2PA: c} }
	for name, c := range map[string]struct {
		sample
		want
	}{
		"a phone's file":               {sample{file: jpegFile(4032, 3024), exif: phone()}, want{camera: "yes"}},
		"a phone's file, on its side":  {sample{file: jpegFile(3024, 4032), exif: phone()}, want{camera: "yes"}},
		"core tags alone":              {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.StrongCount, e.MakerNote, e.PixelWidth = 0, 0, 0 })}, want{camera: "unclear"}},
		"no metadata":                  {sample{file: jpegFile(800, 800)}, want{camera: "no"}},
		"clock never set":              {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.TakenAt = time.Time{}; e.TakenRaw = "0000:00:00 00:00:00" })}, want{camera: "yes"}},
		"resized":                      {sample{file: jpegFile(1600, 1200), exif: phone()}, want{camera: "unclear", edited: "unclear"}},
		"resized and edited":           {sample{file: jpegFile(1600, 1200), exif: with(phone(), func(e *facts.Exif) { e.Software = "Adobe Photoshop 25.0 (Windows)" })}, want{camera: "unclear", edited: "yes"}},
		"edited, same size":            {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.Software = "Snapseed 2.0" })}, want{camera: "unclear", edited: "yes"}},
		"firmware is no editor":        {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.Software = "HDR+ 1.0.345618096zd" })}, want{camera: "yes"}},
		"transfer tool":                {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.Software = "Nikon Transfer 1.1 W" })}, want{camera: "yes"}},
		"changed a day later":          {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.ModifiedAt = e.TakenAt.Add(49*time.Hour + 3*time.Second) })}, want{camera: "yes", edited: "unclear"}},
		"changed a time zone later":    {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.ModifiedAt = e.TakenAt.Add(8 * time.Hour) })}, want{camera: "yes"}},
		"camera tags in a PNG":         {sample{file: pngFile(4032, 3024), exif: phone()}, want{camera: "unclear", edited: "unclear"}},
		"a game":                       {sample{file: jpegFile(1920, 1080), exif: with(phone(), func(e *facts.Exif) { e.Make, e.Model, e.PixelWidth = "Polyphony Digital Inc.", "Gran Turismo 5", 0 })}, want{camera: "no"}},
		"iOS screenshot":               {sample{file: pngFile(1170, 2532), exif: facts.Exif{UserComment: "Screenshot"}}, want{camera: "no", screenshot: "yes"}},
		"iOS screenshot, cropped":      {sample{file: pngFile(900, 700), exif: facts.Exif{UserComment: "Screenshot"}}, want{camera: "no", screenshot: "yes"}},
		"screenshot by size":           {sample{file: pngFile(1080, 2400)}, want{camera: "no", screenshot: "yes"}},
		"screen size as JPEG":          {sample{file: jpegFile(1080, 2400)}, want{camera: "no", screenshot: "unclear"}},
		"screen size from a camera":    {sample{file: jpegFile(1080, 1920), exif: with(phone(), func(e *facts.Exif) { e.PixelWidth = 0 })}, want{camera: "yes", messenger: ""}},
		"Huawei's capture":             {sample{file: jpegFile(1080, 2340), exif: bare()}, want{camera: "no", screenshot: "yes"}},
		"Huawei's capture, of 16:9":    {sample{file: jpegFile(1080, 1920), exif: bare()}, want{camera: "unclear", screenshot: "unclear", messenger: "unclear"}},
		"Huawei's capture of a page":   {sample{file: jpegFile(1080, 7200), exif: bare()}, want{camera: "unclear", screenshot: "unclear"}},
		"Huawei's capture, half":       {sample{file: jpegFile(540, 1170), exif: bare()}, want{camera: "unclear", screenshot: "unclear", messenger: "unclear"}},
		"an export of a screen's size": {sample{file: jpegFile(1080, 2340), exif: with(phone(), func(e *facts.Exif) { e.PixelWidth, e.MakerNote = 0, 0 })}, want{camera: "yes"}},
		"one field of the exposure":    {sample{file: jpegFile(1080, 2340), exif: with(bare(), func(e *facts.Exif) { e.FNumber = 1.8 })}, want{camera: "unclear"}},
		"the word in a caption":        {sample{file: jpegFile(900, 700), exif: facts.Exif{UserComment: "Screenshot of my shop"}}, want{camera: "no"}},
		"screenshot tool":              {sample{file: pngFile(889, 532), meta: facts.Meta{PNGText: map[string]string{"Software": "Snipaste"}}}, want{camera: "no", screenshot: "yes"}},
		"screenCapture source type":    {sample{file: pngFile(889, 532), meta: facts.Meta{XMP: map[string]string{"Iptc4xmpExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture"}}}, want{camera: "no", screenshot: "yes"}},
		"Facebook copy":                {sample{file: jpegFile(960, 720), meta: facts.Meta{IPTC: map[string]string{"special_instructions": "FBMD01000a9a"}}}, want{camera: "no", messenger: "yes"}},
		"stripped and scaled":          {sample{file: jpegFile(1280, 960), meta: facts.Meta{JFIF: true, QuantTable: "standard"}}, want{camera: "no", messenger: "unclear"}},
		"stripped product photo":       {sample{file: jpegFile(1000, 1000), meta: facts.Meta{JFIF: true, QuantTable: "standard"}}, want{camera: "no"}},
		"XMP history":                  {sample{file: jpegFile(4032, 3024), exif: phone(), meta: facts.Meta{XMPHistory: []string{"saved 2026-02-02 Adobe Photoshop 25"}}}, want{camera: "unclear", edited: "yes"}},
		"AIGC in XMP":                  {sample{file: jpegFile(1024, 1024), meta: facts.Meta{XMP: map[string]string{"TC260:AIGC": `{"Label":"1"}`}}}, want{camera: "no", ai: "yes"}},
		"AIGC with a damaged prefix":   {sample{file: jpegFile(1024, 1024), meta: facts.Meta{XMP: map[string]string{"C260:AIGC": "not even JSON"}}}, want{camera: "no", ai: "yes"}},
		"AIGC, may be":                 {sample{file: jpegFile(1024, 1024), meta: facts.Meta{XMP: map[string]string{"TC260:AIGC": `{"Label":"2"}`}}}, want{camera: "no", ai: "unclear"}},
		"AIGC in UserComment":          {sample{file: jpegFile(1024, 1024), exif: facts.Exif{UserComment: `{"AIGC":{"Label":"1","ContentProducer":"x"}}`}}, want{camera: "no", ai: "yes"}},
		"AIGC in PNG text":             {sample{file: pngFile(1024, 1024), meta: facts.Meta{PNGText: map[string]string{"AIGC": `{"Label":"1"}`}}}, want{camera: "no", ai: "yes"}},
		"ComfyUI":                      {sample{file: pngFile(1024, 1024, text("prompt", `{"1":{"class_type":"KSampler"}}`), text("workflow", `{"nodes":[]}`))}, want{camera: "no", ai: "yes"}},
		"a prompt that is none":        {sample{file: pngFile(1024, 1024, text("prompt", "please review"))}, want{camera: "no", ai: "unclear"}},
		"keys of another letter case":  {sample{file: pngFile(1024, 1024, text("Prompt", `{"class_type":1}`), text("Parameters", "Steps: 20, Sampler: x"))}, want{camera: "no"}},
		"A1111 in UserComment":         {sample{file: jpegFile(512, 512), exif: facts.Exif{UserComment: "cat\nSteps: 20, Sampler: Euler, CFG scale: 7"}}, want{camera: "no", ai: "yes"}},
		"Midjourney":                   {sample{file: pngFile(1024, 1024, text("Description", "a cat --ar 1:1 --v 6 Job ID: 8e3b5c7c-0f6e-4d1e-9a83-2f0c9a6d1b11"))}, want{camera: "no", ai: "yes"}},
		"a loose word":                 {sample{file: jpegFile(900, 700), exif: facts.Exif{Artist: "Leonardo"}}, want{camera: "no", ai: "unclear"}},
		"part of another word":         {sample{file: jpegFile(900, 700), exif: facts.Exif{Artist: "Imagenics Studio"}}, want{camera: "no"}},
		"C2PA says AI":                 {sample{file: pngFile(1024, 1024), meta: signed(facts.C2PA{State: "trusted", Valid: true, Trusted: true, AI: true, Sources: []string{"trainedAlgorithmicMedia"}, Generator: "ChatGPT"})}, want{camera: "no", ai: "yes"}},
		"C2PA says AI, broken":         {sample{file: pngFile(1024, 1024), meta: signed(facts.C2PA{State: "invalid", AI: true, Sources: []string{"trainedAlgorithmicMedia"}})}, want{camera: "no", ai: "yes"}},
		"C2PA of a camera":             {sample{file: jpegFile(4032, 3024), exif: phone(), meta: signed(facts.C2PA{State: "trusted", Valid: true, Trusted: true, Capture: true, Sources: []string{"digitalCapture"}, Actions: []string{"c2pa.created"}})}, want{camera: "yes"}},
		"C2PA without AI":              {sample{file: jpegFile(1024, 683), meta: signed(facts.C2PA{State: "valid_unknown_signer", Valid: true, Actions: []string{"c2pa.opened"}})}, want{camera: "no"}},
		"RAW":                          {sample{file: container.File{Format: "dng", Header: container.Header{Width: 6000, Height: 4000}}, exif: phone()}, want{camera: "yes"}},
		"Samsung AI edit":              {sample{file: with(jpegFile(4032, 3024), func(f *container.File) { f.SamsungEdit = []byte(`{"edit":"{\"genAIType\":2}"}`) }), exif: phone()}, want{camera: "no", edited: "yes", ai: "yes"}},
		"Samsung edit":                 {sample{file: with(jpegFile(4032, 3024), func(f *container.File) { f.SamsungEdit = []byte(`{"genAIType":0}`) }), exif: phone()}, want{camera: "unclear", edited: "yes"}},
		"A1111 in a JPEG comment":      {sample{file: jpegFile(512, 512), meta: facts.Meta{Comments: []string{"cat\nSteps: 20, Sampler: Euler, CFG scale: 7"}}}, want{camera: "no", ai: "yes"}},
		"said in a description":        {sample{file: jpegFile(900, 700), exif: facts.Exif{Description: "豆包AI生成"}}, want{camera: "no", ai: "unclear"}},
		"an editor's comment":          {sample{file: jpegFile(4032, 3024), exif: phone(), meta: facts.Meta{Comments: []string{"Meitu 美图秀秀"}}}, want{camera: "unclear", edited: "yes"}},
		"a comment about one":          {sample{file: jpegFile(4032, 3024), exif: phone(), meta: facts.Meta{Comments: []string{"not opened in Meitu"}}}, want{camera: "yes"}},
		"醒图's remark": {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) {
			e.UserComment = `{"data":{"pictureId":"7A","appversion":"8.0.0","os":"android","product":"retouch"},"source_type":"douyin_beauty_me"}`
		})}, want{camera: "unclear", edited: "yes"}},
		"a phone's JSON remark": {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) {
			e.UserComment = `{"sensor_type":"rear","mirror":false,"data":{"product":"ginkgo"}}`
		})}, want{camera: "yes"}},
		"即梦's remark":              {sample{file: jpegFile(1024, 1024), exif: facts.Exif{UserComment: `{"aigc_info":{"aigc_label_type":0,"source_info":"dreamina"},"data":{"os":"web","product":"dreamina"}}`}}, want{camera: "no", ai: "yes"}},
		"即梦's PNG comment":         {sample{file: pngFile(1024, 1024, text("Comment", `{"data":{"product":"dreamina"}}`))}, want{camera: "no", ai: "yes"}},
		"Civitai":                  {sample{file: jpegFile(1024, 1024), exif: facts.Exif{UserComment: `{"resource-stack":{"class_type":"CheckpointLoaderSimple","inputs":{}},"extraMetadata":"{}"}`}}, want{camera: "no", ai: "yes"}},
		"generated_by_ai":          {sample{file: jpegFile(900, 700), exif: facts.Exif{UserComment: "generated_by_ai"}}, want{camera: "no", ai: "unclear"}},
		"VSCO's signature":         {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.Description = "Processed with VSCOcam with a6 preset" })}, want{camera: "unclear", edited: "yes"}},
		"GIMP's signature":         {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.UserComment = "Created with GIMP" })}, want{camera: "unclear", edited: "yes"}},
		"a remark about a program": {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.Description = "Made with love, never with Photoshop" })}, want{camera: "yes"}},
		"made of something":        {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.Description = "Created with canvas and ink" })}, want{camera: "yes"}},
		"a frame by FFmpeg":        {sample{file: jpegFile(4032, 3024), exif: phone(), meta: facts.Meta{Comments: []string{"Lavc60.31.102"}}}, want{camera: "yes", edited: "yes"}},
		"an empty label":           {sample{file: jpegFile(4032, 3024), exif: phone(), meta: facts.Meta{XMP: map[string]string{"TC260:AIGC": "{}"}}}, want{camera: "yes"}},
		"a camera called Dalle":    {sample{file: jpegFile(4032, 3024), exif: with(phone(), func(e *facts.Exif) { e.Model, e.StrongCount = "Dalle Mini Cam", 6 })}, want{camera: "yes"}},
		"cut to whole blocks":      {sample{file: jpegFile(4024, 3016), exif: phone()}, want{camera: "yes"}},
	} {
		if c.meta.XMP == nil {
			c.meta.XMP = map[string]string{}
		}
		o := x.judge(&c.file, &exif.Result{Exif: c.exif, Raw: c.raw}, &c.meta)
		short := func(v string) string {
			if v == "no" {
				return ""
			}
			return v
		}
		got := want{
			camera: verdict(o.Camera.Score, 0.7, 0.3), screenshot: short(verdict(o.Screenshot.Score, 0.6, 0.3)), messenger: short(verdict(o.Messenger.Score, 0.6, 0.3)),
			edited: short(verdict(o.Edited.Score, 0.6, 0.2)), ai: short(verdict(o.AI.Score, 0.8, 0.3)),
		}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v\ncamera %+v\nedited %+v\nscreenshot %+v\nmessenger %+v\nai %+v", name, got, c.want, o.Camera, o.Edited, o.Screenshot, o.Messenger, o.AI)
		}
	}
}

func TestNames(t *testing.T) {
	x, err := New(c2pa.BuiltinTrust())
	if err != nil {
		t.Fatal(err)
	}
	judge := func(e facts.Exif, m facts.Meta, text ...container.Text) facts.Origin {
		f := pngFile(1024, 1024, text...)
		return x.judge(&f, &exif.Result{Exif: e}, &m)
	}
	type names struct{ generator, key, editor, transfer, label string }
	label := `{"Label":"1","ContentProducer":"豆包"}`
	for name, c := range map[string]struct {
		o    facts.Origin
		want names
	}{
		"editor":         {judge(facts.Exif{Software: "GIMP 2.10.8"}, facts.Meta{}), names{editor: "GIMP"}},
		"most specific":  {judge(facts.Exif{Software: "Adobe Photoshop Lightroom Classic 11.5"}, facts.Meta{}), names{editor: "Adobe Lightroom"}},
		"Chinese editor": {judge(facts.Exif{Software: "美图秀秀 10"}, facts.Meta{}), names{editor: "美图"}},
		"transfer":       {judge(facts.Exif{Software: "Nikon Transfer 6.2.1 W"}, facts.Meta{}), names{transfer: "Nikon Transfer"}},
		"generator":      {judge(facts.Exif{Make: "Ideogram AI"}, facts.Meta{}), names{generator: "Ideogram", key: "exif.make"}},
		"ComfyUI":        {judge(facts.Exif{}, facts.Meta{}, container.Text{Key: "workflow", Value: `{"nodes":[]}`}), names{generator: "ComfyUI", key: "png.workflow"}},
		"TC260":          {judge(facts.Exif{}, facts.Meta{XMP: map[string]string{"TC260:AIGC": label}}), names{generator: "豆包", key: "xmp.TC260:AIGC", label: label}},
		"Grok":           {judge(facts.Exif{Description: "Signature: " + string(make64()), Artist: "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"}, facts.Meta{}), names{generator: "Grok", key: "exif.description"}},
		"nothing":        {judge(facts.Exif{}, facts.Meta{}), names{}},
	} {
		got := names{c.o.Generator, c.o.EvidenceKey, c.o.EditorName, c.o.TransferTool, c.o.LabelTC260}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func make64() []byte {
	b := make([]byte, 64)
	for i := range b {
		b[i] = 'A' + byte(i%26)
	}
	return b
}

// Scores are held between 0 and 1, weights between -1 and 1, and every signal
// has a name: that is what rules and reports rely on.
func TestSignalsAreWellFormed(t *testing.T) {
	x, err := New(c2pa.BuiltinTrust())
	if err != nil {
		t.Fatal(err)
	}
	f := pngFile(1170, 2532, container.Text{Key: "workflow", Value: `{"nodes":[]}`}, container.Text{Key: "parameters", Value: "Steps: 1, Sampler: y"})
	m := facts.Meta{XMP: map[string]string{"xmp:CreatorTool": "Adobe Photoshop", "crs:Exposure": "1"}, Photoshop: true, IPTC: map[string]string{"special_instructions": "FBMD"}}
	r := &exif.Result{Exif: with(phone(), func(e *facts.Exif) { e.UserComment = "Screenshot" })}
	o := x.judge(&f, r, &m)
	for _, j := range []facts.Judged{o.Camera, o.Screenshot, o.Messenger, o.Edited, o.AI} {
		if j.Score < 0 || j.Score > 1 {
			t.Errorf("score %v", j.Score)
		}
		for _, s := range j.Signals {
			if s.Name == "" || s.Value == "" || s.Weight < -1 || s.Weight > 1 {
				t.Errorf("signal %+v", s)
			}
		}
	}
	for range 5 {
		if diff := cmp.Diff(o, x.judge(&f, r, &m)); diff != "" {
			t.Fatal("the same file judged twice: " + diff)
		}
	}
}

func TestHasWords(t *testing.T) {
	for _, c := range []struct {
		text, token string
		want        bool
	}{
		{"gimp 2.10", "gimp", true}, {"gimped", "gimp", false}, {"x-gimp", "gimp", true}, {"photoshop7", "photoshop", true},
		{"iphoto", "photo", false}, {"由美图秀秀处理", "美图", true}, {"", "gimp", false}, {"fluxgimp gimp", "gimp", true},
	} {
		if got := hasWords(c.text, c.token); got != c.want {
			t.Errorf("%q in %q: %v", c.token, c.text, got)
		}
	}
}

func TestThumbnailShape(t *testing.T) {
	for _, c := range []struct {
		tw, th, w, h int
		want         bool
	}{{160, 120, 3000, 2000, false}, {160, 107, 3000, 2000, false}, {160, 90, 3000, 2000, true}, {120, 160, 1500, 2000, false}, {0, 0, 10, 10, false}, {256, 192, 4000, 2250, true}} {
		e := &evidence{file: &container.File{Format: "jpeg"}, exif: &facts.Exif{ThumbWidth: c.tw, ThumbHeight: c.th}, width: c.w, height: c.h}
		if got := e.thumbnailDiffers(); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestRemarks: what is said of a picture is a question, what says the contrary and
// what only sounds alike is none.
func TestRemarks(t *testing.T) {
	for text, want := range map[string]bool{
		"AI generated image of a bag":     true,
		"Image created with DALL·E":       true,
		"豆包AI生成":                          true,
		"本图由人工智能生成":                       true,
		"Not AI generated. Shot by hand.": false,
		"实拍，非AI生成":                        false,
		"未使用AI生成":                         false,
		"prompt: delivery within 2 days":  false,
		"Made with love":                  false,
		"Chai generated heat":             false,
	} {
		if got := saysMade(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestEmptyLabel: a field for the label that nobody filled in is no label.
func TestEmptyLabel(t *testing.T) {
	for raw, want := range map[string]bool{
		`{}`:                                true,
		`{"Label":"","ContentProducer":""}`: true,
		`{"Label":"1"}`:                     false,
		`{"ContentProducer":"x"}`:           false,
		`{"Label":1}`:                       false,
		`{"Label":"1`:                       false,
	} {
		if got := emptyLabel(raw); got != want {
			t.Errorf("%s: %v", raw, got)
		}
	}
}
