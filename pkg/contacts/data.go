package contacts

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"

	"gopkg.in/yaml.v3"
)

//go:embed patterns.yaml
var patternsYAML []byte

// table is patterns.yaml as written.
type table struct {
	Patterns         []entry  `yaml:"patterns"`
	None             []none   `yaml:"none"`
	Nothing          []string `yaml:"nothing"`
	MarketplaceHosts []string `yaml:"marketplace_hosts"`
	MetadataHosts    []string `yaml:"metadata_hosts"`
	TLDs             []string `yaml:"tlds"`
	WeakTLDs         []string `yaml:"weak_tlds"`
}

type entry struct {
	Name       string            `yaml:"name"`
	Kind       string            `yaml:"kind"`
	Confidence float64           `yaml:"confidence"`
	Regex      string            `yaml:"regex"`
	Before     string            `yaml:"before"`
	After      string            `yaml:"after"`
	Digits     []int             `yaml:"digits"`
	Run        int               `yaml:"run"`
	Need       string            `yaml:"need"`
	Reject     string            `yaml:"reject"`
	View       string            `yaml:"view"`
	Only       Source            `yaml:"only"`
	Host       bool              `yaml:"host"`
	Form       string            `yaml:"form"`
	Positive   map[string]string `yaml:"positive"`
	Negative   []string          `yaml:"negative"`
}

// none is what is taken out of a text before the patterns are tried.
type none struct {
	Name     string   `yaml:"name"`
	Regex    string   `yaml:"regex"`
	NotAfter string   `yaml:"not_after"` // class of characters that must not stand directly before it
	Only     Source   `yaml:"only"`
	Hidden   []string `yaml:"hidden"`
	Kept     []string `yaml:"kept"`
	re       *regexp.Regexp
	notAfter *regexp.Regexp
}

func (n *none) compile() error {
	for _, x := range []struct {
		dst *(*regexp.Regexp)
		src string
	}{{&n.re, n.Regex}, {&n.notAfter, n.NotAfter}} {
		if x.src == "" {
			continue
		}
		re, err := regexp.Compile("(?i)" + x.src)
		if err != nil {
			return fmt.Errorf("contact patterns, none %s: %w", n.Name, err)
		}
		*x.dst = re
	}
	if n.re == nil {
		return fmt.Errorf("contact patterns, none %q: regex is needed", n.Name)
	}
	return nil
}

// pattern is an entry ready to run.
type pattern struct {
	entry
	re                          *regexp.Regexp
	before, after, need, reject *regexp.Regexp
	groups                      []int // submatches that may hold the value
}

func load(data []byte) (*table, error) {
	var t table
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&t); err != nil {
		return nil, fmt.Errorf("contact patterns: %w", err)
	}
	return &t, nil
}

func (e entry) compile() (pattern, error) {
	p := pattern{entry: e}
	for _, x := range []struct {
		dst *(*regexp.Regexp)
		src string
	}{{&p.re, e.Regex}, {&p.before, e.Before}, {&p.after, e.After}, {&p.need, e.Need}, {&p.reject, e.Reject}} {
		if x.src == "" {
			continue
		}
		re, err := regexp.Compile("(?i)" + x.src)
		if err != nil {
			return p, fmt.Errorf("contact pattern %s: %w", e.Name, err)
		}
		*x.dst = re
	}
	if p.re == nil || e.Kind == "" || e.Confidence <= 0 || e.Confidence > 1 {
		return p, fmt.Errorf("contact pattern %q: regex, kind and a confidence in (0, 1] are needed", e.Name)
	}
	if e.Digits != nil && len(e.Digits) != 2 {
		return p, fmt.Errorf("contact pattern %s: digits wants [least, most]", e.Name)
	}
	for i, name := range p.re.SubexpNames() {
		if name != "" {
			p.groups = append(p.groups, i)
		}
	}
	return p, nil
}
