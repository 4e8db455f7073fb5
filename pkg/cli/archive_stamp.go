package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/originals"
	"github.com/aecheck/aecheck/pkg/originals/stamp"
	"github.com/aecheck/aecheck/pkg/terminal"
)

func (a *app) archiveStampCmd() *cobra.Command {
	var index, authority string
	t := a.msgs.Archiving
	cmd := &cobra.Command{
		Use:     "stamp",
		Short:   t.CmdStamp,
		Long:    t.CmdStamp + "\n\n" + t.LongStamp,
		Example: "  aecheck archive stamp\n  aecheck archive stamp --authority https://tsa.example.com",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.archiveStamp(cmd.Context(), index, authority) },
	}
	fl := cmd.Flags()
	a.indexFlag(fl, &index)
	fl.StringVar(&authority, "authority", stamp.Default, t.FlagAuthority)
	return cmd
}

func (a *app) archiveStamp(ctx context.Context, given, address string) error {
	t := a.msgs.Archiving
	index, err := a.indexPath(given)
	if err != nil {
		return err
	}
	shown := terminal.Clean(address)
	d, fresh, err := originals.Date(ctx, index, address, func() { a.note(fill(t.Asking, "address", shown)) })
	why := func() string { return terminal.Clean(innermost(err)) }
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, originals.ErrEmpty):
		a.sayError(t.NothingYet)
		return codeError(exitNothing)
	case errors.Is(err, stamp.ErrAddress):
		return usageError{fill(t.BadAddress, "address", shown)}
	case errors.Is(err, stamp.ErrNetwork):
		a.sayError(fill(t.NoAnswer, "address", shown, "why", why()))
		return codeError(exitUnchecked)
	case errors.Is(err, stamp.ErrRefused):
		a.sayError(fill(t.NoToken, "address", shown, "why", why()))
		return codeError(exitUnchecked)
	case errors.Is(err, stamp.ErrInvalid):
		a.sayError(fill(t.BadToken, "address", shown, "why", why()))
		return codeError(exitUnchecked)
	case err != nil:
		return a.archiveError(index, err)
	}
	line := t.StampedThat
	if fresh {
		line = t.StampedNow
	}
	_, err = fmt.Fprintln(a.Out, fill(line, "n", d.Entries, "time", beijing(d.Token.Time), "authority", terminal.Clean(d.Token.Authority)))
	return err
}

// innermost is what went wrong in the network, without the request that people have
// read already, or what the authority said.
func innermost(err error) string {
	var request *url.Error
	if errors.As(err, &request) {
		return request.Err.Error()
	}
	var both interface{ Unwrap() []error }
	if errors.As(err, &both) {
		if list := both.Unwrap(); len(list) > 1 {
			return list[len(list)-1].Error()
		}
	}
	return err.Error()
}
