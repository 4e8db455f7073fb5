package casefile

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Known is what case.yaml may refer to outside of itself; a nil field leaves
// such references unchecked.
type Known struct {
	Files  []string // the files of the case, by path below it
	Tracks []string // the tracks of rules.yaml
	Slots  []string // the slots of rules.yaml
	Kinds  []string // the kinds of rules.yaml
}

// Parse decodes case.yaml and checks what it refers to. A violation.deadline given as a date means the end of that day.
func Parse(name string, data []byte, known Known) (*File, error) {
	f := &File{}
	doc, err := config.Decode(name, data, f)
	if err != nil {
		return nil, err
	}
	r := references{doc: doc, file: f, files: fileKeys(known.Files)}
	r.track(known.Tracks)
	r.slots(known.Slots)
	r.kinds(known.Kinds)
	if err := r.check(); err != nil {
		return nil, err
	}
	if dateOnly(doc, "violation", "deadline") {
		f.Violation.Deadline = f.Violation.Deadline.AddDate(0, 0, 1).Add(-time.Second)
	}
	keys := doc.Keys()
	// Ground and track have defaults (tags in pkg/facts): a rule that needs
	// them must not ask for them.
	keys["appeal.ground"], keys["appeal.track"] = true, true
	f.SetKeys(keys)
	return f, nil
}

// Blank is a case file that says nothing: what has a default has it, and no key is given.
func Blank() *File {
	f := &File{}
	config.SetDefaults(f)
	return f
}

// dateOnly reports whether the value at a path of keys is written without a
// time of day.
func dateOnly(doc *config.Doc, keys ...string) bool {
	at := doc.Root()
	for _, key := range keys {
		i := slices.IndexFunc(at.Entries(), func(e config.Entry) bool { return e.Key == key })
		if i < 0 {
			return false
		}
		at = at.Entries()[i].Value
	}
	var text string
	return !at.IsZero() && at.Decode(&text) == nil && !strings.ContainsAny(text, ":\uff1a时")
}

// references checks what case.yaml points at.
type references struct {
	doc   *config.Doc
	file  *File
	files map[string]string // path key → path; nil leaves them unchecked
	errs  config.Errors
}

func fileKeys(paths []string) map[string]string {
	if paths == nil {
		return nil
	}
	out := make(map[string]string, len(paths))
	for _, p := range paths {
		out[PathKey(p)] = p
	}
	return out
}

func (r *references) fail(at string, msg, hint lang.Text) {
	if len(r.errs) >= config.MaxErrors {
		return
	}
	e := r.doc.Errorf(at, msg)
	e.Hint = hint
	r.errs = append(r.errs, e)
}

// lengths bounds the lists: a case has a handful of letters, its listing some
// hundreds of SKUs and pictures, and what judges them looks at all pairs of some.
func (r *references) lengths() {
	f := r.file
	for _, l := range []struct {
		at        string
		len, most int
	}{
		{"history", len(f.History), 1000}, {"images", len(f.Images), 2000}, {"files", len(f.Files), 2000}, {"letters", len(f.Letters), 200}, {"evidence", len(f.Evidence), 1000},
		{"confirmations", len(f.Confirmations), 5000}, {"store.other_names", len(f.Store.OtherNames), 200}, {"product.skus", len(f.Product.SKUs), 2000},
		{"product.other_listings", len(f.Product.OtherListings), 2000}, {"violation.image_urls", len(f.Violation.ImageURLs), 1000}, {"appeal.attempts", len(f.Appeal.Attempts), 200},
		{"people.releases", len(f.People.Releases), 200}, {"brands.authorized", len(f.Brands.Authorized), 500}, {"brands.declared", len(f.Brands.Declared), 500},
		{"brands.watched", len(f.Brands.Watched), 500}, {"brands.logos", len(f.Brands.Logos), 100},
	} {
		if l.len > l.most {
			r.fail(l.at, lang.T("这里有 {n} 项，最多 {most} 项", "{n} entries here, at most {most}", "n", l.len, "most", l.most),
				lang.T("只留与本案有关的", "keep what this case is about"))
		}
	}
}

