package origin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// aiTally also keeps the strongest marker's generator and key.
type aiTally struct {
	tally
	generator, key string
	best           float64
}

func (t *aiTally) marks(name, value, generator string, weight float64) {
	t.sees(name, value, weight)
	if generator == "" && t.generator != "" {
		weight = 0 // never replace a name by none
	}
	if weight > t.best || t.key == "" {
		t.best, t.key = weight, name
		if generator != "" {
			t.generator = generator
		}
	} else if t.generator == "" {
		t.generator = generator
	}
}

// ai looks for markers of AI generators. That none is found proves nothing:
// downloads from chats and converted files carry none.
func (e *evidence) ai(o *facts.Origin) {
	t := &aiTally{}
	o.LabelTC260 = e.tc260(t)
	e.sourceTypes(t)
	e.textKeys(t)
	e.exifMarkers(t)
	e.generatorNames(t)
	o.AI, o.Generator, o.EvidenceKey = t.judged(), t.generator, t.key
}

// tc260 finds the implicit label of GB 45438-2025: an XMP element or attribute
// AIGC (also with the damaged prefix C260), a PNG text of that key, or JSON in
// UserComment. It returns the first label's text.
func (e *evidence) tc260(t *aiTally) string {
	first := "" // by name, so that it is the same one every time
	for key := range e.meta.XMP {
		if isAIGC(lastName(key)) && (first == "" || key < first) {
			first = key
		}
	}
	if first != "" && !emptyLabel(e.meta.XMP[first]) {
		return e.label(t, "xmp."+lastName(first), e.meta.XMP[first])
	}
	if v, ok := e.meta.PNGText["AIGC"]; ok && !emptyLabel(v) {
		return e.label(t, "png.AIGC", v)
	}
	fields := []named{{"exif.user_comment", e.exif.UserComment}, {"exif.description", e.exif.Description}, {"xmp.exif:UserComment", e.meta.XMP["exif:UserComment"]}}
	for _, c := range e.meta.Comments {
		fields = append(fields, named{"meta.comment", c})
	}
	for _, f := range fields {
		if strings.HasPrefix(f.value, "{") && strings.Contains(f.value, `"AIGC"`) {
			return e.label(t, f.key, f.value)
		}
	}
	return ""
}

// emptyLabel reports whether a label is JSON in which nothing is filled in: a program
// that has the field in its template, not the label of a picture.
func emptyLabel(raw string) bool {
	var l map[string]any
	if json.Unmarshal([]byte(raw), &l) != nil {
		return false
	}
	for _, v := range l {
		if text, ok := v.(string); !ok || text != "" && text != "0" {
			return false
		}
	}
	return true
}

func isAIGC(name string) bool { return name == "TC260:AIGC" || name == "C260:AIGC" }

// lastName is the name of an XMP property without those it lies in.
func lastName(key string) string { return key[strings.LastIndexByte(key, '/')+1:] }

// label weighs the label's kind: 1 is AI, 2 may be, 3 is suspected. One that
// cannot be read still is a label.
func (e *evidence) label(t *aiTally, key, raw string) string {
	var l struct {
		Label           string
		ContentProducer string
		AIGC            json.RawMessage
	}
	text := raw
	if json.Unmarshal([]byte(text), &l) == nil && len(l.AIGC) > 0 {
		inner := string(l.AIGC)
		var quoted string
		if json.Unmarshal(l.AIGC, &quoted) == nil {
			inner = quoted
		}
		text = inner
	}
	weight := 1.0
	if json.Unmarshal([]byte(text), &l) == nil {
		switch l.Label {
		case "2":
			weight = 0.7
		case "3":
			weight = 0.5
		}
	}
	generator := ""
	if p, ok := find(e.generators, l.ContentProducer); ok {
		generator = p.name
	}
	t.marks(key, raw, generator, weight)
	return raw
}

