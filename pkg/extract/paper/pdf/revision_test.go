package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/aecheck/aecheck/pkg/testkit/pdffile"
)

type afterSigningCase struct {
	name    string
	data    []byte
	changed bool
	pages   []int
	added   []Added
}

// afterSigningCases are files that were signed and then written to: a letter of
// one page (object 3) with its text (4), a field for the signature (6, 7) and two
// fields of a form, one filled in (8), one empty (9).
func afterSigningCases(t testing.TB) []afterSigningCase {
	const (
		form = "/AcroForm << /Fields [6 0 R 8 0 R 9 0 R %s] >>"
		root = "<< /Type /Catalog /Pages 2 0 R " + form + " %s >>"
		page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R 8 0 R 9 0 R %s] >>"
		text = "BT /F1 14 Tf (Valid until 31 December 2027) Tj ET"
		widg = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (S%d) /V %d 0 R /P 3 0 R /Rect [%s] >>"
		tx   = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (%s) /V (%s) /P 3 0 R /Rect [50 50 150 70] >>"
	)
	otherText := pdffile.Stream("", "BT /F1 14 Tf (Valid until 31 December 2029) Tj ET")
	signed := func(entries string) []byte {
		return pdffile.Sign(t, pdffile.Build("", fmt.Sprintf(root, "", ""), "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", fmt.Sprintf(page, ""),
			pdffile.Stream("", text), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
			fmt.Sprintf(widg, 1, 7, "0 0 0 0"), pdffile.SignatureValue(entries), fmt.Sprintf(tx, "term", "2027"), fmt.Sprintf(tx, "place", "")))
	}
	mdp := func(level int) string {
		return fmt.Sprintf("/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P %d >> >>]", level)
	}
	const locked = "/Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Action /Include /Fields [(place)] >> >>]"
	second := map[int]string{1: fmt.Sprintf(root, "10 0 R", ""), 3: fmt.Sprintf(page, "10 0 R"), 10: fmt.Sprintf(widg, 2, 11, "300 50 400 90"), 11: pdffile.SignatureValue("")}
	with := func(m map[int]string, n int, v string) map[int]string {
		out := map[int]string{n: v}
		for k, x := range m {
			if k != n {
				out[k] = x
			}
		}
		return out
	}
	one := signed("")
	dss := map[int]string{1: fmt.Sprintf(root, "", "/DSS 12 0 R"), 12: "<< /Type /DSS /Certs [] /VRI << >> >>"}
	note := map[int]string{3: fmt.Sprintf(page, "13 0 R"), 13: "<< /Type /Annot /Subtype /FreeText /Rect [100 100 300 140] /Contents (2029) >>"}
	stamp := with(with(second, 3, fmt.Sprintf(page, "10 0 R")), 10, fmt.Sprintf(widg, 2, 11, "0 0 595 842"))
	old := bytes.Index(one, []byte("4 0 obj"))
	// A letter prepared with two texts under one number, of which the signed
	// revision shows the second; a later table points to the first.
	prepared := pdffile.Sign(t, pdffile.Update(pdffile.Build("", fmt.Sprintf(root, "", ""), "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", fmt.Sprintf(page, ""), otherText,
		"<< /Type /Font >>", fmt.Sprintf(widg, 1, 7, "0 0 0 0"), pdffile.SignatureValue(""), fmt.Sprintf(tx, "term", ""), fmt.Sprintf(tx, "place", "")),
		map[int]string{4: pdffile.Stream("", text)}, ""))
	old = bytes.Index(prepared, []byte("4 0 obj"))
	pointed := fmt.Appendf(bytes.Clone(prepared), "xref\n4 1\n%010d 00000 n \ntrailer\n<< /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", old, len(prepared))
	return []afterSigningCase{
		{"as signed", one, false, nil, nil},
		{"a remark after the end", append(bytes.Clone(one), "\n<!-- served from cache, object 12 -->\n"...), false, nil, nil},
		{"validation data", pdffile.Update(one, dss, ""), false, nil, []Added{ValidationData}},
		{"a second signature", pdffile.Sign(t, pdffile.Update(one, second, "")), false, nil, []Added{MoreSignatures}},
		{"a second signature and validation data", pdffile.Update(pdffile.Sign(t, pdffile.Update(one, second, "")), with(dss, 1, fmt.Sprintf(root, "10 0 R", "/DSS 12 0 R")), ""), false, nil, []Added{MoreSignatures, ValidationData}},
		{"the page rewritten", pdffile.Update(one, map[int]string{4: otherText}, ""), true, []int{1}, nil},
		{"the page rewritten before a second signature", pdffile.Sign(t, pdffile.Update(one, with(second, 4, otherText), "")), true, []int{1}, []Added{MoreSignatures}},
		{"the page rewritten between two revisions", pdffile.Sign(t, pdffile.Update(pdffile.Update(one, map[int]string{4: otherText}, ""), second, "")), true, []int{1}, []Added{MoreSignatures}},
		{"another font", pdffile.Update(one, map[int]string{5: "<< /Type /Font /Subtype /Type1 /BaseFont /Evil >>"}, ""), true, []int{1}, nil},
		{"the same page written again", pdffile.Update(one, map[int]string{3: fmt.Sprintf(page, ""), 4: pdffile.Stream("/Filter /FlateDecode", pdffile.Flate(text))}, ""), false, nil, nil},
		{"a page added", pdffile.Update(one, map[int]string{2: "<< /Type /Pages /Kids [3 0 R 14 0 R] /Count 2 >>", 14: "<< /Type /Page /MediaBox [0 0 595 842] >>"}, ""), true, []int{2}, nil},
		{"a page with its text given up", fmt.Appendf(bytes.Clone(one), "xref\n4 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(one)), true, []int{1}, nil},
		{"an older definition pointed to", pointed, true, nil, nil},
		{"an older revision pointed to", fmt.Appendf(bytes.Clone(pdffile.Update(prepared, dss, "")), "startxref\n%d\n%%%%EOF\n", old), true, nil, nil},
		{"a note", pdffile.Update(one, note, ""), false, nil, []Added{Unasked}},
		{"a note where annotations are allowed", pdffile.Update(signed(mdp(3)), note, ""), false, nil, []Added{Annotations}},
		{"a note where filling in is allowed", pdffile.Update(signed(mdp(2)), note, ""), true, []int{1}, nil},
		{"a hidden note", pdffile.Update(one, with(note, 13, "<< /Type /Annot /Subtype /FreeText /F 2 /Rect [100 100 300 140] >>"), ""), false, nil, nil},
		{"a signature all over the page", pdffile.Sign(t, pdffile.Update(one, stamp, "")), false, nil, []Added{MoreSignatures, Unasked}},
		{"a signature after no changes", pdffile.Sign(t, pdffile.Update(signed(mdp(1)), second, "")), false, nil, []Added{Unasked}},
		{"an empty field filled in", pdffile.Update(one, map[int]string{9: fmt.Sprintf(tx, "place", "Berlin")}, ""), false, nil, []Added{FormValues}},
		{"filled in where that is allowed", pdffile.Update(signed(mdp(2)), map[int]string{9: fmt.Sprintf(tx, "place", "Berlin")}, ""), false, nil, []Added{FormValues}},
		{"filled in after no changes", pdffile.Update(signed(mdp(1)), map[int]string{9: fmt.Sprintf(tx, "place", "Berlin")}, ""), true, []int{1}, nil},
		{"a locked field filled in", pdffile.Update(signed(locked), map[int]string{9: fmt.Sprintf(tx, "place", "Berlin")}, ""), true, []int{1}, nil},
		{"a field filled in otherwise", pdffile.Update(one, map[int]string{8: fmt.Sprintf(tx, "term", "2029")}, ""), false, nil, []Added{Overwritten}},
	}
}

func TestAfterSigning(t *testing.T) {
	for _, c := range afterSigningCases(t) {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse(c.data)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range f.Signatures {
				if !s.Valid {
					t.Fatalf("%+v", s)
				}
			}
			got := f.AfterSigning()
			if got.Changed != c.changed || !slices.Equal(got.Pages, c.pages) || !slices.Equal(got.Added, c.added) {
				t.Errorf("%+v, want changed %v %v %v", got, c.changed, c.pages, c.added)
			}
		})
	}
}

// TestManyRevisions: what is beyond the limits is said, not passed.
func TestManyRevisions(t *testing.T) {
	file := pdffile.Signed(t)
	for i := range maxRevisions + 1 {
		file = pdffile.Sign(t, pdffile.Update(file, map[int]string{10 + i: pdffile.SignatureValue("")}, ""))
	}
	f, err := Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.AfterSigning(); got.Changed || !slices.Contains(got.Added, NotCompared) {
		t.Errorf("%+v", got)
	}
}
