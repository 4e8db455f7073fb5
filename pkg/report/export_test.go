package report

// ForClient is forClient for tests that know all rules.
func ForClient(text string) string { return forClient(text) }