// sourceWeight weighs IPTC digital source types; algorithmicMedia is
// procedural, compositeSynthetic may hold AI elements.
func sourceWeight(source string) float64 {
	switch source {
	case "trainedAlgorithmicMedia":
		return 1
	case "compositeWithTrainedAlgorithmicMedia":
		return 0.95
	case "compositeSynthetic":
		return 0.7
	case "algorithmicMedia":
		return 0.4
	}
	return 0
}

func (e *evidence) sourceTypes(t *aiTally) {
	if s := e.digitalSource(); sourceWeight(s) > 0 {
		t.marks("xmp.Iptc4xmpExt:DigitalSourceType", s, e.named(e.meta.XMP["photoshop:Credit"]), sourceWeight(s))
	}
	for _, key := range []string{"Iptc4xmpExt:AISystemUsed", "Iptc4xmpExt:AIPromptInformation", "Iptc4xmpExt:AISystemVersionUsed"} {
		if v := e.meta.XMP[key]; v != "" {
			t.marks("xmp."+key, v, e.named(v), 0.95)
		}
	}
	c := &e.meta.C2PA
	if !c.Present {
		return
	}
	var weight float64
	for _, s := range c.Sources {
		weight = max(weight, sourceWeight(s))
	}
	switch {
	case weight > 0:
		generator := c.Generator
		for _, s := range append(append([]string{}, c.Software...), c.Generator, c.Signer) {
			if n := e.named(s); n != "" {
				generator = n
				break
			}
		}
		// A broken manifest no longer proves what it says, but nobody adds
		// one that says AI to a photograph.
		if c.State == "invalid" || c.State == "unreadable" {
			weight *= 0.85
		}
		t.marks("c2pa.source", fmt.Sprintf("%s (%s)", strings.Join(c.Sources, ", "), c.State), generator, weight)
	case c.Capture && c.Trusted:
		t.sees("c2pa.capture", c.Signer, -0.3)
	}
}

func (e *evidence) named(text string) string {
	if p, ok := find(e.generators, text); ok && p.weight >= 0.6 {
		return p.name
	}
	return ""
}

// textKeys looks at PNG texts by their exact keys, letter case included:
// "prompt" and "parameters" are ordinary words otherwise (the key
// lists of https://github.com/OPN48/cntc260).
func (e *evidence) textKeys(t *aiTally) {
	for _, f := range e.file.Text {
		generator, weight := textMarker(f.Key, f.Value)
		if weight > 0 {
			t.marks("png."+f.Key, f.Value, generator, weight)
		}
	}
}

// textMarker weighs one PNG text.
func textMarker(key, value string) (generator string, weight float64) {
	object := strings.HasPrefix(strings.TrimSpace(value), "{")
	switch key {
	case "parameters":
		switch {
		case strings.Contains(value, "sui_image_params"):
			return "SwarmUI", 0.95
		case strings.Contains(value, "Fooocus"):
			return "Fooocus", 0.95
		case isParameters(value):
			return "Stable Diffusion web UI", 0.95
		case object && strings.Contains(value, `"prompt"`):
			return "Stable Diffusion", 0.95
		}
		return "", 0.4
	case "fooocus_scheme":
		return "Fooocus", 0.9
	case "prompt":
		if object && strings.Contains(value, "class_type") {
			return "ComfyUI", 0.95
		}
		return "", 0.4
	case "workflow":
		if object && strings.Contains(value, `"nodes"`) {
			return "ComfyUI", 0.95
		}
		return "", 0.4
	case "invokeai_metadata", "invokeai_graph", "invokeai_workflow", "sd-metadata":
		return "InvokeAI", 0.95
	case "Dream":
		return "InvokeAI", 0.95
	case "generation_data":
		return "TensorArt", 0.9
	case "hf-job-id":
		return "Hugging Face", 0.9
	case "Software", "Source", "Title":
		if strings.HasPrefix(value, "NovelAI") || value == "AI generated image" {
			return "NovelAI", 0.95
		}
	case "Description":
		if isMidjourney(value) {
			return "Midjourney", 0.95
		}
	case "Comment":
		if object && strings.Contains(value, `"sampler"`) && strings.Contains(value, `"steps"`) {
			return "NovelAI", 0.9
		}
		if g := appGenerator(value); g != "" {
			return g, 0.9
		}
	}
	return "", 0
}

