// Package c2pa reads C2PA manifest stores (Content Credentials) and checks
// whether they hold: the signature over the claim, the claim's hashes over its
// assertions, and the hash that binds it to this very file.
//
// By the C2PA specification 2.1; error names are its status codes (15.2.2).
// Facts are a function of the bytes alone, so no clock is read: certificates
// are judged at the time of the claim's time stamp, or, without one, at the
// start of their validity. Revocation (OCSP) would need a network and is not
// looked at; neither is the time stamp authority's own signature.
//
// It may import pkg/extract, pkg/extract/file/container,
// pkg/extract/file/window, pkg/facts and pkg/format.
package c2pa

import (
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"hash"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/facts"
)

// The states of facts.C2PA.State.
const (
	None               = "none"
	Trusted            = "trusted"
	ValidUnknownSigner = "valid_unknown_signer"
	Invalid            = "invalid"
	Unreadable         = "unreadable"
)

// memoKey is of what one set of trust lists makes of an input.
type memoKey struct{ trust *Trust }

// Of returns what the input's manifest store says, read and checked once; it
// must not be changed. Trouble is a state, never an error.
func Of(in *extract.Input, trust *Trust) *facts.C2PA {
	return in.Memo(memoKey{trust}, func() any {
		f := container.Of(in)
		if f.Manifest == nil {
			return &facts.C2PA{State: None}
		}
		data, err := in.Bytes()
		if err != nil {
			return &facts.C2PA{Present: true, State: Unreadable, Errors: []string{err.Error()}}
		}
		return Read(f, data, trust)
	}).(*facts.C2PA)
}

// Read checks the manifest store of a container against the file's content, and
// its signer against the trust lists.
func Read(f *container.File, data []byte, trust *Trust) (out *facts.C2PA) {
	out = &facts.C2PA{Present: true, TrustLists: trust.String()}
	// CBOR, COSE and certificate parsers of three modules see hostile bytes
	// here: one that breaks must not take the other metadata with it.
	defer func() {
		if p := recover(); p != nil {
			out.State, out.Valid, out.Trusted = Unreadable, false, false
			out.Errors = append(out.Errors, fmt.Sprintf("the reader broke on it: %v", p))
		}
	}()
	s, err := open(f.Manifest.JUMBF)
	if err != nil {
		out.State, out.Errors = Unreadable, []string{err.Error()}
		return out
	}
	active := s.manifests[len(s.manifests)-1]
	v := verifier{store: s, file: f, data: data, trust: trust}
	if active.err == nil {
		s.describe(active, out)
		v.verify(active)
	} else {
		// A claim that was changed may no longer be CBOR: the signature over
		// its bytes tells that from one that never was.
		v.unchecked("%v", active.err)
		v.signature(active)
	}
	out.Signer, out.SignedAt = v.signer, v.signedAt
	out.Errors = v.errors
	switch {
	case len(v.errors) > 0 && v.onlyUnchecked:
		out.State = Unreadable
	case len(v.errors) > 0:
		out.State = Invalid
	default:
		out.Valid, out.TrustList = true, v.trustList
		out.State = ValidUnknownSigner
		if out.Trusted = v.trustList != ""; out.Trusted {
			out.State = Trusted
		}
	}
	return out
}

// store is a parsed manifest store.
type store struct {
	root      *box
	manifests []*manifest
	dec       cbor.DecMode
}

// manifest is one manifest of the store.
type manifest struct {
	*box
	claimBytes []byte
	claim      claim
	err        error // why the claim cannot be read
}

// claim is the part of a claim that is read, of versions 1 and 2.
type claim struct {
	Generator  string      `cbor:"claim_generator"`
	Info       any         `cbor:"claim_generator_info"`
	Signature  string      `cbor:"signature"`
	Assertions []hashedURI `cbor:"assertions"`
	Created    []hashedURI `cbor:"created_assertions"`
	Gathered   []hashedURI `cbor:"gathered_assertions"`
	Redacted   []string    `cbor:"redacted_assertions"`
	Alg        string      `cbor:"alg"`
	Format     string      `cbor:"dc:format"`
	InstanceID string      `cbor:"instanceID"`
}

// hashedURI names a box of the store and its hash.
type hashedURI struct {
	URL  string `cbor:"url"`
	Alg  string `cbor:"alg"`
	Hash []byte `cbor:"hash"`
}

func (c *claim) assertions() []hashedURI {
	return slices.Concat(c.Assertions, c.Created, c.Gathered)
}

var errStore = errors.New("no manifest in the store")

func open(jumbf []byte) (*store, error) {
	boxes, err := parseJUMBF(jumbf)
	if err != nil {
		return nil, err
	}
	dec, err := cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		MaxNestedLevels:  32,
		MaxArrayElements: 1 << 16,
		MaxMapPairs:      1 << 16,
	}.DecMode()
	if err != nil {
		return nil, err
	}
	s := &store{dec: dec}
	for _, b := range boxes {
		if b.kind == "jumb" && b.label == "c2pa" {
			s.root = b
			break
		}
	}
	if s.root == nil {
		return nil, errStore
	}
	for _, b := range s.root.children {
		if b.kind != "jumb" {
			continue
		}
		m := &manifest{box: b}
		c := b.child("c2pa.claim.v2")
		if c == nil {
			c = b.child("c2pa.claim")
		}
		if c == nil {
			return nil, fmt.Errorf("manifest %q has no claim", b.label)
		}
		m.claimBytes = c.content("cbor")
		if err := dec.Unmarshal(m.claimBytes, &m.claim); err != nil {
			m.err = fmt.Errorf("claim of manifest %q: %w", b.label, err)
		}
		s.manifests = append(s.manifests, m)
	}
	if len(s.manifests) == 0 {
		return nil, errStore
	}
	return s, nil
}

// byBox returns the manifest a box is.
func (s *store) byBox(b *box) *manifest {
	for _, m := range s.manifests {
		if m.box == b {
			return m
		}
	}
	return nil
}

// newHash knows the algorithms of C2PA 2.1, 13.1; nil for others.
func newHash(alg string) hash.Hash {
	switch alg {
	case "sha256":
		return sha256.New()
	case "sha384":
		return sha512.New384()
	case "sha512":
		return sha512.New()
	}
	return nil
}

// algOf gives the algorithm that applies: its own, else the claim's, else the
// default of early writers.
func algOf(own string, c *claim) string {
	switch {
	case own != "":
		return own
	case c.Alg != "":
		return c.Alg
	}
	return "sha256"
}
