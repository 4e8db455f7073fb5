package c2pa

import (
	"bytes"
	"crypto"
	"encoding/asn1"
	"errors"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

var errTimestamp = errors.New("no usable time stamp")

// timestamp returns the time a time stamp authority put on the claim (RFC
// 3161; C2PA 2.1, 10.3.2.5), after comparing what was stamped. The authority's
// signature is not checked.
func timestamp(msg *cose.Sign1Message, claim []byte) (time.Time, error) {
	for _, label := range []string{"sigTst2", "sigTst"} {
		tokens, _ := value(msg.Headers.Unprotected[label], "tstTokens").([]any)
		if len(tokens) == 0 {
			continue
		}
		der, ok := value(tokens[0], "val").([]byte)
		if !ok {
			continue
		}
		stamped, err := stampedBytes(label, msg, claim)
		if err != nil {
			return time.Time{}, err
		}
		return parseToken(der, stamped)
	}
	return time.Time{}, errTimestamp
}

// stampedBytes is what the stamp is over: a counter signature structure (RFC
// 8152, 4.5) around the claim in version 1, around the CBOR form of the COSE
// signature in version 2.
func stampedBytes(label string, msg *cose.Sign1Message, claim []byte) ([]byte, error) {
	protected, err := msg.Headers.MarshalProtected()
	if err != nil {
		return nil, err
	}
	payload := claim
	if label == "sigTst2" {
		if payload, err = cbor.Marshal(msg.Signature); err != nil {
			return nil, err
		}
	}
	return cbor.Marshal([]any{"CounterSignature", cbor.RawMessage(protected), []byte{}, payload})
}

type tstInfo struct {
	Version asn1.RawValue
	Policy  asn1.ObjectIdentifier
	Imprint struct {
		Algorithm struct {
			OID        asn1.ObjectIdentifier
			Parameters asn1.RawValue `asn1:"optional"`
		}
		Hash []byte
	}
	Serial asn1.RawValue
	Time   asn1.RawValue // GeneralizedTime, perhaps with fractions of a second
}

// parseToken reads a TimeStampResp or a bare token down to TSTInfo.
func parseToken(der, stamped []byte) (time.Time, error) {
	signed := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	var info struct {
		OID     asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(der, &info); err != nil || !info.OID.Equal(signed) {
		var resp struct {
			Status asn1.RawValue
			Token  asn1.RawValue `asn1:"optional"`
		}
		if _, err := asn1.Unmarshal(der, &resp); err != nil {
			return time.Time{}, errTimestamp
		}
		if _, err := asn1.Unmarshal(resp.Token.FullBytes, &info); err != nil || !info.OID.Equal(signed) {
			return time.Time{}, errTimestamp
		}
	}
	var data struct {
		Version int
		Digests asn1.RawValue
		Encap   struct {
			OID     asn1.ObjectIdentifier
			Content asn1.RawValue `asn1:"explicit,tag:0,optional"`
		}
	}
	if _, err := asn1.Unmarshal(info.Content.Bytes, &data); err != nil {
		return time.Time{}, errTimestamp
	}
	var octets []byte
	if _, err := asn1.Unmarshal(data.Encap.Content.Bytes, &octets); err != nil {
		return time.Time{}, errTimestamp
	}
	var tst tstInfo
	if _, err := asn1.Unmarshal(octets, &tst); err != nil {
		return time.Time{}, errTimestamp
	}
	h := imprintHash(tst.Imprint.Algorithm.OID)
	if h == 0 {
		return time.Time{}, errTimestamp
	}
	sum := h.New()
	sum.Write(stamped)
	if !bytes.Equal(sum.Sum(nil), tst.Imprint.Hash) {
		return time.Time{}, errTimestamp
	}
	whole, _, _ := strings.Cut(strings.TrimSuffix(string(tst.Time.Bytes), "Z"), ".")
	t, err := time.Parse("20060102150405", whole)
	if err != nil {
		return time.Time{}, errTimestamp
	}
	return t, nil
}

// imprintHash knows SHA-256, SHA-384 and SHA-512 (NIST hash algorithm OIDs).
func imprintHash(oid asn1.ObjectIdentifier) crypto.Hash {
	for n, h := range map[int]crypto.Hash{1: crypto.SHA256, 2: crypto.SHA384, 3: crypto.SHA512} {
		if oid.Equal(asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, n}) {
			return h
		}
	}
	return 0
}
