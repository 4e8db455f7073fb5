package originals

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/aecheck/aecheck/pkg/originals/ledger"
	"github.com/aecheck/aecheck/pkg/originals/stamp"
	"github.com/aecheck/aecheck/pkg/originals/tree"
)

// Dating is a timestamp over the first entries of an archive, checked.
type Dating struct {
	Entries int
	Digest  [32]byte
	From    string       // address of the authority
	Token   *stamp.Token // nil where Err is set
	Err     error        // why it proves nothing
}

var errOtherDigest = errors.New("the archive's digest is another")

// Datings are the timestamps of the archive in the order in which they were made. They
// are checked without the network: that the digest is that of the entries as they are,
// and the token valid.
func (a *Archive) Datings() []Dating {
	leaves := a.Leaves()
	out := make([]Dating, len(a.Stamps))
	for i, s := range a.Stamps {
		d := Dating{Entries: s.Entries, Digest: tree.Root(leaves[:s.Entries]), From: s.From}
		if string(s.Digest) != string(d.Digest[:]) {
			d.Err = errOtherDigest
		} else {
			d.Token, d.Err = stamp.Check(s.Token, d.Digest)
		}
		out[i] = d
	}
	return out
}

// ErrEmpty says that there is nothing to be dated.
var ErrEmpty = errors.New("the archive is empty")

// Date has an authority date all entries of an index, and keeps the timestamp in it;
// asking is called before it is asked. Where one is over all of them already that is
// returned, fresh is false and nobody is asked. Errors are ErrEmpty and those of
// ledger.Open and stamp.Ask.
func Date(ctx context.Context, index, address string, asking func()) (d Dating, fresh bool, err error) {
	a := &Archive{Path: index}
	w, err := ledger.Reopen(index, a.handler())
	if err != nil {
		return d, false, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if len(a.Entries) == 0 {
		return d, false, ErrEmpty
	}
	for _, had := range a.Datings() {
		if had.Err == nil && had.Entries == len(a.Entries) {
			return had, false, nil
		}
	}
	d = Dating{Entries: len(a.Entries), Digest: a.Digest(len(a.Entries)), From: address}
	asking()
	if d.Token, err = stamp.Ask(ctx, address, d.Digest); err != nil {
		return d, false, err
	}
	return d, true, w.Stamp(ledger.Stamp{Entries: d.Entries, Digest: d.Digest[:], Token: d.Token.DER, From: address})
}

// Proof is what shows that an original was in the archive when that was dated.
type Proof struct {
	*Original
	Number int // of the entry, from 0
	Total  int // entries of the archive now
	// Dating is the earliest one over it; nil where there is none.
	Dating *Dating
	// Path leads from the original's hash to the dated digest (RFC 6962, 2.1.1).
	Path [][32]byte
}

// Proof puts one together for an original of the archive.
func (a *Archive) Proof(o *Original) *Proof {
	p := &Proof{Original: o, Total: len(a.Entries)}
	for i := range a.Entries {
		if &a.Entries[i] == o {
			p.Number = i
		}
	}
	for _, d := range a.Datings() {
		if d.Err == nil && d.Entries > p.Number && (p.Dating == nil || d.Token.Time.Before(p.Dating.Token.Time)) {
			p.Dating = &d
		}
	}
	if p.Dating != nil {
		p.Path = tree.Proof(a.Leaves()[:p.Dating.Entries], p.Number)
	}
	return p
}

// Hashes are the path's in hex.
func (p *Proof) Hashes() []string {
	out := make([]string, len(p.Path))
	for i, h := range p.Path {
		out[i] = hex.EncodeToString(h[:])
	}
	return out
}
