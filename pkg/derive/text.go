package derive

import (
	"github.com/aecheck/aecheck/pkg/facts"
)

// textFacts adds what the case says about text that was read.
func textFacts(set *facts.Set, name string, c *facts.CaseFile) {
	if !seen(set, "text") {
		return
	}
	_ = name
	_ = c
}