func (r *references) check() error {
	if r.lengths(); len(r.errs) > 0 {
		return r.errs
	}
	ids := r.letterIDs()
	r.letters(ids)
	r.letter("ai.licence", r.file.AI.Licence, ids)
	for i, id := range r.file.People.Releases {
		r.letter(fmt.Sprintf("people.releases[%d]", i), id, ids)
	}
	for i, b := range r.file.Brands.Authorized {
		r.letter(fmt.Sprintf("brands.authorized[%d].letter", i), b.Letter, ids)
	}
	for i, logo := range r.file.Brands.Logos {
		r.path(fmt.Sprintf("brands.logos[%d]", i), logo)
	}
	r.images()
	for i, e := range r.file.Evidence {
		r.path(fmt.Sprintf("evidence[%d].file", i), e.File)
	}
	r.path("upload_log.file", r.file.UploadLog.File)
	if l := r.file.UploadLog; !l.From.IsZero() && !l.To.IsZero() && l.To.Before(l.From) {
		r.fail("upload_log.to", lang.T("结束日期早于起始日期", "the last day is before the first"), lang.Text{})
	}
	r.confirmations()
	if len(r.errs) == 0 {
		return nil
	}
	return r.errs
}

func (r *references) track(known []string) {
	t := r.file.Appeal.Track
	if t == "" || known == nil || slices.Contains(known, t) {
		return
	}
	r.fail("appeal.track", lang.T("rules.yaml 的 tracks 中没有 {t}", "tracks in rules.yaml has no {t}", "t", strconv.Quote(t)), didYouMean(t, known))
}

func (r *references) slots(known []string) {
	for i, im := range r.file.Images {
		r.oneOf(fmt.Sprintf("images[%d].slot", i), im.Slot, known)
	}
	for i, f := range r.file.Files {
		r.oneOf(fmt.Sprintf("files[%d].slot", i), f.Slot, known)
	}
}

// kinds asks that what files says is a kind, and a file is named with it.
func (r *references) kinds(known []string) {
	for i, f := range r.file.Files {
		at := fmt.Sprintf("files[%d]", i)
		r.oneOf(at+".kind", f.Kind, known)
		r.path(at+".file", f.File)
		for _, m := range []struct{ key, value string }{{"file", f.File}, {"kind", f.Kind}} {
			if m.value == "" {
				r.fail(at, lang.T("缺少 {name}", "{name} is missing", "name", m.key), lang.Text{})
			}
		}
	}
}

func (r *references) oneOf(at, value string, known []string) {
	if value == "" || known == nil || slices.Contains(known, value) {
		return
	}
	list := strings.Join(known, ", ")
	hint := lang.T("可用：{list}", "one of: {list}", "list", list)
	if near := config.Nearest(value, known); near != "" {
		hint = lang.T("是否想写 {near}？可用：{list}", "did you mean {near}? One of: {list}", "near", near, "list", list)
	}
	r.fail(at, lang.T("不认识的值 {slot}", "unknown value {slot}", "slot", strconv.Quote(value)), hint)
}

func (r *references) letterIDs() []string {
	var ids []string
	first := map[string]int{}
	for i, l := range r.file.Letters {
		if l.ID == "" {
			continue
		}
		if at, twice := first[l.ID]; twice {
			line := r.doc.Pos(fmt.Sprintf("letters[%d].id", at)).Line
			r.fail(fmt.Sprintf("letters[%d].id", i), lang.T("授权书编号 {id} 重复，第 {line} 行已用过", "letter id {id} is already used on line {line}", "id", strconv.Quote(l.ID), "line", line), lang.Text{})
			continue
		}
		first[l.ID] = i
		ids = append(ids, l.ID)
	}
	return ids
}

func (r *references) letters(ids []string) {
	previous := map[string]string{}
	for i, l := range r.file.Letters {
		at := fmt.Sprintf("letters[%d]", i)
		r.path(at+".file", l.File)
		r.letter(at+".previous", l.Previous, ids)
		if l.ID != "" {
			previous[l.ID] = l.Previous
		}
		if !l.Starts.IsZero() && !l.Ends.At.IsZero() && l.Ends.At.Before(l.Starts) {
			r.fail(at+".ends", lang.T("结束日期早于开始日期", "the last day is before the first"), lang.Text{})
		}
	}
	for i, l := range r.file.Letters {
		if l.ID == "" {
			continue
		}
		for id, hops := l.Previous, 0; id != "" && hops <= len(previous); id, hops = previous[id], hops+1 {
			if id == l.ID {
				r.fail(fmt.Sprintf("letters[%d].previous", i), lang.T("授权链成环:{id} 最终指回自己", "the chain of {id} leads back to itself", "id", strconv.Quote(l.ID)),
					lang.T("previous 填更靠近权利人的那一份", "previous names the letter one hop nearer the rights holder"))
				break
			}
		}
	}
}

