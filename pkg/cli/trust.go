package cli

import (
	"github.com/spf13/pflag"

	"github.com/aecheck/aecheck/pkg/extract/file/c2pa"
	"github.com/aecheck/aecheck/pkg/material"
)

func (a *app) trustListFlag(fl *pflag.FlagSet, into *string) {
	fl.StringVar(into, "trust-list", "", a.msgs.Trusting.Flag)
}

// loadTrust reads the file of --trust-list; nil for none given.
func (a *app) loadTrust(name string) (*c2pa.Trust, error) {
	if name == "" {
		return nil, nil
	}
	data, err := material.ReadNamed(name, c2pa.MaxTrustList)
	if err != nil {
		return nil, err
	}
	trust, err := c2pa.ParseTrust(data)
	if err != nil {
		return nil, a.refused("--trust-list", name, fill(a.msgs.Trusting.Want, "why", err.Error()))
	}
	return trust, nil
}
