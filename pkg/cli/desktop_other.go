//go:build !windows

package cli

// startedByDesktop reports that the program was clicked twice; desktops other than
// Windows' start programs in terminals, or give them no console at all.
func startedByDesktop() bool { return false }
