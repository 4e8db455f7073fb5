package facts

import (
	"reflect"
	"strings"
	"time"
)

// Document is what a letter, form or other paper says and carries. The from tag
// says what a field depends on: text that was read, pages that were looked at, or
// the file alone (DocumentFields).
type Document struct {
	Pages            int              `json:"pages" from:"file" doc:"number of pages"`
	Kind             string           `json:"kind" from:"text" doc:"brand copyright portrait ai_licence sublicence commitment notice other"`
	Title            string           `json:"title" from:"text" doc:"title line"`
	TextSource       string           `json:"text_source" from:"file" doc:"text_layer, recognised, both or none"`
	Text             []DocLine        `json:"text" from:"text" doc:"lines with page and box"`
	Language         string           `json:"language" from:"text" doc:"main language: zh en es fr de ru pt it …"`
	Languages        []string         `json:"languages" from:"text" doc:"all languages with a noticeable share"`
	Dates            []DocDate        `json:"dates" from:"text" doc:"every date found with what it means"`
	Grantor          DocParty         `json:"grantor" from:"text" doc:"granting party"`
	Grantee          DocParty         `json:"grantee" from:"text" doc:"party the rights are granted to"`
	Rights           []string         `json:"rights" from:"text" doc:"rights granted"`
	Scope            string           `json:"scope" from:"text" doc:"scope as written"`
	Categories       []string         `json:"categories" from:"text" doc:"product categories covered"`
	Brands           []string         `json:"brands" from:"text" doc:"brands named"`
	Registrations    []string         `json:"registrations" from:"text" doc:"registration numbers"`
	Territory        []string         `json:"territory" from:"text" doc:"territories"`
	Starts           time.Time        `json:"starts,omitzero" from:"text" doc:"first day of validity (Beijing midnight)"`
	Ends             time.Time        `json:"ends,omitzero" from:"text" doc:"last day of validity (Beijing midnight)"`
	OpenEnded        bool             `json:"open_ended" from:"text" doc:"valid without an end (长期, until revoked)"`
	Sublicense       string           `json:"sublicense" from:"text" doc:"allowed, forbidden or unstated"`
	SignedAt         time.Time        `json:"signed_at,omitzero" from:"text" doc:"date of signature"`
	Seals            []Seal           `json:"seals" from:"page" doc:"seals found"`
	Signatures       []Signature      `json:"signatures" from:"page" doc:"handwritten signatures found"`
	Color            bool             `json:"color" from:"page" doc:"the page has colour; a seal on a grey scan cannot be told by colour"`
	Notarized        bool             `json:"notarized" from:"text" doc:"notarization wording found"`
	Legalized        string           `json:"legalized" from:"text" doc:"none, apostille or consular"`
	DigitalSignature DigitalSignature `json:"digital_signature" from:"file" doc:"electronic signature of a PDF"`
	Encrypted        bool             `json:"encrypted" from:"file" doc:"needs a password to be read"`
	Edited           Judged           `json:"edited" from:"page" doc:"traces of editing"`
	Legibility       []Defect         `json:"legibility" from:"page" doc:"blur, glare, cut-off edges, too small text"`
	ViolationIDs     []string         `json:"violation_ids" from:"text" doc:"violation IDs read"`
	ProductIDs       []string         `json:"product_ids" from:"text" doc:"product IDs read"`
	Timestamps       []DocDate        `json:"timestamps" from:"text" doc:"dates with a time of day"`
	States           []string         `json:"states" from:"text" doc:"violation states read (penalised, pending, lifted)"`
	ViolationTypes   []string         `json:"violation_types" from:"text" doc:"violation types read, as in case.yaml"`
	Boilerplate      []DocLine        `json:"boilerplate" from:"text" doc:"stock phrases"`
	Length           int              `json:"length" from:"text" doc:"letters and Han characters"`
	Confidence       float64          `json:"confidence" from:"text" unit:"0..1" doc:"mean confidence of the reading, 1 for a text layer"`
	Found            []DocFound       `json:"found" from:"text" doc:"where each statement (starts, ends, grantor, territory …) was read"`
	PagesRead        int              `json:"pages_read" from:"file" doc:"pages looked at; fewer than pages in a long document"`
	Producer         string           `json:"producer" from:"file" doc:"program that made the file, as it says"`
	Revisions        int              `json:"revisions" from:"file" doc:"how often a PDF was written to: 1 + incremental updates; 0 for pictures"`
}

