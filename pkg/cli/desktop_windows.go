package cli

import "github.com/inconshreveable/mousetrap"

// startedByDesktop reports that the program was clicked twice: there is no terminal to
// read in once it ends.
func startedByDesktop() bool { return mousetrap.StartedByExplorer() }
