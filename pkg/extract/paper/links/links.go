// Package links reads the addresses that a text file lists.
//
// It may import pkg/extract, pkg/extract/file/charset, pkg/facts and pkg/format.
package links

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/charset"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// Extractor fills facts.Links: the addresses that a text file lists, as sellers keep those
// of the penalised pictures beside them.
type Extractor struct{}

// Name is "links".
func (Extractor) Name() string { return "links" }

// Provides the group links.
func (Extractor) Provides() []string { return []string{"links"} }

// Accepts text alone: of pages and tables others read what they say.
func (Extractor) Accepts(name string) bool { return name == format.Text || name == format.CSV }

// Detail is 0: no picture is looked at.
func (Extractor) Detail() int { return 0 }

const (
	maxLinksFile = 256 << 10 // bytes; a list of addresses is shorter
	maxLinks     = 200
	// maxLabel is how many characters beside addresses are a label or a number: "主图1:",
	// "违规图片链接".
	maxLabel = 24
)

var address = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bhttps?://[^\s,;|<>"'，；、）)]+`) })

// Extract reads the addresses.
func (Extractor) Extract(_ context.Context, in *extract.Input, out *facts.Set) error {
	if in.Size > maxLinksFile {
		out.SetStatus("links", facts.Status{State: facts.Absent})
		return nil
	}
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	only := true
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(charset.File(b))
	for l := range strings.Lines(text) {
		found := address().FindAllString(l, maxLinks)
		out.Links.Addresses = append(out.Links.Addresses, found...)
		for _, a := range found {
			l = strings.Replace(l, a, "", 1)
		}
		only = only && utf8.RuneCountInString(strings.TrimSpace(l)) <= maxLabel
	}
	out.Links.Addresses = out.Links.Addresses[:min(len(out.Links.Addresses), maxLinks)]
	out.Links.Only = only && len(out.Links.Addresses) > 0
	state := facts.Absent
	if len(out.Links.Addresses) > 0 {
		state = facts.Present
	}
	out.SetStatus("links", facts.Status{State: state})
	return nil
}
