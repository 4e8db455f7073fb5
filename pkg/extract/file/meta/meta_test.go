package meta

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/format"
	"github.com/aecheck/aecheck/pkg/testkit/corpus"
)

const rdf = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">%</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

func packet(body string) []byte { return []byte(strings.Replace(rdf, "%", body, 1)) }

func TestXMP(t *testing.T) {
	const ns = ` xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"`
	for name, c := range map[string]struct {
		body    string
		want    map[string]string
		history []string
	}{
		"attributes": {`<rdf:Description rdf:about=""` + ns + ` xmp:CreatorTool="Tool 1" TC260:AIGC="{&quot;Label&quot;:&quot;1&quot;}"/>`,
			map[string]string{"xmp:CreatorTool": "Tool 1", "TC260:AIGC": `{"Label":"1"}`}, nil},
		"elements": {`<rdf:Description` + ns + `><xmp:CreatorTool> Tool 2 </xmp:CreatorTool><TC260:AIGC>{"Label":"2"}</TC260:AIGC></rdf:Description>`,
			map[string]string{"xmp:CreatorTool": "Tool 2", "TC260:AIGC": `{"Label":"2"}`}, nil},
		"another prefix": {`<rdf:Description xmlns:x1="http://ns.adobe.com/xap/1.0/" x1:CreatorTool="T"/>`, map[string]string{"xmp:CreatorTool": "T"}, nil},
		"own namespace":  {`<rdf:Description xmlns:my="urn:mine" my:key="v"/>`, map[string]string{"my:key": "v"}, nil},
		"undeclared":     {`<rdf:Description><C260:AIGC>{}</C260:AIGC></rdf:Description>`, map[string]string{"C260:AIGC": "{}"}, nil},
		"lists": {`<rdf:Description` + ns + `><dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator><dc:title><rdf:Alt><rdf:li xml:lang="x-default">T</rdf:li></rdf:Alt></dc:title></rdf:Description>`,
			map[string]string{"dc:creator": "A; B", "dc:title": "T"}, nil},
		"resource": {`<rdf:Description` + ns + `><Iptc4xmpExt:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture"/></rdf:Description>`,
			map[string]string{"Iptc4xmpExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture"}, nil},
		"structure": {`<rdf:Description` + ns + `><xmpMM:DerivedFrom stRef:documentID="d1"/></rdf:Description>`, map[string]string{"xmpMM:DerivedFrom/stRef:documentID": "d1"}, nil},
		"history": {`<rdf:Description` + ns + `><xmpMM:History><rdf:Seq><rdf:li stEvt:action="created" stEvt:softwareAgent="P"/><rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action><stEvt:when>2026</stEvt:when></rdf:li></rdf:Seq></xmpMM:History></rdf:Description>`,
			map[string]string{"xmpMM:History/stEvt:action": "created; saved", "xmpMM:History/stEvt:softwareAgent": "P", "xmpMM:History/stEvt:when": "2026"},
			[]string{"created P", "saved 2026"}},
	} {
		got := readXMP([][]byte{packet(c.body)})
		if diff := cmp.Diff(c.want, got.Properties); diff != "" || got.Damaged {
			t.Errorf("%s: damaged %v %s", name, got.Damaged, diff)
		}
		if diff := cmp.Diff(c.history, got.History); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestXMPPackets(t *testing.T) {
	one := packet(`<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="first"/>`)
	two := packet(`<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="second" xmp:Label="red"/>`)
	got := readXMP([][]byte{one, two})
	if got.Properties["xmp:CreatorTool"] != "first" || got.Properties["xmp:Label"] != "red" {
		t.Errorf("%v", got.Properties)
	}
	var wide []byte
	for _, u := range utf16.Encode([]rune(string(one))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	if got := readXMP([][]byte{wide}); got.Properties["xmp:CreatorTool"] != "first" {
		t.Errorf("UTF-16: %v", got.Properties)
	}
	cut := readXMP([][]byte{one[:len(one)-40]})
	if cut.Properties["xmp:CreatorTool"] != "first" || !cut.Damaged {
		t.Errorf("cut off: %v damaged %v", cut.Properties, cut.Damaged)
	}
	deep := packet(strings.Repeat("<a:b>", 100) + strings.Repeat("</a:b>", 100))
	if got := readXMP([][]byte{deep}); !got.Damaged {
		t.Error("depth is not bounded")
	}
	if got := readXMP(nil); len(got.Properties) != 0 || got.Damaged {
		t.Errorf("no packet: %+v", got)
	}
}

func TestIPTC(t *testing.T) {
	b := []byte("\x1c\x01\x5a\x00\x03\x1b%G" + "\x1c\x02\x19\x00\x01a" + "\x1c\x02\x19\x00\x01b" + "\x1c\x02\x28\x00\x06FBMD01" + "\x1c\x02\x78\x00\x06\xe4\xb8\xad\xe6\x96\x87" + "\x1c\x02\x50\x00\x04\xc0\xee\xcb\xc4" + "\x1c\x02\x69\x80\x02")
	want := map[string]string{"keywords": "a; b", "special_instructions": "FBMD01", "caption": "中文", "byline": "李四"}
	if diff := cmp.Diff(want, readIPTC(b)); diff != "" {
		t.Error(diff)
	}
}

// The tables of Go's encoder, which scales as libjpeg does, name their
// quality; a table changed in one place is no longer standard.
func TestQuality(t *testing.T) {
	for q := 1; q <= 100; q++ {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 16, 16)), &jpeg.Options{Quality: q}); err != nil {
			t.Fatal(err)
		}
		tables := container.Read("jpeg", window.Bytes(b.Bytes())).QuantTable
		if got := Quality(tables); got != q {
			t.Errorf("quality %d read as %d", q, got)
		}
		tables[0].Values[5]++
		if got := Quality(tables); got == q {
			t.Errorf("quality %d for changed tables", q)
		}
	}
	if Quality(nil) != 0 || meanStep(nil) != 0 {
		t.Error("no tables")
	}
	if step := meanStep([]container.QuantTable{{Values: [64]uint16{0: 64, 63: 192}}}); step != 4 {
		t.Errorf("mean step %v", step)
	}
}