// settings are what Stable Diffusion web UI writes behind "Steps: 20, "
// (modules/processing.py, create_infotext), each with a value that is one.
var settings = regexp.MustCompile(`\b(?:Sampler: [A-Z][\w+ ]{2,}|CFG scale: \d|Seed: \d{3,}|Size: \d+x\d+|Model hash: [0-9a-f]{8,}|Model: \S{3,}|Schedule type: \w|Denoising strength: \d)`)

// isParameters knows the settings line of Stable Diffusion web UI and its kin: the
// steps with at least two more settings. A camera's remark may have steps of its own.
func isParameters(s string) bool {
	_, rest, ok := strings.Cut(s, "Steps: ")
	return ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' && len(settings.FindAllString(s, 2)) == 2
}

// job is the line of Midjourney's downloads: a job is numbered by a UUID. Photo
// studios number jobs as well.
var job = regexp.MustCompile(`\bJob ID: [0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b`)

// isMidjourney knows the job line of its downloads.
func isMidjourney(s string) bool { return job.MatchString(s) }

// exifMarkers looks at the EXIF texts generators write.
func (e *evidence) exifMarkers(t *aiTally) {
	for _, f := range e.remarks() {
		switch {
		case f.value == "":
		case strings.Contains(f.value, "sui_image_params"):
			t.marks(f.key, f.value, "SwarmUI", 0.95)
		case isParameters(f.value):
			t.marks(f.key, f.value, "Stable Diffusion web UI", 0.95)
		case isMidjourney(f.value):
			t.marks(f.key, f.value, "Midjourney", 0.95)
		case strings.HasPrefix(f.value, "Workflow:{"), strings.HasPrefix(f.value, "Prompt:{"):
			t.marks(f.key, f.value, "ComfyUI", 0.95)
		case isGraph(f.value):
			t.marks(f.key, f.value, graphOf(f.value), 0.95)
		case appGenerator(f.value) != "":
			t.marks(f.key, f.value, appGenerator(f.value), 0.9)
		case saysMade(f.value):
			t.marks(f.key, f.value, e.named(f.value), 0.6)
		}
	}
	// ComfyUI keeps its graph in Make and Model of WebP files.
	for _, f := range []named{{"exif.make", e.exif.Make}, {"exif.model", e.exif.Model}} {
		low := strings.ToLower(f.value)
		if strings.HasPrefix(low, "workflow:{") || strings.HasPrefix(low, "prompt:{") {
			t.marks(f.key, f.value, "ComfyUI", 0.95)
		}
	}
	if n := genAIType(e.file.SamsungEdit); n != "" && n != "0" {
		t.marks("samsung.genAIType", n, "Samsung Galaxy AI", 0.9)
	}
	if isGrok(e.exif.Description, e.exif.Artist) {
		t.marks("exif.description", e.exif.Description, "Grok", 0.9)
	}
}

// isGraph knows the nodes of ComfyUI, which its kin write as they are.
func isGraph(s string) bool {
	return strings.HasPrefix(s, "{") && strings.Contains(s, `"class_type"`) && strings.Contains(s, `"inputs"`)
}

// graphOf names who wrote such nodes: Civitai's generator adds its list of models.
func graphOf(s string) string {
	if strings.Contains(s, `"resource-stack"`) {
		return "Civitai"
	}
	return "ComfyUI"
}

func appGenerator(s string) string {
	app, _ := readApp(s)
	return app.generator()
}

