// Command aecheck checks a seller's appeal folder before it is handed in.
package main

import (
	"context"
	"os"

	"github.com/aecheck/aecheck/pkg/cli"
	"github.com/aecheck/aecheck/pkg/terminal"
)

func main() {
	os.Exit(cli.Main(context.Background(), os.Args[1:], cli.Env{Streams: terminal.Standard(), Getenv: os.Getenv}))
}
