package pdf

import (
	"bytes"
	"time"

	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/cms"
)

// Signature is one digital signature of a file (12.8).
type Signature struct {
	SubFilter   string
	Name        string // signer as stated in the signature dictionary
	Signer      string // signer as named in the certificate
	SignedAt    time.Time
	Timestamp   bool   // a document time stamp, not a person's signature
	Checked     bool   // it is of a form that can be verified
	Valid       bool   // digest and signature verify against the certificate it carries
	Reason      string // why it is not valid, or could not be checked
	CoversUntil int    // offset up to which the bytes are covered
	CoversWhole bool   // nothing but white space follows

	dict dict
}

// maxSignatures bounds the work of verifying.
const maxSignatures = 64

// findSignatures returns every signature value in the file in the order in
// which they were made. Their values are never encrypted (7.6.1), so those of
// an encrypted file are found as well.
func (f *File) findSignatures() []Signature {
	var out []Signature
	seen := map[int]bool{}
	for _, num := range f.order {
		if seen[num] || len(out) == maxSignatures {
			continue
		}
		seen[num] = true
		d, ok := f.objects[num].value.(dict)
		if !ok {
			continue
		}
		contents, _ := f.resolve(d["Contents"]).(byteString)
		br := f.array(d["ByteRange"])
		if br == nil || len(contents) == 0 {
			continue
		}
		out = append(out, f.verify(d, br, []byte(contents)))
	}
	for i := range out {
		for j := i; j > 0 && out[j].CoversUntil < out[j-1].CoversUntil; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// verify checks one signature.
func (f *File) verify(d dict, br array, contents []byte) Signature {
	s := Signature{dict: d}
	if n, ok := f.resolve(d["SubFilter"]).(Name); ok {
		s.SubFilter = string(n)
	}
	if !f.Encrypted {
		name, _ := f.resolve(d["Name"]).(byteString)
		s.Name = decodeText(name)
		m, _ := f.resolve(d["M"]).(byteString)
		s.SignedAt = parseDate(decodeText(m))
	}
	s.Timestamp = s.SubFilter == "ETSI.RFC3161" || d["Type"] == Name("DocTimeStamp")
	signed, end, reason := f.signedBytes(br)
	s.CoversUntil = end
	s.CoversWhole = end > 0 && len(bytes.TrimRight(f.data[end:], "\r\n \t\x00")) == 0
	if reason != "" {
		// Programs that save a signed file anew leave such ranges: what was signed is no
		// longer there. More than two parts the standard allows.
		s.Reason, s.Checked = reason, len(br) == 4
		return s
	}
	var r cms.Result
	var err error
	switch s.SubFilter {
	case "adbe.x509.rsa_sha1":
		cert, _ := f.resolve(d["Cert"]).(byteString)
		if a := f.array(d["Cert"]); len(a) > 0 {
			cert, _ = f.resolve(a[0]).(byteString)
		}
		r, err = cms.VerifyRaw([]byte(cert), contents, signed)
	case "ETSI.RFC3161":
		r, err = cms.VerifyTimestamp(contents, signed)
	case "adbe.pkcs7.sha1":
		r, err = cms.VerifySHA1(contents, signed)
	default: // adbe.pkcs7.detached, ETSI.CAdES.detached
		r, err = cms.VerifyDetached(contents, signed)
	}
	s.Signer = r.Signer
	if !r.SignedAt.IsZero() {
		s.SignedAt = r.SignedAt
	}
	s.Checked = r.Checked
	if err != nil {
		s.Reason = err.Error()
		return s
	}
	s.Valid = true
	return s
}

// signedBytes gathers the ranges a signature covers. They must be two, start
// at the beginning, and leave out nothing but the signature's own value: else
// something could hide in the gap.
func (f *File) signedBytes(br array) (signed []byte, end int, reason string) {
	if len(br) != 4 {
		return nil, 0, "byte range is not made of two parts"
	}
	var v [4]int
	for i := range v {
		v[i] = f.number(br[i])
		if v[i] < 0 || v[i] > len(f.data) {
			return nil, 0, "byte range lies outside the file"
		}
	}
	a, b, c, d := v[0], v[1], v[2], v[3]
	if a+b > len(f.data) || c+d > len(f.data) || c < a+b {
		return nil, 0, "byte range lies outside the file"
	}
	end = c + d
	if a != 0 {
		return nil, end, "byte range does not start at the beginning"
	}
	gap := bytes.TrimSpace(f.data[a+b : c])
	if len(gap) < 2 || gap[0] != '<' || gap[len(gap)-1] != '>' || bytes.ContainsAny(gap[1:len(gap)-1], "<>()/") {
		return nil, end, "byte range leaves out more than the signature"
	}
	signed = make([]byte, 0, b+d)
	signed = append(signed, f.data[a:a+b]...)
	return append(signed, f.data[c:c+d]...), end, ""
}
