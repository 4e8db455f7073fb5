package material

import (
	"fmt"
	"io"
	"os"
	"path"

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
)

// readCaseFile reads and checks the case.yaml of a case. Errors about its
// content are config.Errors, with the file's path below the scanned folder.
func readCaseFile(root *os.Root, c *Case, known casefile.Known) (*casefile.File, error) {
	f, _, _, err := openRegular(root, c.FileName)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path.Join(c.Path, c.FileName), err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, config.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path.Join(c.Path, c.FileName), err)
	}
	known.Files = make([]string, len(c.Assets))
	for i, a := range c.Assets {
		known.Files[i] = a.Path
	}
	return casefile.Parse(path.Join(c.Path, c.FileName), data, known)
}
