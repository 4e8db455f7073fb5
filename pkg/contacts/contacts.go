// Package contacts finds contact details in a string: phone numbers, ids of
// messengers, e-mail addresses, URLs and bare domains, also when full-width
// forms, look-alike letters, spaces or words like "(at)" hide them. Product
// codes, sizes, dates, prices and barcode digits are not contact details.
//
// What counts is data (patterns.yaml) with examples beside each pattern that
// the tests run. Matching is RE2, linear in the text, and the text is capped.
//
// It imports nothing of ours.
package contacts

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Source says where a text comes from; it decides which hosts are excepted.
type Source string

// The values of facts.Contact.Source.
const (
	Image    Source = "image"
	Code     Source = "code"
	Metadata Source = "metadata"
	FileName Source = "file_name"
)

// Match is one contact detail.
type Match struct {
	Kind       string  // phone wechat qq whatsapp telegram skype line viber kakao social payment email url domain
	Value      string  // normalised: digits of a phone number, lower-case host …
	Text       string  // as written
	Pattern    string  // name of the pattern, for explanations
	Confidence float64 // 0..1
	Start, End int     // byte offsets of Text in the string searched
}

// Detector finds contact details. It is safe for concurrent use.
type Detector struct {
	patterns    []pattern
	none        []none
	marketplace map[string]bool
	metadata    map[string]bool
	tlds        map[string]bool
	weak        map[string]bool
	hosts       *regexp.Regexp
}

const (
	// maxText bounds the bytes of one string that are searched. Picture lines
	// are shorter than 1 KiB; metadata texts this long are prompts or XMP.
	maxText = 64 << 10
	// maxTries bounds how often one pattern is tried again behind a match that
	// its conditions refused, so that hostile text cannot cost quadratic time.
	maxTries = 256
	// maxMatches bounds what one pattern gives of one text.
	maxMatches = 200
	// hiddenFactor lowers the confidence of what only shows once deliberate
	// disguise is undone.
	hiddenFactor = 0.9
)

// New returns the detector of the built-in patterns; an error means they are
// damaged. Compiling them takes milliseconds, so that all who ask share one.
func New() (*Detector, error) { return builtin() }

var builtin = sync.OnceValues(compiled)

func compiled() (*Detector, error) {
	t, err := load(patternsYAML)
	if err != nil {
		return nil, err
	}
	d := &Detector{
		marketplace: set(t.MarketplaceHosts),
		metadata:    set(t.MetadataHosts),
		tlds:        set(t.TLDs),
		weak:        set(t.WeakTLDs),
		hosts:       regexp.MustCompile(`(?:https?://|\bwww\.|^)((?:[a-z0-9_-]{1,63}\.){1,5}[a-z]{2,12})\b`),
	}
	for _, e := range t.Patterns {
		p, err := e.compile()
		if err != nil {
			return nil, err
		}
		d.patterns = append(d.patterns, p)
	}
	for _, n := range t.None {
		if err := n.compile(); err != nil {
			return nil, err
		}
		d.none = append(d.none, n)
	}
	if len(d.patterns) == 0 {
		return nil, fmt.Errorf("contact patterns: none")
	}
	return d, nil
}

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// Find returns the contact details in s, in order of appearance, none
// overlapping another.
func (d *Detector) Find(s string, src Source) []Match {
	if len(s) > maxText {
		s = s[:maxText]
	}
	v := normalise(s)
	all := d.matches(v, s, src)
	if len(all) == 0 {
		return nil
	}
	if clear := d.without(v, src); clear.text != v.text {
		all = d.matches(clear, s, src)
	}
	return disjoint(all)
}

// matches returns what the patterns match in a view of s, overlapping ones too.
func (d *Detector) matches(v view, s string, src Source) []Match {
	var all []Match
	for i := range d.patterns {
		if d.patterns[i].View == "" && d.patterns[i].reads(src) {
			all = d.run(all, &d.patterns[i], v, s, src, 1)
		}
	}
	if f, changed := fold(v); changed {
		for i := range d.patterns {
			if !d.patterns[i].reads(src) {
				continue
			}
			factor := hiddenFactor
			if d.patterns[i].View == "folded" {
				factor = 1 // its confidence says so already
			}
			all = d.run(all, &d.patterns[i], f, s, src, factor)
		}
	}
	return all
}

