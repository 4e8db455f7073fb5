package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/facts"
)

// showAfter is how long what is known of a file may wait to be written.
const showAfter = 100 * time.Millisecond

// list writes a JSON array with one element a file:
//
//	{"path": …, "facts": {group: …, …}, "status": {group or field: …, …}}
//
// which is the contract of inspect. Keys are in alphabetical order.
func (in *inspector) list(ctx context.Context, files []string) (err error) {
	out := bufio.NewWriterSize(in.Out, 64<<10)
	defer func() {
		if ferr := out.Flush(); err == nil {
			err = ferr
		}
	}()
	shown := time.Now()
	ok := true
	e := newElement(in.groups)
	sep := "[\n"
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		set, read := in.one(ctx, file)
		if !read {
			ok = false
			continue
		}
		if err := e.encode(filepath.ToSlash(file), set); err != nil {
			return err
		}
		if _, err := out.WriteString(sep); err != nil {
			return err
		}
		sep = ",\n"
		if _, err := out.Write(e.buf.Bytes()); err != nil {
			return err
		}
		if now := time.Now(); now.Sub(shown) > showAfter {
			if err := out.Flush(); err != nil {
				return err
			}
			shown = now
		}
	}
	end := "\n]\n"
	if sep == "[\n" { // no file was read
		end = "[\n]\n"
	}
	if _, err := out.WriteString(end); err != nil {
		return err
	}
	if !ok {
		return codeError(exitUnchecked)
	}
	return nil
}

// element encodes one element of the list after the other.
type element struct {
	groups []string // sorted
	buf    bytes.Buffer
	enc    *json.Encoder
}

func newElement(groups []string) *element {
	groups = slices.Clone(groups)
	slices.Sort(groups)
	e := &element{groups: slices.Compact(groups)}
	e.enc = json.NewEncoder(&e.buf)
	return e
}

// encode leaves the element in e.buf.
func (e *element) encode(path string, set *facts.Set) error {
	e.buf.Reset()
	e.buf.WriteString(`{"path":`)
	if err := e.value(path); err != nil {
		return err
	}
	e.buf.WriteString(`,"facts":{`)
	for i, g := range e.groups {
		if err := e.member(i, g, set.Pointer(g)); err != nil {
			return err
		}
	}
	e.buf.WriteString(`},"status":{`)
	for i, name := range e.stated(set) {
		st := set.Status(name)
		if err := e.member(i, name, &st); err != nil {
			return err
		}
	}
	e.buf.WriteString("}}")
	return nil
}

// stated lists the groups, and those of their fields with a state of their own.
func (e *element) stated(set *facts.Set) []string {
	out := e.groups
	for name := range set.Statuses() {
		if group, _, field := strings.Cut(name, "."); field && slices.Contains(e.groups, group) {
			out = append(out[:len(out):len(out)], name)
		}
	}
	if len(out) > len(e.groups) {
		slices.Sort(out)
	}
	return out
}

func (e *element) member(i int, name string, v any) error {
	if i > 0 {
		e.buf.WriteByte(',')
	}
	if err := e.value(name); err != nil {
		return err
	}
	e.buf.WriteByte(':')
	return e.value(v)
}

// value adds a value without the line feed that Encode writes behind it.
func (e *element) value(v any) error {
	if err := e.enc.Encode(v); err != nil {
		return err
	}
	e.buf.Truncate(e.buf.Len() - 1)
	return nil
}
