package idtui

import (
	"os"

	"golang.org/x/term"
)

// foreground gives a shell the terminal that the CLI was started in. The
// official CLI hands over that of its interactive view, which is not built here.
func foreground(cmd ExecCommand, raw bool) error {
	if input := int(os.Stdin.Fd()); raw && term.IsTerminal(input) {
		before, err := term.MakeRaw(input)
		if err != nil {
			return err
		}
		defer term.Restore(input, before)
	}
	cmd.SetStdin(os.Stdin)
	cmd.SetStdout(os.Stdout)
	cmd.SetStderr(os.Stderr)
	return cmd.Run()
}
