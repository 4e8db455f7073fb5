// Package aecheck holds the built-in rules, so that the one copy that the
// program carries is the file its users read and edit.
package aecheck

import _ "embed"

// RulesYAML is rules.yaml as it was when the program was built.
//
//go:embed rules.yaml
var RulesYAML []byte
