// Command figures is what .ci/bench/run is made of besides bash:
//
//	figures corpus SAMPLE FOLDER LIST SCALE    make the corpus; LIST gets what was planted
//	figures small FOLDER N                     make N small pictures
//	figures measure FILE NAME COMMAND…         run a command and add a line to FILE
//	figures table WORK SCALE OUT               print the table; OUT, if named, gets JSON
//
// Run it from anywhere with go run ./.ci/bench/figures.
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/aecheck/aecheck/pkg/testkit/stock"
)

func main() {
	code, err := figures(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func figures(args []string) (int, error) {
	switch {
	case len(args) == 5 && args[0] == "corpus":
		scale, err := strconv.ParseFloat(args[4], 64)
		if err != nil || scale <= 0 || scale > 10 {
			return 2, fmt.Errorf("SCALE is a number above 0, up to 10, not %q", args[4])
		}
		plants, err := stock.Make(args[2], args[1], stock.Whole.Times(scale))
		if err != nil {
			return 1, err
		}
		return 0, os.WriteFile(args[3], []byte(stock.List(plants)), 0o600)
	case len(args) == 3 && args[0] == "small":
		n, err := strconv.Atoi(args[2])
		if err != nil {
			return 2, err
		}
		return 0, stock.Small(args[1], n)
	case len(args) > 3 && args[0] == "measure":
		return measure(args[1], args[2], args[3:])
	case len(args) == 4 && args[0] == "table":
		return 0, table(args[1], args[2], args[3])
	}
	return 2, fmt.Errorf("corpus, small, measure or table: see the head of this program's source")
}