// DocFound is where a statement of a document was read.
type DocFound struct {
	Field      string  `json:"field" doc:"field of document it gave"`
	Value      string  `json:"value" doc:"value taken from it"`
	Text       string  `json:"text" doc:"as written"`
	Page       int     `json:"page" doc:"page, from 1"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"of the reading"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
}

// DocLine is one line of a document. Box is at 200 dpi.
type DocLine struct {
	Page       int     `json:"page" doc:"page, from 1"`
	Text       string  `json:"text" doc:"as read"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"of the reading"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
}

// DocDate is a date with its role.
type DocDate struct {
	At         time.Time `json:"at" doc:"the date (Beijing time)"`
	Role       string    `json:"role" doc:"starts ends signed issued other"`
	Text       string    `json:"text" doc:"as written"`
	Page       int       `json:"page" doc:"page, from 1"`
	Confidence float64   `json:"confidence" unit:"0..1" doc:"of the reading"`
	Box        Box       `json:"box" unit:"px" doc:"where"`
}

// DocParty is a party named in a document.
type DocParty struct {
	Name       string  `json:"name" doc:"as written"`
	Country    string  `json:"country" doc:"ISO 3166 alpha-2, empty where unknown"`
	Page       int     `json:"page" doc:"page, from 1"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"of the reading"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
}

// Seal is a chop or stamp.
type Seal struct {
	Page       int     `json:"page" doc:"page, from 1"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
	Color      string  `json:"color" doc:"red, blue, black, or unknown on a page without colour"`
	Shape      string  `json:"shape" doc:"round, oval, square, rectangle or partial"`
	Text       string  `json:"text" doc:"name on the ring, where it could be read"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"that it is a seal"`
}

// Signature is handwriting where a signature belongs.
type Signature struct {
	Page       int     `json:"page" doc:"page, from 1"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"that it is one"`
	Near       string  `json:"near" doc:"the label it stands by, where one was read"`
}

// DigitalSignature of a PDF.
type DigitalSignature struct {
	Present       bool      `json:"present" doc:"the file carries a signature"`
	Count         int       `json:"count" doc:"how many"`
	Valid         bool      `json:"valid" doc:"the digest and the signature verify for every one"`
	Checked       bool      `json:"checked" doc:"it could be checked at all"`
	Signer        string    `json:"signer" doc:"name in the signing certificate"`
	SignedAt      time.Time `json:"signed_at,omitzero" doc:"signing time stated"`
	ChangedSince  bool      `json:"changed_since" doc:"the file was added to after signing"`
	CoversWhole   bool      `json:"covers_whole" doc:"the last signature covers the whole file"`
	FailureReason string    `json:"failure_reason" doc:"why it does not verify"`
}

// Defect is a spot that a reviewer could not read.
type Defect struct {
	Kind       string  `json:"kind" doc:"blur glare cut_off small_text dark"`
	Page       int     `json:"page" doc:"page, from 1"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
	Value      float64 `json:"value" doc:"measured value"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"how sure"`
}

// Table is an upload log or another table of rows.
type Table struct {
	Rows      int       `json:"rows" doc:"data rows"`
	Columns   []string  `json:"columns" doc:"header cells"`
	TimeKey   string    `json:"time_column" doc:"header of the column with upload times, empty where none was found"`
	First     time.Time `json:"first,omitzero" doc:"earliest time in the table"`
	Last      time.Time `json:"last,omitzero" doc:"latest time in the table"`
	DaysSpan  int       `json:"days_span" unit:"days" doc:"calendar days from first to last, both counted"`
	DaysEmpty int       `json:"days_empty" unit:"days" doc:"days between without a row"`
	BulkPeak  int       `json:"bulk_peak" doc:"most rows within ten minutes"`
	BulkAt    time.Time `json:"bulk_at,omitzero" doc:"when that was"`
	BadRows   int       `json:"bad_rows" doc:"rows whose time could not be read"`
}

// DocumentFields lists the fields of Document, by name, that depend on one of
// the given sources: text, page or file.
func DocumentFields(from ...string) []string {
	var out []string
	t := reflect.TypeFor[Document]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		for _, source := range from {
			if t.Field(i).Tag.Get("from") == source {
				out = append(out, name)
			}
		}
	}
	return out
}
