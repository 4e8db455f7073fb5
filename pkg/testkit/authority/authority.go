// Package authority is a time-stamping authority (RFC 3161) for tests: it answers on
// this computer, with a certificate of its own.
//
// It imports nothing of ours.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/digitorus/timestamp"
)

// Authority is one, and what it does otherwise than it should.
type Authority struct {
	Name string
	Time time.Time // that it dates by

	NoPurpose  bool                      // its certificate is not one for timestamps
	Early      bool                      // its certificate is not valid yet at Time
	NoCert     bool                      // it does not send its certificate along
	OtherNonce bool                      // it answers another request
	Refuse     bool                      // it says no
	Change     func(digest []byte)       // what it signs in place of the digest
	Answer     func(http.ResponseWriter) // what it sends in place of a timestamp

	Asked int // how often it was
}

// Start has it answer until stop is called.
func (a *Authority) Start() (address string, stop func()) {
	s := httptest.NewServer(http.HandlerFunc(a.serve))
	return s.URL, s.Close
}

func (a *Authority) serve(w http.ResponseWriter, r *http.Request) {
	a.Asked++
	if a.Answer != nil {
		a.Answer(w)
		return
	}
	data, err := a.reply(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	_, _ = w.Write(data) // the client is gone
}

func (a *Authority) reply(body io.Reader) ([]byte, error) {
	query, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	asked, err := timestamp.ParseRequest(query)
	if err != nil {
		return nil, err
	}
	if a.Refuse {
		return timestamp.CreateErrorResponse(timestamp.Rejection, timestamp.TimeNotAvailable)
	}
	cert, key, err := a.certificate()
	if err != nil {
		return nil, err
	}
	if a.Change != nil {
		a.Change(asked.HashedMessage)
	}
	if a.OtherNonce {
		asked.Nonce.Add(asked.Nonce, big.NewInt(1))
	}
	t := timestamp.Timestamp{
		HashAlgorithm: asked.HashAlgorithm, HashedMessage: asked.HashedMessage, Time: a.Time, Nonce: asked.Nonce,
		Policy: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 99999, 1}, AddTSACertificate: asked.Certificates && !a.NoCert,
	}
	return t.CreateResponseWithOpts(cert, key, asked.HashAlgorithm)
}

func (a *Authority) certificate() (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	like := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: a.Name, Organization: []string{"Time, made up"}},
		// The library signs with the clock's time in an attribute of its own.
		NotBefore: a.Time.AddDate(-1, 0, 0), NotAfter: a.Time.AddDate(200, 0, 0),
	}
	if !a.NoPurpose {
		like.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
	}
	if a.Early {
		like.NotBefore = a.Time.AddDate(0, 0, 1)
	}
	der, err := x509.CreateCertificate(rand.Reader, like, like, key.Public(), key)
	if err != nil {
		return nil, nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return cert, key, err
}
