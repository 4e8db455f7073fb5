package derive

import (
	"fmt"
	"regexp"
)

// Source is where the configuration comes from: rules.yaml with its layers.
type Source interface {
	Params(path string, into any) error
	Catalog(name string, into any) error
}

// NewConfig reads params.origin and the catalogs of telling file names.
func NewConfig(src Source) (*Config, error) {
	var c Config
	if err := src.Params("origin", &c); err != nil {
		return nil, err
	}
	for _, list := range []struct {
		name string
		into *[]*regexp.Regexp
	}{{"screenshot_names", &c.ScreenshotNames}, {"messenger_names", &c.MessengerNames}} {
		var patterns []string
		if err := src.Catalog(list.name, &patterns); err != nil {
			return nil, err
		}
		for _, p := range patterns {
			// RE2: time is linear in the name whatever a user writes here.
			re, err := regexp.Compile(p)
			if err != nil {
				return nil, fmt.Errorf("catalogs.%s: %w", list.name, err)
			}
			*list.into = append(*list.into, re)
		}
	}
	return &c, nil
}
