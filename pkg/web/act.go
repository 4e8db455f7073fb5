package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/desk"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/lang"
)

// result is what a click came to: whether it was done, and what is to be said.
type result struct {
	OK   bool   `json:"ok"`
	Text string `json:"text"`
}

func (r result) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(r) // the page is gone where it cannot be written
}

// do is what a click asks for. Where something changed the page hears of it by itself.
func (s *Server) do(w http.ResponseWriter, r *http.Request) {
	d, l := s.current()
	t := i18n.For(l).Looking
	what := r.PathValue("what")
	if err := r.ParseForm(); err != nil {
		result{Text: t.TooMuch}.write(w)
		return
	}
	var err error
	switch {
	case what == "open":
		err = s.take(r, strings.TrimSpace(r.PostForm.Get("path")), l)
	case what == "quit":
		s.once.Do(func() { close(s.done) })
	case d == nil:
		err = desk.ErrGone
	case what == "lang":
		err = s.speak(r, d, r.PostForm.Get("lang"))
	case what == "run":
		said, ok := s.options.Run(r.Context(), r.PostForm.Get("what"), r.PostForm.Get("go") != "yes", l)
		result{ok, said}.write(w)
		return
	default:
		err = s.decide(r, d, what, l)
	}
	if err != nil {
		result{Text: s.say(err, l)}.write(w)
		return
	}
	result{OK: true}.write(w)
}

// decide writes a decision about a case.
func (s *Server) decide(r *http.Request, d *desk.Desk, what string, l lang.Lang) error {
	form, t := r.PostForm, i18n.For(l).Looking
	switch what {
	case "decide":
		by, note := strings.TrimSpace(form.Get("by")), strings.TrimSpace(form.Get("note"))
		switch {
		case by == "":
			return errors.New(t.WhoLooked)
		case form.Get("overrule") != "" && note == "":
			return errors.New(t.WhyWrong)
		}
		return d.Decide(r.Context(), form.Get("finding"), by, note)
	case "undo":
		return d.Undo(r.Context())
	case "place":
		kind, slot := form.Get("kind"), form.Get("slot")
		if !slices.Contains(s.options.Rules.KindNames(), kind) || slot != "" && !slices.Contains(s.options.Rules.SlotNames(), slot) {
			return desk.ErrGone
		}
		return d.Place(r.Context(), form.Get("file"), kind, slot)
	case "fill":
		return s.fill(r, d)
	}
	return desk.ErrGone
}

// fill writes what was typed; a field left empty is left alone.
func (s *Server) fill(r *http.Request, d *desk.Desk) error {
	kase, err := strconv.Atoi(r.PostForm.Get("case"))
	if err != nil {
		return desk.ErrGone
	}
	var values []casefile.Value
	for name, list := range r.PostForm {
		key, ok := strings.CutPrefix(name, "key.")
		if !ok || strings.TrimSpace(list[0]) == "" {
			continue
		}
		k, ok := casefile.KeyNamed(key)
		if !ok {
			return desk.ErrGone
		}
		v, err := k.Typed(list[0])
		if err != nil {
			return err
		}
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b casefile.Value) int { return strings.Compare(a.Key, b.Key) })
	return d.Fill(r.Context(), kase, values)
}

// take opens what a person chose on the first page.
func (s *Server) take(r *http.Request, path string, l lang.Lang) error {
	if d, _ := s.current(); d != nil || s.options.Wait || s.options.Open == nil {
		return desk.ErrGone
	}
	d, err := s.options.Open(r.Context(), strings.Trim(path, `"' `), l)
	if err != nil {
		return err
	}
	s.Put(d, nil)
	return nil
}

// speak changes the language of the page and of what was found.
func (s *Server) speak(r *http.Request, d *desk.Desk, tag string) error {
	for _, l := range []lang.Lang{lang.ZH, lang.EN} {
		if l.Tag() != tag {
			continue
		}
		s.mu.Lock()
		s.lang = l
		s.mu.Unlock()
		return d.Speak(r.Context(), l)
	}
	return desk.ErrGone
}

// say words an error for a person.
func (s *Server) say(err error, l lang.Lang) string {
	t := i18n.For(l).Looking
	switch {
	case errors.Is(err, desk.ErrGone):
		return t.Gone
	case errors.Is(err, desk.ErrNoCase):
		return t.NoCase
	case errors.Is(err, desk.ErrPacked):
		return t.Packed
	case errors.Is(err, desk.ErrNothing):
		return t.NothingToUndo
	case errors.Is(err, casefile.ErrChanged):
		return t.ChangedBySomebody
	case errors.Is(err, casefile.ErrCannotEdit):
		return t.ByHand
	case s.options.Say != nil:
		return s.options.Say(err)
	}
	return err.Error()
}
