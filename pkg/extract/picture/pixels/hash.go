package pixels

import (
	"fmt"

	"github.com/aecheck/aecheck/pkg/extract/picture/pixels/perceptual"
	"github.com/aecheck/aecheck/pkg/facts"
)

// hashes are taken of a damaged picture too: the sound part may still identify
// it.
func hashes(x extractor, w *work, out *facts.Set) error {
	if w.picture == nil {
		return w.err
	}
	pdq, _ := perceptual.PDQ(w.luma)
	out.Hash.DHash = fmt.Sprintf("%016x", perceptual.DHash(w.luma))
	out.Hash.PDQ = pdq.String()
	x.mark(out, facts.Present)
	return nil
}
