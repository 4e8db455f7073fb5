package meta

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf16"
)

// Bounds of one packet. Gain maps and depth maps of phones make packets of
// some MiB; their text beyond maxValue is not kept.
const (
	maxPacket     = 8 << 20
	maxDepth      = 64
	maxProperties = 4000
	maxValue      = 64 << 10
)

// XMP is what a file's packets say.
type XMP struct {
	// Properties by prefix:name; fields of structures follow after a slash,
	// list items are joined with "; ".
	Properties map[string]string
	// History holds the steps of xmpMM:History: action, program, time.
	History []string
	// Damaged: a packet is not well-formed; what came before is there.
	Damaged bool
}

const (
	nsRDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsX   = "adobe:ns:meta/"
	nsXML = "http://www.w3.org/XML/1998/namespace"
)

// prefixes gives the usual prefix of a namespace, whichever a packet uses
// (XMP specification part 1 and 2; IPTC; GB 45438-2025 annex E).
func prefixes() map[string]string {
	return map[string]string{
		"http://purl.org/dc/elements/1.1/":                     "dc",
		"http://ns.adobe.com/xap/1.0/":                         "xmp",
		"http://ns.adobe.com/xap/1.0/mm/":                      "xmpMM",
		"http://ns.adobe.com/xap/1.0/rights/":                  "xmpRights",
		"http://ns.adobe.com/xap/1.0/sType/ResourceEvent#":     "stEvt",
		"http://ns.adobe.com/xap/1.0/sType/ResourceRef#":       "stRef",
		"http://ns.adobe.com/photoshop/1.0/":                   "photoshop",
		"http://ns.adobe.com/camera-raw-settings/1.0/":         "crs",
		"http://ns.adobe.com/tiff/1.0/":                        "tiff",
		"http://ns.adobe.com/exif/1.0/":                        "exif",
		"http://ns.adobe.com/exif/1.0/aux/":                    "aux",
		"http://cipa.jp/exif/1.0/":                             "exifEX",
		"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/":          "Iptc4xmpCore",
		"http://iptc.org/std/Iptc4xmpExt/2008-02-29/":          "Iptc4xmpExt",
		"http://www.tc260.org.cn/ns/AIGC/1.0/":                 "TC260",
		"http://ns.google.com/photos/1.0/camera/":              "GCamera",
		"http://ns.adobe.com/lightroom/1.0/":                   "lr",
		"http://ns.microsoft.com/photo/1.0/":                   "MicrosoftPhoto",
		"http://ns.useplus.org/ldf/xmp/1.0/":                   "plus",
		"http://ns.adobe.com/hdr-gain-map/1.0/":                "hdrgm",
		"http://ns.apple.com/HDRGainMap/1.0/":                  "HDRGainMap",
		"http://ns.attribution.com/ads/1.0/":                   "Attrib",
		"http://www.digikam.org/ns/1.0/":                       "digiKam",
		"http://ns.acdsee.com/iptc/1.0/":                       "acdsee",
		"http://www.gimp.org/xmp/":                             "GIMP",
		"http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
	}
}

// ReadXMP reads packets, the first one's properties winning.
func ReadXMP(packets [][]byte) XMP {
	x := XMP{Properties: make(map[string]string)}
	if len(packets) == 0 {
		return x
	}
	known := prefixes()
	for _, p := range packets {
		r := xmpReader{known: known, own: make(map[string]string), into: &x, fresh: make(map[string][]string)}
		r.read(utf8Packet(p[:min(len(p), maxPacket)]))
		for k, v := range r.fresh {
			if _, ok := x.Properties[k]; !ok {
				x.Properties[k] = strings.Join(v, "; ")
			}
		}
	}
	return x
}

// utf8Packet turns UTF-16 packets, told by their byte order mark or first
// character, into UTF-8.
func utf8Packet(b []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}), bytes.HasPrefix(b, []byte{0, '<'}):
		order = binary.BigEndian
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}), bytes.HasPrefix(b, []byte{'<', 0}):
		order = binary.LittleEndian
	default:
		return b
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return []byte(strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF"))
}

