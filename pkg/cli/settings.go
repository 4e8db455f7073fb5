package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/pathglob"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/settings"
)

// noSettings is what --config says for none.
const noSettings = "none"

// configured is the file of settings in force, and what is wrong with it: commands that
// go by it say so, help does not.
type configured struct {
	file *settings.File // nil for none
	data []byte
	path string // as it is opened
	from string // what named it
	err  error
	// langFrom says what chose the language.
	langFrom string
}

// settle reads the file of settings and chooses the language: that of the flag, else
// of the environment, else of the file, else the system's.
func (a *app) settle(args []string) {
	a.conf.langFrom = a.msgs.Settling.FromSystem
	a.conf.err = a.readSettings(args)
	if _, ok := a.langFlag(args); ok {
		a.conf.langFrom = "--lang"
		return
	}
	name, origin := a.Getenv(envOf("lang")), envOf("lang")
	if name == "" && a.conf.file.Has("lang") {
		name, origin = a.conf.file.Lang, a.conf.file.Origin("lang")
	}
	if name == "" {
		return
	}
	l, err := lang.Find(a.languages, name)
	if err != nil {
		if a.conf.err == nil {
			a.conf.err = a.badFlag(origin, name, strings.Join(a.tags(), " "))
		}
		return
	}
	a.setLang(l)
	a.conf.langFrom = origin
}

// readSettings finds and reads the file: that of --config, else of AECHECK_CONFIG,
// else the nearest from the working directory upward. Folders that are scanned bring
// none.
func (a *app) readSettings(args []string) error {
	path, from := valueOf(args, "--config"), "--config"
	if path == "" {
		path, from = a.Getenv(envOf("config")), envOf("config")
	}
	switch path {
	case noSettings:
		return nil
	case "":
		wd, err := os.Getwd()
		if err != nil {
			return nil // without a working directory there is none to be found
		}
		if path = material.Above(wd, settings.Name); path == "" {
			return nil
		}
		path, from = above(wd, path), a.msgs.Settling.FoundAbove
	}
	data, err := material.ReadNamed(path, config.MaxBytes)
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	file, err := settings.Parse(filepath.ToSlash(path), material.RealFolder(filepath.Dir(abs)), data)
	if err != nil {
		return err
	}
	a.conf.file, a.conf.data, a.conf.path, a.conf.from = file, data, path, from
	return nil
}

// valueOf is the value of a flag before flags are parsed, "" for none.
func valueOf(args []string, flag string) string {
	value := ""
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if v, ok := strings.CutPrefix(arg, flag+"="); ok {
			value = v
		} else if arg == flag && i+1 < len(args) {
			value = args[i+1]
		}
	}
	return value
}

// envOf is the variable of the environment for a key of the settings.
func envOf(key string) string { return "AECHECK_" + strings.ToUpper(key) }

// setting is a value and what it is from.
type setting struct{ value, origin string }

// settingOf is the value of a key: that of the flag, else of the environment, else of
// the file; ok is false where none says one.
func (a *app) settingOf(key, flag string, fl *pflag.FlagSet) (s setting, ok bool) {
	if fl != nil && fl.Changed(flag) {
		return setting{fl.Lookup(flag).Value.String(), "--" + flag}, true
	}
	if v := a.Getenv(envOf(key)); v != "" {
		return setting{v, envOf(key)}, true
	}
	if a.conf.file.Has(key) {
		value := map[string]string{"format": a.conf.file.Format, "fail_on": a.conf.file.FailOn}[key]
		return setting{value, a.conf.file.Origin(key)}, true
	}
	return setting{}, false
}

// apply lets the settings speak where no flag does.
func (a *app) apply(fl *pflag.FlagSet, f *scanFlags) error {
	if a.conf.err != nil {
		return a.conf.err
	}
	if s, ok := a.settingOf("format", "format", fl); ok {
		if !slices.Contains(report.Names(), s.value) {
			return a.badFlag(s.origin, s.value, strings.Join(report.Names(), " "))
		}
		f.format = s.value
	}
	if s, ok := a.settingOf("fail_on", "fail-on", fl); ok {
		if !slices.Contains(failLevels(), failOn(s.value)) {
			return a.badFlag(s.origin, s.value, "error warning review never")
		}
		f.failOn = s.value
	}
	return nil
}

// ruleLayers are the rules files over the built-in ones, with what each is from: those
// of the settings, of the environment, of the flags.
func (a *app) ruleLayers() []setting {
	var out []setting
	if a.conf.file != nil {
		for _, name := range a.conf.file.RuleFiles() {
			out = append(out, setting{material.Typed(name), a.conf.file.Origin("rules")})
		}
	}
	for _, name := range filepath.SplitList(a.Getenv(envOf("rules"))) {
		if name != "" {
			out = append(out, setting{name, envOf("rules")})
		}
	}
	for _, name := range a.ruleFiles {
		out = append(out, setting{name, "--rules"})
	}
	return out
}

// vocabulary is what the settings may refer to.
func (a *app) vocabulary(set *rules.Set) settings.Known {
	return settings.Known{
		Formats: report.Names(), Languages: a.tags(), Kinds: set.KindNames(), Slots: set.SlotNames(),
		Rule:    func(name string) bool { return namesRule(set, name) },
		Nearest: set.NearestRule,
	}
}

// namesRule reports whether a rule is called so, or fits a name with a *.
func namesRule(set *rules.Set, name string) bool {
	if set.Rule(name) != nil {
		return true
	}
	p, err := pathglob.Compile(name)
	if err != nil || !strings.ContainsAny(name, "*?") {
		return false
	}
	return slices.ContainsFunc(set.Rules(), func(r *rules.Rule) bool { return p.Match(r.ID) || p.Match(r.Slug) })
}
