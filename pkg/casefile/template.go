package casefile

import "embed"

//go:embed templates
var templates embed.FS

// Template returns the case.yaml that `aecheck init` writes: all common keys
// with their meaning, nothing filled in; in English where there is none in the
// language asked for.
func Template(lang string) ([]byte, error) {
	if data, err := templates.ReadFile("templates/case." + lang + ".yaml"); err == nil {
		return data, nil
	}
	return templates.ReadFile("templates/case.en.yaml")
}
