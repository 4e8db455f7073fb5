package meta

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/corpus"
)

// tokens lists what the scanner reads, one token a line, and whether it read
// to the end.
func tokens(packet []byte) (out []string, whole bool) {
	s := newScanner(packet)
	for {
		switch s.next() {
		case tokenStart:
			line := fmt.Sprintf("start %q %q", s.space, s.local)
			for _, a := range s.attrs {
				line += fmt.Sprintf(" %q %q=%q", a.space, a.local, a.value)
			}
			out = append(out, line)
		case tokenText:
			out = append(out, fmt.Sprintf("text %q", s.text))
		case tokenClose:
			out = append(out, "end")
		case tokenEnd:
			return out, true
		case tokenOdd:
			return out, false
		}
	}
}

// xmlTokens lists the same by encoding/xml, at most n of them.
func xmlTokens(packet []byte, n int) (out []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(packet))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for len(out) < n {
		tok, err := d.Token()
		if err != nil {
			return out, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			line := fmt.Sprintf("start %q %q", t.Name.Space, t.Name.Local)
			for _, a := range t.Attr {
				line += fmt.Sprintf(" %q %q=%q", a.Name.Space, a.Name.Local, a.Value)
			}
			out = append(out, line)
		case xml.CharData:
			out = append(out, fmt.Sprintf("text %q", t))
		case xml.EndElement:
			out = append(out, "end")
		}
	}
	return out, nil
}

// same compares the scanner with encoding/xml: what it read must be a
// beginning of what that reads, and all of it where it read to the end.
func same(t *testing.T, packet []byte) (whole bool) {
	t.Helper()
	got, whole := tokens(packet)
	n := len(got)
	if whole {
		n++
	}
	want, err := xmlTokens(packet, n)
	if whole && !errors.Is(err, io.EOF) {
		t.Errorf("%q: read to the end, but encoding/xml says %v", packet, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%q: %s", packet, diff)
	}
	return whole
}

// plainXML is what the scanner must read to the end by itself.
func plainXML() []string {
	return []string{
		``, `text`, `<a/>`, `<a></a >`, `<a:b xmlns:a="u"/>`, `<a:b/>`, `<a xmlns="u"><b c="d"/></a>`,
		`<a xmlns:p="1"><b xmlns:p="2" p:x="y"/><c p:x="y"/></a><c xml:lang="de" p:x=""/>`,
		`<a b = "1"c='2'/>`, "<a\nb\t=\r\"1\"\n>x</a\t>", `<a xmlns:p=""><p:b/></a>`,
		`<?xml version="1.0" encoding="latin1"?><a/>`, `<?xml version='1.0'?>`, `<?xml?><a/>`, "<?xpacket begin=\"\uFEFF\" id='W5'?><a/><?xpacket end=\"w\"?>",
		`<!----><a><!-- b - c --></a>`, `<![CDATA[]]>`, `<a><![CDATA[<&amp;]]]]><![CDATA[>]]></a>`,
		`<a b="&lt;&gt;&amp;&apos;&quot;&#65;&#x4e2D;&#x10FFFF;">&lt;&#10;x</a>`, "a\r\nb\rc\r\r\nd&#13;\n", "<a b='\r\n>]]>'/>", "<![CDATA[\r\n]]>",
		`中文 <a b="中文">é</a> ]]&gt; ]] > ]&#93;>`, `<_a.b-c:d_1/>`,
	}
}

// oddXML is what it must leave to encoding/xml.
func oddXML() []string {
	return []string{
		`<`, `<a`, `<a `, `<a>`, `</a>`, `<a></b>`, `<a:b></b:b>`, `<a:b></a>`, `<a b></a>`, `<a b=c/>`, `<a b="<"/>`, `<a b="c/>`, `<a/ >`,
		`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `&nbsp;`, `&`, `&amp`, `&#;`, `&#x;`, `&#xD800;`, `&#0;`, `&#1114112;`, `&#x0000000041;`, `]]>`, `<![CDATA[`, `<![cdata[]]>`,
		`<!-- a -- b -->`, `<!--`, `<!-->`, `<?xml version="1.1"?>`, `<?xml`, `<??>`, `<é/>`, `<a é="1"/>`, `<1/>`, `<a:b:c/>`, `<:a/>`, `<a:/>`, `<a b:="1"/>`,
		"\x01", "\xff", "<a b='\xc3'/>", "\uFFFE", `<xmlns:a/>`, `<xmlns/>`, `<a xmlns:b="xmlns" b:c="d"/>`, `<a xmlns:xml="u" xml:b="c"/>`,
		strings.Repeat("<a>", maxOpen+1) + strings.Repeat("</a>", maxOpen+1),
		`<a ` + manyNamespaces(maxBindings) + `/>`,
	}
}

func manyNamespaces(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ` xmlns:n%d="u%d"`, i, i)
	}
	return b.String()
}

