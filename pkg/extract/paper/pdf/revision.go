package pdf

import (
	"bytes"
	"errors"
	"slices"
)

// Later is what was done to a file after it was signed. A signature covers the
// file as it was then; whoever opens it sees the last revision (ISO 32000-2,
// 12.8.1; ETSI EN 319 142-1, 5.5). So every signed revision is compared with
// what is shown now, not only that of the last signature.
type Later struct {
	Changed bool    // something that a signature covers is shown otherwise now
	Pages   []int   // the pages concerned, from 1
	Added   []Added // what else came later, each once
}

// Added is what may come after a signature without changing what it covers.
type Added string

// What may be added. The last three are for a person to look at.
const (
	ValidationData Added = "validation_data" // certificates, revocation lists, document time stamps (PAdES B-LT, B-LTA)
	MoreSignatures Added = "signature"
	FormValues     Added = "form_values"        // fields that were empty
	Annotations    Added = "annotations"        // where the certification allows them
	Unasked        Added = "unasked_additions"  // annotations or fields on a page without leave, a signature after "no changes"
	Overwritten    Added = "overwritten_values" // fields that had been filled in
	NotCompared    Added = "not_compared"       // too many revisions, or too much in them
)

// Limits of comparing. A contract that six parties sign has a dozen revisions.
const (
	maxRevisions     = 16
	maxRevisionBytes = 256 << 20 // of all revisions parsed again
	maxCompared      = 400_000   // objects looked at
)

// AfterSigning compares every signed revision with the file as it is.
func (f *File) AfterSigning() Later {
	c := &comparison{now: f, left: maxCompared, budget: maxBudget, values: maxValues}
	f.budget = maxBudget
	seen, bytesLeft, revisions := map[int]bool{}, maxRevisionBytes, 0
	for _, s := range f.Signatures {
		end := s.CoversUntil
		if end <= 0 || seen[end] || !bytes.Contains(f.data[end:], []byte("obj")) && !bytes.Contains(f.data[end:], []byte("xref")) {
			continue // white space and remarks show nothing
		}
		seen[end] = true
		if revisions++; revisions > maxRevisions || end > bytesLeft || f.Encrypted {
			c.add(NotCompared)
			continue
		}
		bytesLeft -= end
		c.revision(end)
	}
	slices.Sort(c.out.Pages)
	slices.Sort(c.out.Added)
	return c.out
}

// comparison of one file with its own earlier revisions.
type comparison struct {
	now, then *File
	tail      tail // what was written since
	left      int  // objects that may still be looked at
	budget    int  // bytes that revisions may still decode
	values    int  // and make
	alike     map[[2]ref]bool
	out       Later
}

func (c *comparison) add(a Added) {
	if !slices.Contains(c.out.Added, a) {
		c.out.Added = append(c.out.Added, a)
	}
}

func (c *comparison) changed(page int) {
	c.out.Changed = true
	if page > 0 && !slices.Contains(c.out.Pages, page) {
		c.out.Pages = append(c.out.Pages, page)
	}
}

// revision compares the file as it was when it ended at a byte.
func (c *comparison) revision(end int) {
	c.then = &File{data: c.now.data[:end:end], objects: map[int]object{}, trailer: dict{}, budget: c.budget, values: c.values}
	err := c.then.scan()
	if err == nil {
		c.then.unpackObjectStreams()
	}
	defer func() { c.budget, c.values = c.then.budget, c.then.values }()
	if err != nil || c.then.budget <= 0 || c.then.values <= 0 {
		c.add(NotCompared)
		return
	}
	c.alike = map[[2]ref]bool{}
	c.tail = readTail(c.now, c.then, end)
	if c.tail.rolledBack {
		c.changed(0)
		return
	}
	was, err1 := c.then.pageDicts()
	is, err2 := c.now.pageDicts()
	if err1 != nil || err2 != nil || len(was) == 0 {
		c.add(NotCompared)
		return
	}
	rootThen, rootNow := c.then.dict(c.then.trailer["Root"]), c.now.dict(c.now.trailer["Root"])
	if !c.same(rootThen["OCProperties"], rootNow["OCProperties"], 0) {
		c.changed(0) // layers that are shown or not
	}
	if !c.same(rootThen["DSS"], rootNow["DSS"], 0) {
		c.add(ValidationData)
	}
	if len(was) != len(is) {
		c.changed(min(len(was), len(is)) + 1)
	}
	leave := c.leave(end)
	for i := range min(len(was), len(is)) {
		if !c.samePage(was[i], is[i]) {
			c.changed(i + 1)
		}
		c.annotations(i+1, was[i], is[i], leave)
	}
	if c.left <= 0 {
		c.add(NotCompared)
	}
}