// remarks are the texts that describe a picture.
func (e *evidence) remarks() []named {
	out := []named{
		{"exif.user_comment", e.exif.UserComment}, {"exif.description", e.exif.Description}, {"exif.xp_text", e.exif.XPText},
		{"xmp.dc:description", e.meta.XMP["dc:description"]}, {"xmp.exif:UserComment", e.meta.XMP["exif:UserComment"]}, {"iptc.caption", e.meta.IPTC["caption"]},
	}
	for _, c := range e.meta.Comments {
		out = append(out, named{"meta.comment", c})
	}
	return out
}

// made is a remark that says AI made the picture; denied one that says it did not.
var (
	made   = regexp.MustCompile(`(?i)\bAI[ _-]?(?:generated|created)\b|\bgenerated_by_ai\b|\b(?:generated|created|made) (?:by|with|using) (?:AI|artificial intelligence|DALL[·-]?E|Midjourney|Stable Diffusion|ChatGPT)\b|(?:AI|人工智能|豆包|即梦|可灵|通义万相|文心一格)[ ]?(?:AI[ ]?)?(?:生成|绘制|作图)`)
	denied = regexp.MustCompile(`(?i)\b(?:not?|non|never|without|isn't|wasn't)\b|[非不没未无]|人工实拍`)
)

// saysMade reports whether a remark says that AI made the picture. It may be about
// something else, so this is a question and no proof.
func saysMade(s string) bool { return made.MatchString(s) && !denied.MatchString(s) }

// genAIType reads the number behind that key in what Samsung's gallery notes,
// which is JSON, sometimes quoted inside JSON; "" where there is none.
func genAIType(note []byte) string {
	_, rest, ok := bytes.Cut(note, []byte("genAIType"))
	if !ok {
		return ""
	}
	rest = bytes.TrimLeft(rest, `\": `)
	n := 0
	for n < len(rest) && n < 6 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	return string(rest[:n])
}

// isGrok knows xAI's signature in ImageDescription, with a UUID as the artist
// (https://github.com/OPN48/cntc260, the only source).
func isGrok(description, artist string) bool {
	signature, ok := strings.CutPrefix(description, "Signature: ")
	return ok && len(signature) >= 64 && only(signature, base64Digits) && isUUID(artist)
}

const (
	hexDigits    = "0123456789abcdefABCDEF"
	base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
)

func only(s, digits string) bool { return strings.Trim(s, digits) == "" }

func isUUID(s string) bool {
	parts := strings.Split(s, "-")
	if len(parts) != 5 {
		return false
	}
	for i, n := range [5]int{8, 4, 4, 4, 12} {
		if len(parts[i]) != n || !only(parts[i], hexDigits) {
			return false
		}
	}
	return true
}

// generatorNames looks for names of generators where programs put theirs.
func (e *evidence) generatorNames(t *aiTally) {
	fields := append([]named{
		{"exif.make", e.exif.Make}, {"exif.model", e.exif.Model}, {"exif.artist", e.exif.Artist},
		{"xmp.photoshop:Credit", e.meta.XMP["photoshop:Credit"]}, {"iptc.credit", e.meta.IPTC["credit"]},
		{"xmp.dc:creator", e.meta.XMP["dc:creator"]},
	}, e.programs...)
	for _, f := range fields {
		if f.value == "" {
			continue
		}
		if strings.Contains(f.value, "Made with Google AI") || strings.Contains(f.value, "Edited with Google AI") {
			t.marks(f.key, f.value, "Google AI", 0.95)
			continue
		}
		if p, ok := find(e.generators, f.value); ok {
			weight := p.weight
			switch f.key {
			case "exif.artist", "xmp.dc:creator":
				// An artist may be called Leonardo, and a studio Gemini Photo.
				if weight = min(weight, 0.5); !strings.EqualFold(strings.TrimSpace(f.value), p.token) {
					weight = 0
				}
			case "exif.make", "exif.model":
				// A camera may be called FLUX or Dalle, too.
				if e.exif.StrongCount >= 3 {
					weight = 0
				}
			}
			if weight > 0 {
				t.marks(f.key, f.value, p.name, weight)
			}
		}
	}
}