func TestScannerReadsAsEncodingXML(t *testing.T) {
	for _, p := range plainXML() {
		if !same(t, []byte(p)) {
			t.Errorf("%q: not read to the end", p)
		}
	}
	for _, p := range oddXML() {
		if same(t, []byte(p)) {
			t.Errorf("%q: read to the end", p)
		}
	}
}

// Nearly all packets of real files are for the scanner, and both ways give the
// same properties.
func TestScannerOnSamples(t *testing.T) {
	packets, quick := 0, 0
	corpus.Each(t, corpus.Imagemeta, "testdata/images", func(name string, data []byte) {
		kind := format.Sniff(data[:min(len(data), 64<<10)])
		if !container.Known(kind) {
			return
		}
		for _, p := range container.Read(kind, window.Bytes(data)).XMP {
			p = trimmed(p)
			packets++
			if same(t, p) {
				quick++
			}
			bothWays(t, p)
		}
	})
	t.Logf("%d of %d packets read by the scanner", quick, packets)
	if quick*10 < packets*9 {
		t.Errorf("only %d of %d packets read by the scanner", quick, packets)
	}
}

// bothWays compares what a packet says read quickly and by encoding/xml.
func bothWays(t *testing.T, packet []byte) {
	t.Helper()
	quick, slow := newXMPReader(packet, nil), newXMPReader(packet, nil)
	if !quick.scan(packet) {
		return
	}
	slow.decode(packet)
	if diff := cmp.Diff(slow.properties(), quick.properties()); diff != "" || slow.damaged != quick.damaged {
		t.Errorf("%q: damaged %v, %v; %s", packet, slow.damaged, quick.damaged, diff)
	}
	if diff := cmp.Diff(slow.history, quick.history); diff != "" {
		t.Errorf("%q: history %s", packet, diff)
	}
}

// A name inside long names must not be stored over and over.
func TestXMPLongNames(t *testing.T) {
	long := strings.Repeat("n", maxKey)
	for _, body := range []string{
		`<a:` + long + `><b:c>1</b:c></a:` + long + `>`,
		`<rdf:Description a:` + long + `="1" b:c="1"/>`,
	} {
		got := readXMP([][]byte{packet(`<rdf:Description d:e="f"/>` + body)})
		if !got.Damaged || len(got.Properties) != 1 || got.Properties["d:e"] != "f" {
			t.Errorf("damaged %v, %d properties", got.Damaged, len(got.Properties))
		}
	}
}

func BenchmarkXMP(b *testing.B) {
	var body strings.Builder
	body.WriteString(`<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmp:CreatorTool="Tool &amp; Co"`)
	for i := range 60 {
		fmt.Fprintf(&body, "\n   crs:Setting%d=\"+%d\"", i, i)
	}
	body.WriteString(`><xmp:Label>red</xmp:Label></rdf:Description>` + strings.Repeat(" ", 2000))
	p := packet(body.String())
	b.Run("scanner", func(b *testing.B) {
		b.SetBytes(int64(len(p)))
		b.ReportAllocs()
		for b.Loop() {
			if !newXMPReader(p, nil).scan(p) {
				b.Fatal("not read")
			}
		}
	})
	b.Run("encoding-xml", func(b *testing.B) {
		b.SetBytes(int64(len(p)))
		b.ReportAllocs()
		for b.Loop() {
			newXMPReader(p, nil).decode(p)
		}
	})
}

func FuzzScanner(f *testing.F) {
	for _, p := range append(plainXML(), oddXML()...) {
		f.Add([]byte(p))
	}
	f.Add(packet(`<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="x"><dc:creator><rdf:Seq><rdf:li>A</rdf:li></rdf:Seq></dc:creator></rdf:Description>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if same(t, data) {
			bothWays(t, data)
		}
	})
}
