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
func readCaseFile(root *os.Root, rootDir string, n *node, c *Case, known casefile.Known) (*casefile.File, error) {
	data, err := caseFileData(root, rootDir, n)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path.Join(c.Path, c.FileName), err)
	}
	known.Files = make([]string, len(c.Assets))
	for i, a := range c.Assets {
		known.Files[i] = a.Path
	}
	return casefile.Parse(path.Join(c.Path, c.FileName), data, known)
}

// caseFileData reads a case.yaml below its case folder, or in a zip file below
// the scanned one.
func caseFileData(root *os.Root, rootDir string, n *node) ([]byte, error) {
	if n.packed != nil {
		in, _, err := n.packed.open(rootDir, config.MaxBytes)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(io.NewSectionReader(in, 0, n.packed.size))
	}
	f, _, _, err := openRegular(root, n.name.raw)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, config.MaxBytes+1))
}
