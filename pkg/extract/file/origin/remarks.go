package origin

import (
	"encoding/json"
	"regexp"
	"strings"
)

// appRemark is the JSON that ByteDance's picture programs write into UserComment and
// comments of what they export: {"data":{"product":"retouch",…},"source_type":…}, with
// an aigc_info where AI made it (seen in public test files and readers of such files).
type appRemark struct {
	Data struct {
		Product string `json:"product"`
	} `json:"data"`
	AIGC struct {
		Label  int    `json:"aigc_label_type"` // 0: no label
		Source string `json:"source_info"`
	} `json:"aigc_info"`
}

// products are their names by the word in the remark.
var products = map[string]string{"retouch": "醒图", "lv": "剪映", "vicut": "CapCut", "ulike": "轻颜相机", "faceu": "FaceU", "dreamina": "即梦"}

// readApp reads such a remark; ok only where it names a product.
func readApp(s string) (app appRemark, ok bool) {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "{") || json.Unmarshal([]byte(s), &app) != nil {
		return appRemark{}, false
	}
	return app, app.Data.Product != "" || app.AIGC.Source != ""
}

// editor is the picture program that a remark names, "" for none.
func (a appRemark) editor() string {
	if a.generator() != "" {
		return ""
	}
	return products[a.Data.Product]
}

// generator is the AI service that a remark names, "" for none.
func (a appRemark) generator() string {
	if a.Data.Product == "dreamina" || a.AIGC.Source == "dreamina" {
		return products["dreamina"]
	}
	return ""
}

// saved is how programs sign the description of what they export: "Processed with VSCO
// with a6 preset", "Created with GIMP".
var saved = regexp.MustCompile(`(?i)^(?:processed|edited|created|made|retouched) (?:with|by|in|using) (.{2,60})$`)

// signedBy returns the editing program that a remark is signed by. Its name must come at
// once: other remarks only speak of it.
func (e *evidence) signedBy(remark string) (program, bool) {
	m := saved.FindStringSubmatch(strings.TrimSpace(remark))
	if m == nil {
		return program{}, false
	}
	rest := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(m[1], "VSCOcam", "VSCO"), "Adobe "))
	for _, p := range e.editors {
		if strings.HasPrefix(rest, p.token) && hasWords(rest, p.token) {
			return p, true
		}
	}
	return program{}, false
}

// remarkSigns looks for the programs that remarks are signed by.
func (e *evidence) remarkSigns(t *tally, name func(string)) {
	for _, f := range e.remarks() {
		if app, ok := readApp(f.value); ok && app.editor() != "" {
			t.sees(f.key, f.value, 0.8)
			name(app.editor())
			return
		}
		if p, ok := e.signedBy(f.value); ok {
			t.sees(f.key, f.value, 0.8)
			name(p.name)
			return
		}
	}
}
