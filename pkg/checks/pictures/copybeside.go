package pictures

import (
	"context"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/checks"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// CopyBeside is "copy-beside": what a file of a format that is not taken shows lies
// beside it in one that is. Sellers keep the HEIC beside the JPG, the Word draft beside
// its scan, the PSD beside the photograph; nothing is missing then.
type CopyBeside struct{}

// CopyBesideParams of the check.
type CopyBesideParams struct {
	// Formats in which the other file counts.
	Formats []string `json:"formats" zh:"另一份文件是哪些格式才算" en:"formats in which the other file counts"`
	// Any are kinds of which any other file counts; of the others it must be called
	// alike.
	Any []string `json:"any" zh:"哪些种类不要求文件名相同" en:"kinds of which any other file counts, whatever it is called"`
	// Found turns it round: fails where there is one.
	Found bool `json:"found" zh:"true：反过来，有另一份就不通过" en:"true turns it round: fails where there is one"`
}

// Name is "copy-beside".
func (CopyBeside) Name() string { return "copy-beside" }

// Doc says what it judges.
func (CopyBeside) Doc() lang.Text {
	return lang.T("检查同一类材料里是否另有一份平台接受的格式：文件名相同（“已盖章”“扫描件”、副本编号等不算），any 列出的种类不看文件名；没有就不通过，found 为 true 时反过来，有就不通过。",
		"Asks that the same kind of material holds the file in a format that is taken as well: called the same (words such as signed or scan and numbers of copies aside), or any file for the kinds listed in any; fails where there is none; with found, where there is one.")
}

// NewParams returns the defaults: pictures that are taken, called the same.
func (CopyBeside) NewParams() any { return &CopyBesideParams{Formats: []string{"jpeg", "png"}} }

// Needs asks for the format of every file.
func (CopyBeside) Needs(any) []checks.Need {
	return []checks.Need{{Kind: "*", Fact: "file.format"}}
}

// Vars are the file that counts, and how many there are: none or one.
func (CopyBeside) Vars() []string { return checks.FileVars() }

// Run judges one file.
func (CopyBeside) Run(_ context.Context, s checks.Subject, params any) (checks.Result, error) {
	p := params.(*CopyBesideParams)
	if s.Case == nil || s.Asset == nil || s.Asset.Facts == nil {
		return checks.Result{Outcome: verdict.Skip}, nil
	}
	called := bare(s.Asset.Path)
	var found checks.Group
	for _, other := range s.Case.Filled(s.Asset.Kind) {
		if other.Path == s.Asset.Path || other.Facts == nil || !slices.Contains(p.Formats, other.Facts.File.Format) {
			continue
		}
		if slices.Contains(p.Any, s.Asset.Kind) || called != "" && bare(other.Path) == called {
			found.Add(path.Join(s.Case.Path, other.Path))
			break
		}
	}
	if (len(found.Names) > 0) != p.Found {
		return found.Result(verdict.Pass, ""), nil
	}
	e := verdict.Evidence{Fact: "file.format", Observed: s.Asset.Facts.File.Format, Required: verdict.Want(p.Formats)}
	for _, name := range found.Names {
		e.Required, e.Related = nil, &verdict.Related{Asset: name}
	}
	found.Evidence = []verdict.Evidence{e}
	return found.Result(verdict.Fail, ""), nil
}

// added is what people add to the name of a paper once it is signed and scanned, or
// before it is, and to a copy.
func added() []string {
	return []string{"空白", "模板", "草稿", "电子版", "word版", "word", "pdf版", "已", "盖章", "签字", "签名", "签章", "扫描", "原件", "副本", "定稿", "件", "版",
		"signed", "sealed", "scanned", "scan", "draft", "template", "copy"}
}

// bare is the name of a file without folder, extension, what stands in brackets, what
// people add, and what is neither letter nor digit.
func bare(name string) string {
	name = path.Base(name)
	name = strings.ToLower(norm.NFKC.String(strings.TrimSuffix(name, path.Ext(name))))
	depth := 0
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("([【", r):
			depth++
		case strings.ContainsRune(")]】", r):
			depth = max(0, depth-1)
		case depth == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return r
		}
		return -1
	}, name)
	for _, word := range added() {
		name = strings.ReplaceAll(name, word, "")
	}
	return name
}