// Golden facts of samples from the module cache.
func TestSamples(t *testing.T) {
	golden := map[string]func(x XMP, iptc map[string]string) bool{
		"metadata-extractor/withIptc.jpg": func(_ XMP, iptc map[string]string) bool { return iptc["caption"] != "" || iptc["keywords"] != "" },
		"IPTC-PhotometadataRef-Std2021.1.jpg": func(x XMP, iptc map[string]string) bool {
			return strings.HasSuffix(x.Properties["Iptc4xmpExt:DigitalSourceType"], "/softwareImage") && iptc["headline"] == "The Headline (ref2021.1)"
		},
		"bep/sunrise.jpg": func(x XMP, _ map[string]string) bool {
			return strings.HasPrefix(x.Properties["xmp:CreatorTool"], "Adobe Photoshop Lightroom") && len(x.History) > 0
		},
	}
	damaged := 0
	corpus.Each(t, corpus.Imagemeta, "testdata/images", func(name string, data []byte) {
		kind := format.Sniff(data[:min(len(data), 64<<10)])
		if !container.Known(kind) {
			return
		}
		f := container.Read(kind, window.Bytes(data))
		x, iptc := readXMP(f.XMP), readIPTC(f.IPTC)
		if x.Damaged {
			damaged++
			t.Logf("%s: XMP damaged", name)
		}
		if ok, known := golden[name]; known {
			delete(golden, name)
			if !ok(x, iptc) {
				t.Errorf("%s: %v %v %v", name, x.Properties, x.History, iptc)
			}
		}
	})
	for name := range golden {
		t.Errorf("%s is not among the samples", name)
	}
	if damaged > 3 {
		t.Errorf("%d packets of honest files called damaged", damaged)
	}
}

func FuzzXMP(f *testing.F) {
	f.Add(packet(`<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="x"><dc:creator><rdf:Seq><rdf:li>A</rdf:li></rdf:Seq></dc:creator></rdf:Description>`))
	f.Add([]byte("\xff\xfe<\x00r\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x := readXMP([][]byte{data})
		if len(x.Properties) > maxProperties+1000 {
			t.Errorf("%d properties", len(x.Properties))
		}
	})
}

func FuzzIPTC(f *testing.F) {
	f.Add([]byte("\x1c\x02\x19\x00\x01a\x1c\x02\x78\x00\x02bc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for k, v := range readIPTC(data) {
			if k == "" || v == "" {
				t.Errorf("%q: %q", k, v)
			}
		}
	})
}