// samePage compares what a page shows but for its annotations.
func (c *comparison) samePage(was, is page) bool {
	if was.rotate != is.rotate || !c.sameBox(was.mediaBox, is.mediaBox) || !c.sameBox(c.then.array(was.dict["CropBox"]), c.now.array(is.dict["CropBox"])) {
		return false
	}
	for _, k := range [...]Name{"UserUnit", "Group"} {
		if !c.same(was.dict[k], is.dict[k], 0) {
			return false
		}
	}
	return (c.same(was.dict["Contents"], is.dict["Contents"], 0) || c.sameContents(was.dict["Contents"], is.dict["Contents"])) &&
		c.sameDict(was.resources, is.resources, 0)
}

func (c *comparison) sameBox(a, b array) bool { return c.same(a, b, 0) }

// sameContents compares two contents that are cut into streams differently.
func (c *comparison) sameContents(a, b any) bool {
	gather := func(f *File, v any, object func(ref) object) ([]byte, bool) {
		parts := f.array(v)
		if parts == nil {
			parts = array{v}
		}
		var out []byte
		for _, p := range parts {
			r, ok := p.(ref)
			if !ok {
				return nil, false
			}
			o := object(r)
			d, _ := o.value.(dict)
			data, err := f.decode(d, o.stream)
			if d == nil || err != nil {
				return nil, false
			}
			out = append(append(out, bytes.TrimSpace(data)...), '\n')
		}
		return out, true
	}
	x, ok1 := gather(c.then, a, func(r ref) object { return c.then.objects[int(r)] })
	y, ok2 := gather(c.now, b, c.currently)
	return ok1 && ok2 && bytes.Equal(x, y)
}

// unseen are entries that say nothing about how an object looks.
func unseen(k Name) bool {
	switch k {
	case "Parent", "P", "Metadata", "PieceInfo", "LastModified", "StructParent", "StructParents", "Length", "M", "ProcSet":
		return true
	}
	return false
}

// same compares two values with all that they lead to.
func (c *comparison) same(a, b any, depth int) bool {
	if c.left--; c.left <= 0 || depth > maxDepth {
		return true // told as not compared
	}
	ra, isRefA := a.(ref)
	rb, isRefB := b.(ref)
	if isRefA && isRefB {
		pair := [2]ref{ra, rb}
		if known, ok := c.alike[pair]; ok {
			return known
		}
		c.alike[pair] = true // until shown otherwise: objects may lead to themselves
		eq := c.sameObject(c.then.objects[int(ra)], c.currently(rb), depth)
		c.alike[pair] = eq
		return eq
	}
	if isRefA {
		o := c.then.objects[int(ra)]
		return o.stream == nil && c.same(o.value, b, depth+1)
	}
	if isRefB {
		o := c.currently(rb)
		return o.stream == nil && c.same(a, o.value, depth+1)
	}
	switch x := a.(type) {
	case dict:
		y, ok := b.(dict)
		return ok && c.sameDict(x, y, depth)
	case array:
		y, ok := b.(array)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !c.same(x[i], y[i], depth+1) {
				return false
			}
		}
		return true
	default:
		switch b.(type) {
		case dict, array:
			return false
		}
		return a == b
	}
}

// currently is an object as it is now: gone where the file says that it is.
func (c *comparison) currently(r ref) object {
	if c.tail.freed[int(r)] {
		return object{}
	}
	return c.now.objects[int(r)]
}

func (c *comparison) sameObject(a, b object, depth int) bool {
	if a.at == b.at && (a.stream == nil) == (b.stream == nil) && a.stream != nil && len(a.stream) == len(b.stream) {
		// One definition; what it leads to may still have been changed.
		return c.same(a.value, b.value, depth+1)
	}
	if (a.stream == nil) != (b.stream == nil) {
		return false
	}
	if a.stream != nil && !bytes.Equal(a.stream, b.stream) {
		da, _ := a.value.(dict)
		db, _ := b.value.(dict)
		x, err1 := c.then.decode(da, a.stream)
		y, err2 := c.now.decode(db, b.stream)
		if errors.Is(err1, ErrTooComplex) || errors.Is(err2, ErrTooComplex) {
			c.left = 0
			return true
		}
		if err1 != nil || err2 != nil || !bytes.Equal(bytes.TrimSpace(x), bytes.TrimSpace(y)) {
			return false
		}
		without := func(d dict) dict {
			out := dict{}
			for k, v := range d {
				if k != "Filter" && k != "DecodeParms" {
					out[k] = v
				}
			}
			return out
		}
		return c.sameDict(without(da), without(db), depth)
	}
	return c.same(a.value, b.value, depth+1)
}

func (c *comparison) sameDict(x, y dict, depth int) bool {
	for k := range x {
		if unseen(k) || nothing(c.then.resolve(x[k])) && nothing(c.now.resolve(y[k])) {
			continue
		}
		if !c.same(x[k], y[k], depth+1) {
			return false
		}
	}
	for k := range y {
		if _, ok := x[k]; !ok && !unseen(k) && !nothing(c.now.resolve(y[k])) {
			return false
		}
	}
	return true
}

// nothing reports a value that says as much as its absence.
func nothing(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case dict:
		return len(x) == 0
	case array:
		return len(x) == 0
	}
	return false
}
