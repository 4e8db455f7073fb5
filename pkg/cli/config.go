package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/settings"
	"github.com/aecheck/aecheck/pkg/terminal"
)

func (a *app) configCmd() *cobra.Command {
	c := a.msgs.Settling
	cmd := &cobra.Command{Use: "config", Short: c.CmdConfig, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	var asJSON bool
	show := &cobra.Command{Use: "show", Short: c.CmdConfigShow, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.configShow(asJSON) }}
	show.Flags().BoolVar(&asJSON, "json", false, a.msgs.CLI.FlagJSON)
	cmd.AddCommand(show, &cobra.Command{Use: "schema", Short: c.CmdConfigSchema, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.configSchema() }})
	return cmd
}

// shownSetting is one line of config show.
type shownSetting struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

// settings lists every value in force with what it is from.
func (a *app) settings() []shownSetting {
	c := a.msgs.Settling
	out := []shownSetting{}
	add := func(key, value, origin string) { out = append(out, shownSetting{key, value, origin}) }
	if a.conf.file != nil {
		add("config", a.conf.file.FileName(), a.conf.from)
	} else {
		add("config", c.None, "")
	}
	if path := a.baselinePath(""); path != "" {
		origin := c.FoundAbove
		if a.Getenv(envOf("baseline")) != "" {
			origin = envOf("baseline")
		}
		add("baseline", path, origin)
	}
	for _, d := range []struct{ key, flag, value string }{{"format", "format", "text"}, {"fail_on", "fail-on", string(failOnError)}} {
		s, ok := a.settingOf(d.key, d.flag, nil)
		if !ok {
			s = setting{d.value, c.FromDefault}
		}
		add(d.key, s.value, s.origin)
	}
	add("lang", a.lang.Tag(), a.conf.langFrom)
	for _, p := range a.chosenPacks() {
		add("packs", p.value, p.origin)
	}
	for _, l := range a.ruleLayers() {
		add("rules", l.value, l.origin)
	}
	f := a.conf.file
	if f == nil {
		return out
	}
	for i, k := range f.Kinds {
		add("kinds", k.Kind+": "+strings.Join(k.Files, " "), f.OriginAt("kinds", i))
	}
	for i, s := range f.Slots {
		add("slots", s.Slot+": "+strings.Join(s.Files, " "), f.OriginAt("slots", i))
	}
	for _, p := range f.Exclude {
		add("exclude", p, f.Origin("exclude"))
	}
	for i := range f.Suppressions {
		add("suppressions", a.suppressionText(&f.Suppressions[i]), f.OriginOf(i))
	}
	return out
}

// suppressionText is a suppression on one line.
func (a *app) suppressionText(s *settings.Suppression) string {
	c := a.msgs.Settling
	files, until := strings.Join(s.Files, " "), ""
	if files == "" {
		files = c.AllFiles
	}
	if !s.Expires.IsZero() {
		until = fill(c.Until, "date", s.Expires.Format("2006-01-02"))
	}
	return fill(c.SuppressedBy, "rule", s.Rule, "files", files, "reason", s.Reason, "until", until)
}

func (a *app) configShow(asJSON bool) error {
	if _, err := a.loadRules(); err != nil { // which checks what the settings refer to
		return err
	}
	list := a.settings()
	if asJSON {
		return a.printJSON(list)
	}
	for _, s := range list {
		line := fmt.Sprintf("%-13s = %s", s.Key, terminal.Clean(s.Value))
		if s.Origin != "" {
			line += "   [" + terminal.Clean(s.Origin) + "]"
		}
		if _, err := fmt.Fprintln(a.Out, line); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) configSchema() error {
	set, err := a.loadRules()
	if err != nil {
		return err
	}
	data, err := settings.JSONSchema(a.vocabulary(set))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, strings.TrimSpace(string(data)))
	return err
}
