package pixels

import (
	"fmt"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/imagehash"
)

// hashes are taken of a damaged picture too: the sound part may still identify
// it.
func hashes(x extractor, w *work, out *facts.Set) error {
	if w.picture == nil {
		return w.err
	}
	pdq, _ := imagehash.PDQ(w.luma)
	out.Hash.DHash = fmt.Sprintf("%016x", imagehash.DHash(w.luma))
	out.Hash.PDQ = pdq.String()
	x.mark(out, facts.Present)
	return nil
}
