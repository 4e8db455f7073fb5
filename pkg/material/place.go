package material

import (
	"path"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// placer gives the files of one case their kind and slot.
//
// Kind: what settings give the path; else what files: of case.yaml says; else the innermost folder named exactly like a kind, else the outermost
// folder whose name contains one; else what case.yaml says the file is; else
// the file name; else --as. In a listing everything that could be a picture
// is a replacement. Slot, of replacements and violating pictures: images: of
// case.yaml, else settings, else a file name written as a marketplace wants it, else the
// innermost folder, else the file name, else --slot, else that of a photo in a listing.
type placer struct {
	kinds, slots *Matcher
	opt          *Options
	file         *casefile.File
	listing      bool
	folder       string                  // name of a plain folder
	single       bool                    // the user named the files one by one
	place        func(rel string) string // absolute, of a path of the case

	stated map[string]statement // by normalised path; made on first use
}

// statement is what case.yaml says of a file; firm, that it says so whatever folder the
// file lies in.
type statement struct {
	kind, slot string
	firm       bool
}

// put sets Kind, Slot and how they were found; meant is the path with garbled names
// repaired.
func (p *placer) put(a *Asset, meant string) {
	dirs := strings.Split(path.Dir(meant), "/")
	stem, ext := stemExt(path.Base(meant))
	said := p.statement(a.Path)
	slot, slotBy := p.slot(dirs, stem, path.Base(meant))
	a.Kind, a.Placed = p.kind(dirs, stem, ext, said.kind, slotBy)
	if said.firm {
		a.Kind, a.Placed = said.kind, ByCaseFile
	}
	setKind, setSlot := "", ""
	if p.opt.Placed != nil {
		setKind, setSlot = p.opt.Placed(p.place(a.Path))
	}
	if setKind != "" && !(p.listing && p.opt.As != "") {
		a.Kind, a.Placed = setKind, BySettings
	}
	if a.Kind != facts.KindReplacement && a.Kind != facts.KindViolating {
		return
	}
	switch {
	case said.slot != "":
		a.Slot, a.SlotBy = said.slot, ByCaseFile
	case setSlot != "":
		a.Slot, a.SlotBy = setSlot, BySettings
	case slot != "":
		a.Slot, a.SlotBy = slot, slotBy
	case a.Kind != facts.KindReplacement:
	case p.opt.Slot != "":
		a.Slot, a.SlotBy = p.opt.Slot, ByOption
	case p.listing && p.opt.PhotoSlot != "":
		a.Slot, a.SlotBy = p.opt.PhotoSlot, ByListing
	}
}

func (p *placer) kind(dirs []string, stem, ext, said string, slotBy Placement) (string, Placement) {
	if p.listing && p.opt.As != "" {
		return p.opt.As, ByOption
	}
	outer := ""
	for i := len(dirs) - 1; i >= 0; i-- {
		switch kind, s := p.kinds.Match(dirs[i]); {
		case s == Exact:
			return kind, ByFolder
		case s != None && !p.listing:
			outer = kind
		}
	}
	if outer != "" {
		return outer, ByFolder
	}
	if p.listing {
		return p.listingKind(stem, ext)
	}
	if slotBy == ByFolder {
		return facts.KindReplacement, ByFolder
	}
	if said != "" {
		return said, ByCaseFile
	}
	if kind, s := p.kinds.Match(stem); s != None {
		return kind, ByName
	}
	if slotBy == ByName {
		return facts.KindReplacement, ByName
	}
	if p.opt.As != "" {
		return p.opt.As, ByOption
	}
	return facts.KindUnsorted, ByNothing
}

// listingKind is the kind of a file in a plain folder: that of the folder
// where its own name is one; of a single file or one that is no picture what
// its name says; else a replacement. Unknown extensions are judged by content.
func (p *placer) listingKind(stem, ext string) (string, Placement) {
	if kind, s := p.kinds.Match(p.folder); s == Exact {
		return kind, ByFolder
	}
	picture := !format.NeverPicture(ext)
	if kind, s := p.kinds.Match(stem); s >= Close && (p.single || !picture) {
		return kind, ByName
	}
	if !picture {
		return facts.KindUnsorted, ByNothing
	}
	return facts.KindReplacement, ByListing
}

func (p *placer) slot(dirs []string, stem, name string) (string, Placement) {
	if slot := p.slots.MatchFile(name); slot != "" {
		return slot, ByName
	}
	for i := len(dirs) - 1; i >= 0; i-- {
		if slot, s := p.slots.Match(dirs[i]); s != None {
			return slot, ByFolder
		}
	}
	if slot, s := p.slots.Match(stem); s != None {
		return slot, ByName
	}
	return "", ByNothing
}

// statement looks a file up in case.yaml.
func (p *placer) statement(shown string) statement {
	if p.stated == nil {
		p.stated = stated(p.file)
	}
	return p.stated[casefile.PathKey(shown)]
}

// stated lists what case.yaml says of files. Where it names one twice the
// first place in this order wins: images, letters, evidence, log, logos.
func stated(f *casefile.File) map[string]statement {
	out := map[string]statement{}
	if f == nil {
		return out
	}
	for _, p := range f.Files {
		out[casefile.PathKey(p.File)] = statement{kind: p.Kind, slot: p.Slot, firm: true}
	}
	say := func(file, kind, slot string) {
		if file == "" {
			return
		}
		k := casefile.PathKey(file)
		if s, ok := out[k]; !ok {
			out[k] = statement{kind: kind, slot: slot}
		} else if s.firm && s.slot == "" && s.kind == kind {
			s.slot = slot
			out[k] = s
		}
	}
	for _, im := range f.Images {
		say(im.File, facts.KindReplacement, im.Slot)
		say(im.Replaces, facts.KindViolating, "")
		say(im.Source, facts.KindSource, "")
	}
	for _, l := range f.Letters {
		kind := facts.KindAuthorization
		if l.Type == "ai_licence" {
			kind = facts.KindAILicence
		}
		say(l.File, kind, "")
	}
	for _, e := range f.Evidence {
		say(e.File, facts.KindEvidence, "")
	}
	say(f.UploadLog.File, facts.KindUploadLog, "")
	for _, logo := range f.Brands.Logos {
		say(logo, facts.KindReference, "")
	}
	return out
}
