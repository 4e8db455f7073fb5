package casefile

import (
	"strings"
	"time"
)

// UnmarshalScalar reads "open" (or 长期, permanent) or a date, as pkg/config
// asks of types that read themselves.
func (e *EndDate) UnmarshalScalar(text string, parseTime func(string) (time.Time, error)) error {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "open", "长期", "permanent":
		*e = EndDate{Open: true}
		return nil
	}
	at, err := parseTime(text)
	if err != nil {
		return err
	}
	*e = EndDate{At: at}
	return nil
}
