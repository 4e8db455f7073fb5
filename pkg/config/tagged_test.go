package config_test

import (
	"errors"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/aecheck/aecheck/pkg/config"
)

func TestTags(t *testing.T) {
	files := fstest.MapFS{"words/zh.yaml": {Data: []byte("word: 字\n")}, "words/en.yaml": {Data: []byte("word: word\nnone: 1\n")}, "words/README.md": {}}
	if got := config.Tags(files, "words"); !slices.Equal(got, []string{"en", "zh"}) {
		t.Errorf("tags %q", got)
	}
	var w struct {
		Word string `json:"word"`
	}
	if err := config.DecodeTag(files, "words", "zh", &w); err != nil || w.Word != "字" {
		t.Errorf("%q, %v", w.Word, err)
	}
	if err := config.DecodeTag(files, "words", "en", &w); err == nil {
		t.Error("a key that is not known was taken")
	}
	for _, tag := range []string{"fr", "", "../words/zh", "/zh"} {
		if err := config.DecodeTag(files, "words", tag, &w); !errors.Is(err, config.ErrNoTag) {
			t.Errorf("tag %q: %v", tag, err)
		}
	}
}
