package cli

import (
	"cmp"
	"encoding/hex"
	"fmt"

	"github.com/aecheck/aecheck/pkg/draft"
	"github.com/aecheck/aecheck/pkg/i18n"
	"github.com/aecheck/aecheck/pkg/originals"
)

// recordPaper is the paper about one original: what people read of a proof.
func recordPaper(p *originals.Proof, name, tag string, w i18n.ArchivePaper) *draft.Paper {
	rows := []draft.Row{
		{Label: w.File, Value: name},
		{Label: w.Sum, Value: p.ID()},
		{Label: w.Size, Value: fill(w.SizeOf, "bytes", p.Bytes, "width", p.Width, "height", p.Height)},
		{Label: w.Taken, Value: cmp.Or(p.Taken, w.NotTaken)},
		{Label: w.Camera, Value: cmp.Or(camera(p.Original), w.NotTaken)},
	}
	if p.Serial != "" {
		rows = append(rows, draft.Row{Label: w.Serial, Value: p.Serial})
	}
	rows = append(rows, draft.Row{Label: w.Added, Value: fill(w.AddedOf, "time", beijing(p.AddedAt()))})
	blocks := []draft.Block{{Para: w.Intro}}
	if d := p.Dating; d == nil {
		blocks = append(blocks, draft.Block{Rows: rows}, draft.Block{Para: w.NoStamp}, draft.Block{Para: w.Check})
	} else {
		rows = append(rows,
			draft.Row{Label: w.Stamp, Value: fill(w.StampOf, "time", beijing(d.Token.Time))},
			draft.Row{Label: w.By, Value: fill(w.ByOf, "authority", d.Token.Authority, "issuer", d.Token.Issuer)},
			draft.Row{Label: w.Digest, Value: hex.EncodeToString(d.Digest[:])})
		blocks = append(blocks, draft.Block{Rows: rows}, draft.Block{Para: fill(w.Proves, "entries", d.Entries, "number", p.Number+1)},
			draft.Block{Para: w.Check}, draft.Block{Para: w.CheckStamp})
	}
	return &draft.Paper{Lang: tag, Title: w.Title, PageOf: w.PageOf, Blocks: blocks}
}

// jsonProof is the contract of proof.json.
type jsonProof struct {
	SchemaVersion int          `json:"schema_version"`
	Original      jsonOriginal `json:"original"`
	// Timestamp is null where nobody dated the archive since the original is in it.
	Timestamp *jsonPath `json:"timestamp"`
}

// jsonPath leads from an original to what was dated: SHA-256(00 ‖ original's SHA-256),
// then for each of Path SHA-256(01 ‖ left ‖ right), as in RFC 6962, 2.1.1.
type jsonPath struct {
	jsonDating
	Leaf  int      `json:"leaf_index"` // from 0
	Path  []string `json:"audit_path"`
	Token string   `json:"token_file"`
	Check string   `json:"check"`
}

func newProof(p *originals.Proof) jsonProof {
	out := jsonProof{SchemaVersion: archiveSchema, Original: newJSONOriginal(p.Original)}
	out.Original.Places = nil // where a seller's disks are is nobody's business
	if d := p.Dating; d != nil {
		out.Timestamp = &jsonPath{
			jsonDating: newJSONDating(*d), Leaf: p.Number, Path: p.Hashes(), Token: tokenName,
			Check: fmt.Sprintf("openssl ts -verify -token_in -in %s -digest %x -CAfile ROOTS.pem", tokenName, d.Digest),
		}
	}
	return out
}