// without blanks what looks like a contact detail and is none: serial numbers,
// endings of company names. Offsets stay as they are.
func (d *Detector) without(v view, src Source) view {
	var out []byte
	for i := range d.none {
		n := &d.none[i]
		if n.Only != "" && n.Only != src {
			continue
		}
		for _, loc := range n.re.FindAllStringIndex(v.text, maxMatches) {
			if n.notAfter != nil && loc[0] > 0 {
				if r, _ := utf8.DecodeLastRuneInString(v.text[:loc[0]]); n.notAfter.MatchString(string(r)) {
					continue
				}
			}
			if out == nil {
				out = []byte(v.text)
			}
			for k := loc[0]; k < loc[1]; k++ {
				out[k] = ' '
			}
		}
	}
	if out == nil {
		return v
	}
	return view{text: string(out), at: v.at}
}

// Marketplace reports whether a host belongs to the marketplace itself.
func (d *Detector) Marketplace(host string) bool {
	return listed(d.marketplace, strings.ToLower(host))
}

// listed reports whether a host or a parent domain of it is in the list.
func listed(m map[string]bool, host string) bool {
	for {
		if m[host] {
			return true
		}
		i := strings.IndexByte(host, '.')
		if i < 0 {
			return false
		}
		host = host[i+1:]
	}
}

func (d *Detector) run(out []Match, p *pattern, v view, s string, src Source, factor float64) []Match {
	most := len(out) + maxMatches
	for off, tries := 0, 0; off < len(v.text) && tries < maxTries && len(out) < most; {
		loc := p.re.FindStringSubmatchIndex(v.text[off:])
		if loc == nil {
			break
		}
		from, to := off+loc[0], off+loc[1]
		vs, ve := from, to
		for _, g := range p.groups {
			if loc[2*g] >= 0 {
				vs, ve = off+loc[2*g], off+loc[2*g+1]
				break
			}
		}
		value := v.text[vs:ve]
		if to == from || !p.bounded(v.text, from, to) || !p.fits(value) || p.Host && !d.hostFits(p, value, src) {
			_, n := utf8.DecodeRuneInString(v.text[from:])
			off = from + max(n, 1)
			tries++
			continue
		}
		start, end := v.at[from], v.at[to]
		out = append(out, Match{
			Kind: p.Kind, Value: written(p.Form, value), Text: strings.TrimSpace(s[start:end]),
			Pattern: p.Name, Confidence: p.Confidence * factor, Start: start, End: end,
		})
		off = to
	}
	return out
}

// reads reports whether a pattern is for texts from src.
func (p *pattern) reads(src Source) bool { return p.Only == "" || p.Only == src }

// bounded checks the characters around a match.
func (p *pattern) bounded(text string, from, to int) bool {
	if p.before != nil && from > 0 {
		r, _ := utf8.DecodeLastRuneInString(text[:from])
		if p.before.MatchString(string(r)) {
			return false
		}
	}
	if p.after != nil && to < len(text) {
		r, _ := utf8.DecodeRuneInString(text[to:])
		if p.after.MatchString(string(r)) {
			return false
		}
	}
	return true
}

// fits checks the conditions on the value.
func (p *pattern) fits(value string) bool {
	if p.Digits != nil || p.Run > 0 {
		n, run, longest := 0, 0, 0
		for _, r := range value {
			if r >= '0' && r <= '9' {
				n++
				run++
				longest = max(longest, run)
			} else {
				run = 0
			}
		}
		if p.Digits != nil && (n < p.Digits[0] || n > p.Digits[1]) || longest < p.Run {
			return false
		}
	}
	if p.need != nil && !p.need.MatchString(value) {
		return false
	}
	return p.reject == nil || !p.reject.MatchString(value)
}

// hostFits checks the host in a value: a known top-level domain, a name before
// it, and none of the excepted hosts.
func (d *Detector) hostFits(p *pattern, value string, src Source) bool {
	h := host(p.Form, written(p.Form, value))
	if listed(d.marketplace, h) || src == Metadata && listed(d.metadata, h) {
		return false
	}
	labels := strings.Split(h, ".")
	if len(labels) < 2 {
		return false
	}
	tld, name := labels[len(labels)-1], labels[len(labels)-2]
	if p.Form == "host" && labels[0] != "www" && sentence(value) {
		return false
	}
	announced := p.Form == "url" || labels[0] == "www" && len(labels) > 2
	certain := announced || p.Form == "email" || labels[0] == "www"
	// http:// and www. say what follows, under whichever of the endings by the
	// thousand (.luxury, .boutique) it is; one as short as "con" is ".com" misread.
	if !d.tlds[tld] && !(certain && d.weak[tld]) && !(announced && len(tld) > 3) {
		return false
	}
	if certain {
		return true
	}
	// "3.co" or "100.top" are numbers with a unit; 163.com and 1688.com are not.
	if !strings.ContainsFunc(name, unicode.IsLetter) {
		return len(name) >= 3 && (tld == "com" || tld == "cn" || tld == "net")
	}
	return len(name) >= 2
}

