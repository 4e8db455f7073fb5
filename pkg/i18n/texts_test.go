package i18n_test

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/testkit/texts"
)

var language = flag.String("language", "", "print all texts as a catalogue of this language, with the translations there are")

// TestTexts asks that every catalogue translates texts there are, and prints one
// to fill in where -language asks for it.
func TestTexts(t *testing.T) {
	all := texts.All(t, "../..")
	if len(all) < 1000 {
		t.Fatalf("only %d texts found: the search is broken", len(all))
	}
	known, err := lang.Load(i18n.Catalogues())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range known {
		for _, english := range l.Translated() {
			if _, is := slices.BinarySearch(all, english); !is {
				t.Errorf("%s translates what nobody says any more: %q", l, english)
			}
		}
	}
	if *language == "" {
		return
	}
	l, err := lang.Find(known, *language)
	if err != nil {
		t.Logf("no catalogue yet: %v", err)
	}
	fmt.Printf("language: %s\nname: %s\ntexts:\n", *language, l.Name())
	for _, english := range all {
		text := ""
		if said := l.Say(english); said != english {
			text = said
		}
		fmt.Printf("  %s: %s\n", strconv.Quote(english), strconv.Quote(text))
	}
}
