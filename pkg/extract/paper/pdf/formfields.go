package pdf

import (
	"slices"
	"strings"
)

// leave is what the signatures of a revision allow to be done after them.
type leave struct {
	certified bool // a certification says what is allowed
	level     int  // 1 nothing, 2 filling in and signing, 3 annotations too (12.8.2.2, table 257)
	locks     []lock
}

// lock is a FieldMDP transform (12.8.2.4): fields that may not be filled in.
type lock struct {
	action Name
	fields []string
}

func (l leave) locked(field string) bool {
	for _, k := range l.locks {
		named := slices.ContainsFunc(k.fields, func(n string) bool { return n == field || strings.HasPrefix(field, n+".") })
		switch k.action {
		case "All":
			return true
		case "Include":
			if named {
				return true
			}
		case "Exclude":
			if !named {
				return true
			}
		}
	}
	return false
}

// leave reads what the signatures up to a byte allow.
func (c *comparison) leave(end int) leave {
	var out leave
	f := c.then
	for _, s := range c.now.Signatures {
		if s.CoversUntil > end {
			continue
		}
		for _, v := range f.array(s.dict["Reference"]) {
			d := f.dict(v)
			p := f.dict(d["TransformParams"])
			switch f.resolve(d["TransformMethod"]) {
			case Name("DocMDP"):
				out.certified, out.level = true, 2
				if n := f.number(p["P"]); n >= 1 && n <= 3 {
					out.level = n
				}
			case Name("FieldMDP"):
				k := lock{}
				k.action, _ = f.resolve(p["Action"]).(Name)
				for _, n := range f.array(p["Fields"]) {
					name, _ := f.resolve(n).(byteString)
					k.fields = append(k.fields, decodeText(name))
				}
				out.locks = append(out.locks, k)
			}
		}
	}
	return out
}

// field is a widget with what it inherits from its parents.
type field struct {
	kind  Name // Tx, Btn, Ch, Sig
	name  string
	value any
}

func (f *File) field(d dict) field {
	var out field
	for range 16 {
		if k, ok := f.resolve(d["FT"]).(Name); ok && out.kind == "" {
			out.kind = k
		}
		if out.value == nil {
			out.value = f.resolve(d["V"])
		}
		if t, ok := f.resolve(d["T"]).(byteString); ok {
			name := decodeText(t)
			if out.name != "" {
				name += "." + out.name
			}
			out.name = name
		}
		if d = f.dict(d["Parent"]); d == nil {
			break
		}
	}
	return out
}

// empty reports a value that nobody filled in.
func empty(v any) bool {
	return v == nil || v == byteString("") || v == Name("Off")
}

// Bits of an annotation's flags (12.5.3): neither shown on the screen.
const annotHidden, annotNoView = 1 << 1, 1 << 5

// shows reports an annotation that covers something of its page.
func (f *File) shows(d dict) bool {
	switch f.resolve(d["Subtype"]) {
	case Name("Popup"), Name("Link"), nil:
		return false
	}
	if n := f.number(d["F"]); n > 0 && n&(annotHidden|annotNoView) != 0 {
		return false
	}
	return f.area(d) > 0
}

// area is that of an annotation's rectangle, in square points.
func (f *File) area(d dict) float64 { return boxArea(f, f.array(d["Rect"])) }

func boxArea(f *File, r array) float64 {
	if len(r) != 4 {
		return 0
	}
	var v [4]float64
	for i := range r {
		v[i], _ = f.resolve(r[i]).(float64)
	}
	w, h := v[2]-v[0], v[3]-v[1]
	return max(w, -w) * max(h, -h)
}

// annotations compares those of a page: what was signed stays, what is new is
// allowed or not.
func (c *comparison) annotations(number int, was, is page, l leave) {
	before, after := c.then.array(was.dict["Annots"]), c.now.array(is.dict["Annots"])
	matched := make([]bool, len(after))
	for _, a := range before {
		d := c.then.dict(a)
		if d == nil {
			continue
		}
		i := slices.IndexFunc(after, func(b any) bool {
			if r, ok := a.(ref); ok {
				return b == r
			}
			return c.same(a, b, 0)
		})
		if i < 0 || c.now.dict(after[i]) == nil {
			if c.then.shows(d) {
				c.annotation(number, l)
			}
			continue
		}
		matched[i] = true
		c.widget(number, a, d, after[i], c.now.dict(after[i]), l)
	}
	for i, b := range after {
		d := c.now.dict(b)
		if matched[i] || d == nil {
			continue
		}
		if c.now.resolve(d["Subtype"]) == Name("Widget") && c.now.field(d).kind == "Sig" {
			c.signature(d, is, l)
			continue
		}
		if c.now.shows(d) {
			c.annotation(number, l)
		}
	}
}

// annotation notes one that was added, changed or taken away.
func (c *comparison) annotation(number int, l leave) {
	switch {
	case !l.certified:
		c.add(Unasked)
	case l.level >= 3:
		c.add(Annotations)
	default:
		c.changed(number)
	}
}

// signature notes a signature that was added. One that covers much of the page
// can say anything in its appearance.
func (c *comparison) signature(d dict, p page, l leave) {
	const much = 6 // a sixth of the page
	v := c.now.dict(c.now.field(d).value)
	switch {
	case v != nil && (v["Type"] == Name("DocTimeStamp") || c.now.resolve(v["SubFilter"]) == Name("ETSI.RFC3161")):
		c.add(ValidationData)
	case v != nil && l.certified && l.level < 2:
		c.add(Unasked)
	case v != nil:
		c.add(MoreSignatures)
	}
	if c.now.shows(d) && much*c.now.area(d) > boxArea(c.now, p.mediaBox) {
		c.add(Unasked)
	}
}

// widget compares an annotation that was there when the file was signed.
func (c *comparison) widget(number int, a any, was dict, b any, is dict, l leave) {
	if c.same(a, b, 0) && c.sameField(was, is) {
		return
	}
	if c.then.resolve(was["Subtype"]) != Name("Widget") || c.now.resolve(is["Subtype"]) != Name("Widget") {
		if c.then.shows(was) || c.now.shows(is) {
			c.annotation(number, l)
		}
		return
	}
	old, now := c.then.field(was), c.now.field(is)
	moved := !c.same(was["Rect"], is["Rect"], 0)
	if old.kind == "Sig" {
		switch {
		case old.value == nil && !moved:
			c.signature(is, page{mediaBox: array{0.0, 0.0, 1e6, 1e6}}, l) // a field that was waiting for it
		case c.then.shows(was) || c.now.shows(is):
			c.changed(number) // how a signature looks that is signed over
		}
		return
	}
	if !c.then.shows(was) && !c.now.shows(is) {
		return
	}
	switch {
	case moved:
		c.annotation(number, l)
	case l.locked(old.name) || l.certified && l.level < 2:
		c.changed(number)
	case c.same(old.value, now.value, 0):
		// The same value drawn otherwise: by the viewer, or to say something else.
		if c.then.resolve(was["AP"]) != nil {
			c.add(Overwritten)
		}
	case empty(old.value):
		c.add(FormValues)
	default:
		c.add(Overwritten)
	}
}

// sameField compares the values of two widgets, which a parent may hold.
func (c *comparison) sameField(was, is dict) bool {
	a, b := c.then.field(was), c.now.field(is)
	return a.kind == b.kind && (a.kind == "Sig" || c.same(a.value, b.value, 0))
}