// sentence reports a full stop between two sentences whose space was lost: a
// capital follows it, small letters come before it, and what follows is a word
// and no mere ending of addresses.
func sentence(value string) bool {
	i := strings.LastIndexByte(value, '.')
	if i < 1 || i+2 >= len(value) {
		return false
	}
	switch strings.ToLower(value[i+1:]) {
	case "com", "cn", "ru", "org":
		return false
	}
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	first := value[strings.LastIndexByte(value[:i], '.')+1]
	return value[i+1] >= 'A' && value[i+1] <= 'Z' && lower(value[i+2]) && lower(value[i-1]) && lower(first)
}

// host returns the host of a written value, lower case.
func host(form, value string) string {
	v := strings.ToLower(value)
	switch form {
	case "email":
		return v[strings.LastIndexByte(v, '@')+1:]
	case "url":
		if i := strings.Index(v, "//"); i >= 0 {
			v = v[i+2:]
		}
		if i := strings.IndexAny(v, "/?#:"); i >= 0 {
			v = v[:i]
		}
	}
	return strings.TrimPrefix(v, ".")
}

// Words and signs written in place of @ and the dot, and what recognisers make
// of "//".
func written(form, value string) string {
	value = strings.TrimSpace(value)
	switch form {
	case "phone":
		var b strings.Builder
		for _, r := range value {
			if r >= '0' && r <= '9' || r == '+' && b.Len() == 0 {
				b.WriteRune(r)
			}
		}
		return b.String()
	case "email":
		v := replaceWords(strings.ToLower(value), atWords(), "@")
		v = strings.ReplaceAll(replaceWords(v, dotWords(), "."), " ", "")
		if strings.HasSuffix(v, "@qqcom") {
			v = strings.TrimSuffix(v, "qqcom") + "qq.com"
		}
		return v
	case "host":
		v := strings.NewReplacer(",", ".", "·", ".").Replace(strings.ToLower(value))
		return strings.ReplaceAll(replaceWords(v, dotWords(), "."), " ", "")
	case "url":
		v := strings.ReplaceAll(value, " ", "")
		v = strings.NewReplacer("[.]", ".", "。", ".").Replace(v)
		if i := strings.IndexAny(v, ":;"); i >= 0 && len(v) > i+3 {
			v = v[:i] + "://" + v[i+3:]
		}
		return v
	}
	if strings.HasPrefix(value, "+") || startsWithDigit(value) {
		return strings.NewReplacer(" ", "", "-", "").Replace(value)
	}
	return value
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func atWords() []string {
	return []string{"(at)", "[at]", "{at}", "<at>", "#at#", "_at_", " at ", "艾特"}
}

func dotWords() []string {
	return []string{"(dot)", "[dot]", "{dot}", "[.]", "(.)", " dot ", "。", "点"}
}

func replaceWords(s string, words []string, with string) string {
	for _, w := range words {
		s = strings.ReplaceAll(s, w, with)
	}
	return s
}

// disjoint resolves overlaps: what contains another match explains more of the
// text ("WA: +62 …" is a WhatsApp number, not a mere phone number) and takes
// over the higher confidence; otherwise the surer match stays. The result is in
// order of appearance.
func disjoint(all []Match) []Match {
	for i := range all {
		for _, o := range all {
			if all[i].contains(o) {
				all[i].Confidence = max(all[i].Confidence, o.Confidence)
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.Confidence != b.Confidence {
			return a.Confidence > b.Confidence
		}
		return a.End-a.Start > b.End-b.Start
	})
	var out []Match
	for _, m := range all {
		free := true
		for _, o := range out {
			if m.Start < o.End && o.Start < m.End {
				free = false
				break
			}
		}
		if free {
			out = append(out, m)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// contains reports whether o lies within m and is shorter.
func (m Match) contains(o Match) bool {
	return m.Start <= o.Start && o.End <= m.End && o.End-o.Start < m.End-m.Start
}

// Hosts returns the first hosts named in s by URL or www., excepted ones
// included: where a code's payload leads.
func (d *Detector) Hosts(s string) []string {
	const most = 8
	if len(s) > maxText {
		s = s[:maxText]
	}
	var out []string
	for _, m := range d.hosts.FindAllStringSubmatch(strings.ToLower(normalise(s).text), most) {
		out = append(out, m[1])
	}
	return out
}
