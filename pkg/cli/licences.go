package cli

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/licences"
)

func (a *app) licencesCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "licences",
		Aliases: []string{"licenses"},
		Short:   a.msgs.CLI.CmdLicences,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text, err := licences.Text()
			if err != nil {
				return err
			}
			_, err = io.WriteString(a.Out, text)
			return err
		},
	}
}