// letter checks a reference to letters[].id.
func (r *references) letter(at, id string, ids []string) {
	if id == "" || slices.Contains(ids, id) {
		return
	}
	r.fail(at, lang.T("letters 中没有编号为 {id} 的授权书", "no letter has the id {id}", "id", strconv.Quote(id)), didYouMean(id, ids))
}

func (r *references) images() {
	skus := make([]string, len(r.file.Product.SKUs))
	for i, s := range r.file.Product.SKUs {
		skus[i] = s.ID
	}
	first := map[string]int{}
	for i, im := range r.file.Images {
		at := fmt.Sprintf("images[%d]", i)
		r.path(at+".file", im.File)
		r.path(at+".replaces", im.Replaces)
		r.path(at+".source", im.Source)
		if im.File != "" {
			if j, twice := first[PathKey(im.File)]; twice {
				line := r.doc.Pos(fmt.Sprintf("images[%d].file", j)).Line
				r.fail(at+".file", lang.T("同一张图片在第 {line} 行已写过", "the same picture is already listed on line {line}", "line", line), lang.Text{})
			} else {
				first[PathKey(im.File)] = i
			}
		}
		for j, id := range im.SKUs {
			r.sku(fmt.Sprintf("%s.skus[%d]", at, j), id, skus)
		}
	}
}

// sku checks a reference to product.skus, where those are listed.
func (r *references) sku(at, id string, skus []string) {
	if len(skus) == 0 || slices.Contains(skus, id) {
		return
	}
	r.fail(at, lang.T("product.skus 中没有 {id}", "product.skus has no {id}", "id", strconv.Quote(id)), didYouMean(id, skus))
}

// path checks that a file of the case folder exists.
func (r *references) path(at, p string) {
	if p == "" {
		return
	}
	k := PathKey(p)
	if path.IsAbs(k) || k == ".." || strings.HasPrefix(k, "../") || len(k) > 1 && k[1] == ':' {
		r.fail(at, lang.T("文件必须在本案例文件夹内", "the file must lie in the case folder"),
			lang.T("写相对路径，如 replacement/1.jpg", "write a relative path such as replacement/1.jpg"))
		return
	}
	if r.files == nil {
		return
	}
	if _, ok := r.files[k]; ok {
		return
	}
	// One file that was renamed must not void all that case.yaml says: it is a
	// finding (materials.named_absent).
	if !slices.Contains(r.file.absent, p) {
		r.file.absent = append(r.file.absent, p)
	}
}

func (r *references) confirmations() {
	for i, c := range r.file.Confirmations {
		at := fmt.Sprintf("confirmations[%d]", i)
		if c.Rule == "" {
			r.fail(at, lang.T("缺少 rule（规则编号）", "rule is missing"), lang.T("如 rule: AE512", "e.g. rule: AE512"))
		}
		if c.File != "" && !isSHA256(c.SHA256) {
			where := at + ".sha256"
			if c.SHA256 == "" {
				where = at + ".file"
			}
			r.fail(where, lang.T("sha256 须为 64 位十六进制数", "sha256 must be 64 hexadecimal digits"),
				lang.T("用 aecheck confirm 写入", "let aecheck confirm write it"))
		}
	}
}

func isSHA256(s string) bool {
	return len(s) == 64 && strings.Trim(strings.ToLower(s), "0123456789abcdef") == ""
}

func didYouMean(word string, known []string) lang.Text {
	best := config.Nearest(word, slices.Sorted(slices.Values(known)))
	if best == "" {
		return lang.Text{}
	}
	return lang.T("是否指 {best}?", "did you mean {best}?", "best", strconv.Quote(best))
}

// PathKey makes two spellings of a path below the case equal: backslashes,
// "./" and Unicode composition.
func PathKey(p string) string {
	return norm.NFC.String(path.Clean(strings.ReplaceAll(p, `\`, "/")))
}