type xmpReader struct {
	known map[string]string // usual prefix by namespace
	own   map[string]string // the packet's prefix by namespace
	into  *XMP
	fresh map[string][]string
	// path of the element being read; elements of RDF itself stand in it as "".
	path []string
	text []byte
	leaf bool // no element since the last start
	step []string
}

// read walks the RDF/XML subset of the XMP specification part 1, section 7.
func (r *xmpReader) read(packet []byte) {
	// Some writers leave zero bytes and line feeds around the packet.
	packet = bytes.Trim(packet, "\x00 \r\n\t")
	d := xml.NewDecoder(bytes.NewReader(packet))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	inside := false
	for len(r.fresh) < maxProperties {
		tok, err := d.Token()
		if err != nil {
			r.into.Damaged = r.into.Damaged || err != io.EOF
			return
		}
		switch t := tok.(type) {
		case xml.StartElement:
			r.namespaces(t.Attr)
			if !inside {
				inside = t.Name.Local == "RDF"
				continue
			}
			if len(r.path) >= maxDepth {
				r.into.Damaged = true
				return
			}
			r.start(t)
		case xml.CharData:
			if inside && len(r.text)+len(t) <= maxValue {
				r.text = append(r.text, t...)
			}
		case xml.EndElement:
			if len(r.path) > 0 {
				r.end()
			}
		}
	}
}

func (r *xmpReader) namespaces(attrs []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space == "xmlns" {
			r.own[a.Value] = a.Name.Local
		}
	}
}

// name gives prefix:name; "" for elements and attributes of RDF and XML.
func (r *xmpReader) name(n xml.Name) string {
	switch n.Space {
	case nsRDF, nsX, nsXML, "xmlns", "rdf", "":
		return ""
	}
	prefix, ok := r.known[n.Space]
	if !ok {
		prefix, ok = r.own[n.Space]
	}
	if !ok {
		// An undeclared prefix stands where the namespace would.
		prefix = n.Space
	}
	return prefix + ":" + n.Local
}

func (r *xmpReader) start(t xml.StartElement) {
	r.path = append(r.path, r.name(t.Name))
	r.text, r.leaf = r.text[:0], true
	at := r.key("")
	for _, a := range t.Attr {
		if a.Name.Local == "resource" && (a.Name.Space == nsRDF || a.Name.Space == "rdf") && at != "" {
			r.add(at, a.Value)
			continue
		}
		if n := r.name(a.Name); n != "" {
			r.add(r.key(n), a.Value)
		}
	}
}

func (r *xmpReader) end() {
	if r.leaf {
		if key := r.key(""); key != "" {
			if v := strings.TrimSpace(string(r.text)); v != "" {
				r.add(key, v)
			}
		}
	}
	r.leaf = false
	r.text = r.text[:0]
	// A step of the history ends with its list item.
	if n := len(r.path); n > 1 && r.path[n-1] == "" && len(r.step) > 0 && r.key("") == "xmpMM:History" {
		if len(r.into.History) < 200 {
			r.into.History = append(r.into.History, strings.Join(r.step, " "))
		}
		r.step = nil
	}
	r.path = r.path[:len(r.path)-1]
}

// key joins the path's properties and last.
func (r *xmpReader) key(last string) string {
	var b strings.Builder
	for _, p := range r.path {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('/')
		}
		b.WriteString(p)
	}
	if last != "" {
		if b.Len() > 0 {
			b.WriteByte('/')
		}
		b.WriteString(last)
	}
	return b.String()
}

func (r *xmpReader) add(key, value string) {
	switch key {
	case "xmpMM:History/stEvt:action", "xmpMM:History/stEvt:softwareAgent", "xmpMM:History/stEvt:when":
		r.step = append(r.step, value)
	}
	if len(r.fresh[key]) < 200 {
		r.fresh[key] = append(r.fresh[key], value[:min(len(value), maxValue)])
	}
}
