package render

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aecheck/aecheck/pkg/cputime"
)

// engine serves every test of the package: starting one costs seconds.
var engine *Engine

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "aecheck-render")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	engine = NewEngine(dir, nil)
	code := m.Run()
	engine.Close()
	os.RemoveAll(dir)
	os.Exit(code)
}

// working is a context in which time limits count work: on the wall's clock a busy
// machine would break them.
func working(t *testing.T) context.Context {
	t.Helper()
	ctx, stop := cputime.NewMeter().Start(context.Background(), time.Hour)
	t.Cleanup(stop)
	return ctx
}

// openDoc opens a file that must open.
func openDoc(t *testing.T, data []byte) *Document {
	t.Helper()
	d, err := engine.Open(working(t), data, MaxMemory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// file writes objects 1, 2, … of which the first is the catalogue, with a
// cross-reference table.
func file(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	places := make([]int, len(objects))
	for i, o := range objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

func stream(dict, body string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(body), dict, body)
}

const a4 = "/MediaBox [0 0 595 842]"

// sheet is a page: entries of its dictionary beside the usual ones, and what
// is drawn.
type sheet struct{ dict, content string }

// objectsOf are the objects of a file of pages: 1 the catalogue, 2 the tree, 3
// Helvetica (with advances of half its size, for boxes that can be worked
// out), then two for each page, then more.
func objectsOf(sheets []sheet, more ...string) []string {
	widths := strings.Repeat("500 ", 95)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 /Widths [" + widths + "] >>",
	}
	var kids string
	for _, s := range sheets {
		n := len(objects) + 1
		kids += fmt.Sprintf("%d 0 R ", n)
		if !strings.Contains(s.dict, "/Resources") {
			s.dict += " /Resources << /Font << /F 3 0 R >> >>"
		}
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s >>", n+1, s.dict),
			stream("", s.content))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(sheets), kids)
	return append(objects, more...)
}

func pdfOf(sheets ...sheet) []byte { return file("", objectsOf(sheets)...) }

// show sets a line of text at a point of the page.
func show(x, y, size float64, text string) string {
	return fmt.Sprintf("BT /F %g Tf %g %g Td (%s) Tj ET\n", size, x, y, text)
}

// encrypted is one page under the standard security handler of PDF 1.1 (40 bit
// RC4; ISO 32000-1, 7.6.3), which any reader of today still opens.
func encrypted(password, content string) []byte {
	const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"
	const id = "an invented id  "
	pad := func(s string) string { return (s + padding)[:32] }
	digest := func(s string, n int) []byte {
		d := md5.Sum([]byte(s))
		return d[:n]
	}
	crypt := func(key []byte, s string) string {
		c, err := rc4.NewCipher(key)
		if err != nil {
			panic(err)
		}
		out := make([]byte, len(s))
		c.XORKeyStream(out, []byte(s))
		return string(out)
	}
	const permissions = -4
	allowed := string(binary.LittleEndian.AppendUint32(nil, 0xFFFFFFFF+permissions+1))
	owner := crypt(digest(pad("owner"), 5), pad(password))
	key := digest(pad(password)+owner+allowed+id, 5)
	user := crypt(key, padding)
	objects := objectsOf([]sheet{{a4, content}})
	const contents = 5 // number of the object
	objects[contents-1] = stream("", crypt(digest(string(key)+string([]byte{contents, 0, 0, 0, 0}), 10), content))
	return file(fmt.Sprintf("/ID [<%x> <%x>] /Encrypt << /Filter /Standard /V 1 /R 2 /P %d /O <%x> /U <%x> >>", id, id, permissions, owner, user), objects...)
}

// endless is a page that takes far longer than any limit to draw: forms that
// draw ten of the next one, ten deep.
func endless() []byte {
	const deep = 10
	objects := objectsOf([]sheet{{a4 + " /Resources << /XObject << /X 6 0 R >> >>", "/X Do"}})
	for i := range deep {
		objects = append(objects, stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X %d 0 R >> >>", 7+i), strings.Repeat("/X Do ", 10)))
	}
	objects = append(objects, stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", strings.Repeat("0 0 500 500 re f ", 100)))
	return file("", objects...)
}
