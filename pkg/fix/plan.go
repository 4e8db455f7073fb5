package fix

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Limits are what pictures must keep to, from params.replacement of rules.yaml.
type Limits struct {
	MaxBytes  int64   // of a file
	MaxSide   int     // of the longer side, px
	MinSide   int     // of the shorter side of a main picture, px
	GoodSide  int     // of the shorter side that is advised, px
	MinFill   float64 // of the subject in a main picture, 0..1
	AspectMin float64 // width / height of main pictures
	AspectMax float64
	MaxName   int // characters of a file name
	// LabelShare is how high the letters of an AI label are, as a share of the
	// shorter side (GB 45438-2025, 5.2).
	LabelShare float64
}

// Wanted is a mend and the rules that ask for it; none where the user asked, or
// another mend takes it.
type Wanted struct {
	Name  string
	Rules []string
}

// Job is what is to be done to one file.
type Job struct {
	Path string // below the case folder
	Out  string // of the copy, below the output folder; its extension is settled when it is made
	Slot string
	// Facts of the file; nobody changes them.
	Facts *facts.Set
	// Mends in the order in which they are done.
	Mends []Wanted
	// Later are mends that go by what the background and the subject are, which a frame
	// hides: they are asked for again once it is off.
	Later []Wanted
	// Then are further stages: what the rules ask for of the copy that the mends before
	// give, with its facts.
	Then []Stage
}

// Stage is what is to be done to what earlier mends gave.
type Stage struct {
	Facts *facts.Set
	Mends []Wanted
}

// Further adds a stage for what rules ask about the copy: mends that were not tried
// before. It reports whether there is any.
func (j *Job) Further(copied *facts.Set, asked []Asked) bool {
	next := Job{Facts: copied}
	for _, w := range asked {
		if !j.wants(w.Mend) {
			next.want(w.Mend, w.Rule)
		}
	}
	if len(next.Mends) == 0 {
		return false
	}
	next.sort()
	j.Then = append(j.Then, Stage{Facts: copied, Mends: next.Mends})
	return true
}

// defers puts off what a frame keeps from being judged.
func (j *Job) defers() {
	if !j.wants(Unframe) {
		return
	}
	var now []Wanted
	for _, w := range j.Mends {
		if w.Name == Whiten || w.Name == Crop || w.Name == Aspect {
			j.Later = append(j.Later, w)
		} else {
			now = append(now, w)
		}
	}
	j.Mends = now
}

func (j *Job) sort() {
	slices.SortStableFunc(j.Mends, func(x, y Wanted) int { return cmp.Compare(order(x.Name), order(y.Name)) })
}

// Asked is one rule that did not hold for a file, with the mend that it names.
type Asked struct{ Path, Rule, Mend string }

// Plan says what is to be done to the replacement pictures of a case: what rules ask
// for, and of every picture what extra asks for. Files that nothing is to be done to have no job.
func Plan(view *facts.Case, asked []Asked, extra []string) []Job {
	var jobs []Job
	taken := map[string]bool{}
	for i := range view.Assets {
		taken[fold(view.Assets[i].Path)] = true
	}
	for i := range view.Assets {
		a := &view.Assets[i]
		if a.Kind != facts.KindReplacement || a.Facts == nil {
			continue
		}
		j := Job{Path: a.Path, Slot: a.Slot, Facts: a.Facts}
		for _, w := range asked {
			if w.Path == a.Path {
				j.want(w.Mend, w.Rule)
				if w.Mend == Metadata && namesContact(a.Facts) {
					j.want(Rename, w.Rule)
				}
			}
		}
		if a.Facts.Image.Decodable {
			for _, name := range extra {
				j.want(name, "")
			}
		}
		if len(j.Mends) == 0 {
			continue
		}
		j.sort()
		j.defers()
		j.Out = outName(&j, taken)
		taken[fold(j.Out)] = true
		jobs = append(jobs, j)
	}
	return jobs
}

// Steps are the mends of a job as far as they are known before it is done.
func (j *Job) Steps(o Options) []Step {
	var out []Step
	for _, m := range slices.Concat(j.Mends, j.Later) {
		kind, _ := ByName(m.Name)
		s := Step{Wanted: m, Safety: kind.Safety}
		if m.Name == Enlarge && !o.Upscale {
			s.Refused = notEnlarged()
		}
		out = append(out, s)
	}
	return out
}

func (j *Job) want(name, rule string) {
	i := slices.IndexFunc(j.Mends, func(w Wanted) bool { return w.Name == name })
	if i < 0 {
		i = len(j.Mends)
		j.Mends = append(j.Mends, Wanted{Name: name})
	}
	if rule != "" && !slices.Contains(j.Mends[i].Rules, rule) {
		j.Mends[i].Rules = append(j.Mends[i].Rules, rule)
	}
}

// wants reports whether a mend is to be done at any stage.
func (j *Job) wants(name string) bool {
	has := func(list []Wanted) bool {
		return slices.ContainsFunc(list, func(w Wanted) bool { return w.Name == name })
	}
	return has(j.Mends) || slices.ContainsFunc(j.Then, func(s Stage) bool { return has(s.Mends) })
}

// untouched reports whether the pixels may stay as they are compressed.
func (j *Job) untouched() bool {
	for _, w := range j.Mends {
		if w.Name != Metadata && w.Name != Rename {
			return false
		}
	}
	return len(j.Then) == 0 && j.Facts.Image.Orientation <= 1
}

func namesContact(f *facts.Set) bool {
	return slices.ContainsFunc(f.Meta.Contacts, func(c facts.Contact) bool { return c.Source == "file_name" })
}

func fold(name string) string { return strings.ToLower(name) }

// outName is the name of a copy: that of the file with the extension that fits what
// it will hold, another one where the name itself is at fault or taken.
func outName(j *Job, taken map[string]bool) string {
	dir, base := path.Split(j.Path)
	stem := strings.TrimSuffix(base, path.Ext(base))
	if j.wants(Rename) && (namesContact(j.Facts) || len(base) > 60) {
		stem = cmp.Or(j.Slot, "picture")
	}
	ext := extension(j)
	for n := 1; ; n++ {
		name := dir + stem + ext
		if j.wants(Rename) && stem == cmp.Or(j.Slot, "picture") || n > 1 {
			name = fmt.Sprintf("%s%s-%d%s", dir, stem, n, ext)
		}
		if name == j.Path || !taken[fold(name)] {
			return name
		}
	}
}

// extension of a copy before its pixels are known: PNG stays PNG unless it is to
// become a smaller file.
func extension(j *Job) string {
	if j.Facts.File.Format == "png" && !j.wants(Compress) {
		return ".png"
	}
	return ".jpg"
}
