package letter

import "strings"

// flex makes a pattern whose blanks may be missing in the text or be line
// ends: recognition often runs words together ("herebyauthorize"), and
// sentences are broken over lines. Word boundaries go for the same reason, so
// patterns must not rest on them to tell words apart.
func flex(source string) *pattern { return &pattern{source: source, widen: freeBlanks} }

func freeBlanks(source string) string {
	return strings.NewReplacer(` `, `\s*`, `\b`, ``, `[\s\n]+`, `\s*`).Replace(source)
}
