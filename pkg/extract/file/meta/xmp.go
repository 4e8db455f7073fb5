package meta

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
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
	maxItems      = 200     // of one list
	maxKey        = 4 << 10 // bytes of a property's name with those it lies in
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

// usualPrefix gives the usual prefix of a namespace, whichever a packet uses
// (XMP specification part 1 and 2; IPTC; GB 45438-2025 annex E); "" for those of
// RDF and XML itself, whose names are no properties.
func usualPrefix(space []byte) (prefix string, ok bool) {
	switch string(space) {
	case nsRDF, nsX, nsXML, "xmlns", "rdf", "":
		return "", true
	case "http://purl.org/dc/elements/1.1/":
		return "dc", true
	case "http://ns.adobe.com/xap/1.0/":
		return "xmp", true
	case "http://ns.adobe.com/xap/1.0/mm/":
		return "xmpMM", true
	case "http://ns.adobe.com/xap/1.0/rights/":
		return "xmpRights", true
	case "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#":
		return "stEvt", true
	case "http://ns.adobe.com/xap/1.0/sType/ResourceRef#":
		return "stRef", true
	case "http://ns.adobe.com/photoshop/1.0/":
		return "photoshop", true
	case "http://ns.adobe.com/camera-raw-settings/1.0/":
		return "crs", true
	case "http://ns.adobe.com/tiff/1.0/":
		return "tiff", true
	case "http://ns.adobe.com/exif/1.0/":
		return "exif", true
	case "http://ns.adobe.com/exif/1.0/aux/":
		return "aux", true
	case "http://cipa.jp/exif/1.0/":
		return "exifEX", true
	case "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/":
		return "Iptc4xmpCore", true
	case "http://iptc.org/std/Iptc4xmpExt/2008-02-29/":
		return "Iptc4xmpExt", true
	case "http://www.tc260.org.cn/ns/AIGC/1.0/":
		return "TC260", true
	case "http://ns.google.com/photos/1.0/camera/":
		return "GCamera", true
	case "http://ns.adobe.com/lightroom/1.0/":
		return "lr", true
	case "http://ns.microsoft.com/photo/1.0/":
		return "MicrosoftPhoto", true
	case "http://ns.useplus.org/ldf/xmp/1.0/":
		return "plus", true
	case "http://ns.adobe.com/hdr-gain-map/1.0/":
		return "hdrgm", true
	case "http://ns.apple.com/HDRGainMap/1.0/":
		return "HDRGainMap", true
	case "http://ns.attribution.com/ads/1.0/":
		return "Attrib", true
	case "http://www.digikam.org/ns/1.0/":
		return "digiKam", true
	case "http://ns.acdsee.com/iptc/1.0/":
		return "acdsee", true
	case "http://www.gimp.org/xmp/":
		return "GIMP", true
	case "http://www.metadataworkinggroup.com/schemas/regions/":
		return "mwg-rs", true
	}
	return "", false
}

// readXMP reads packets, the first one's properties winning.
func readXMP(packets [][]byte) XMP {
	x := XMP{}
	for _, p := range packets {
		p = trimmed(p)
		r := newXMPReader(p, x.History)
		if !r.scan(p) {
			r = newXMPReader(p, x.History)
			r.decode(p)
		}
		x.History, x.Damaged = r.history, x.Damaged || r.damaged
		found := r.properties()
		if x.Properties == nil {
			x.Properties = found
			continue
		}
		for k, v := range found {
			if _, ok := x.Properties[k]; !ok {
				x.Properties[k] = v
			}
		}
	}
	if x.Properties == nil {
		x.Properties = make(map[string]string)
	}
	return x
}

// trimmed gives the XML of a packet: some writers leave zero bytes and line
// feeds around it.
func trimmed(p []byte) []byte {
	return bytes.Trim(utf8Packet(p[:min(len(p), maxPacket)]), "\x00 \r\n\t")
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

// xmpReader understands the RDF/XML subset of the XMP specification part 1,
// section 7, of one packet.
type xmpReader struct {
	own    map[string]string   // the packet's prefix by namespace, for those without a usual one
	values map[string]string   // the first value of each property
	more   map[string][]string // the others
	// key names the property being read; path holds its length outside of each
	// open element. Elements of RDF itself add nothing.
	key    []byte
	path   []int
	inside bool // of rdf:RDF
	text   []byte
	leaf   bool // no element since the last start
	step   []string

	history []string
	damaged bool
}

// newXMPReader makes a reader of a packet; history holds the steps known from
// packets before.
func newXMPReader(packet []byte, history []string) *xmpReader {
	// Most packets are lists of attributes: making room for as many properties
	// saves growing by and by.
	room := min(bytes.Count(packet, []byte("=")), 128)
	return &xmpReader{
		values: make(map[string]string, room), history: history,
		key: make([]byte, 0, 128), path: make([]int, 0, 16),
	}
}

// scan reads a packet with the quick scanner; false where that cannot.
func (r *xmpReader) scan(packet []byte) bool {
	s := newScanner(packet)
	for len(r.values) < maxProperties {
		switch s.next() {
		case tokenStart:
			if !r.start(s.space, s.local, s.attrs) {
				return true
			}
		case tokenText:
			r.characters(s.text)
		case tokenClose:
			r.end()
		case tokenEnd:
			return true
		case tokenOdd:
			return false
		}
	}
	return true
}

// decode reads a packet with encoding/xml, which goes on over many mistakes.
func (r *xmpReader) decode(packet []byte) {
	d := xml.NewDecoder(bytes.NewReader(packet))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var attrs []attribute
	for len(r.values) < maxProperties {
		tok, err := d.Token()
		if err != nil {
			r.damaged = r.damaged || !errors.Is(err, io.EOF)
			return
		}
		switch t := tok.(type) {
		case xml.StartElement:
			attrs = attrs[:0]
			for _, a := range t.Attr {
				attrs = append(attrs, attribute{[]byte(a.Name.Space), []byte(a.Name.Local), []byte(a.Value)})
			}
			if !r.start([]byte(t.Name.Space), []byte(t.Name.Local), attrs) {
				return
			}
		case xml.CharData:
			r.characters(t)
		case xml.EndElement:
			r.end()
		}
	}
}

// start begins an element; false where it lies too deep to go on.
func (r *xmpReader) start(space, local []byte, attrs []attribute) bool {
	for _, a := range attrs {
		if string(a.space) == "xmlns" {
			if _, ok := usualPrefix(a.value); !ok {
				if r.own == nil {
					r.own = make(map[string]string)
				}
				r.own[string(a.value)] = string(a.local)
			}
		}
	}
	if !r.inside {
		r.inside = string(local) == "RDF"
		return true
	}
	outside := len(r.key)
	r.key = r.appendName(r.key, space, local)
	if len(r.path) >= maxDepth || len(r.key) > maxKey {
		r.damaged = true
		return false
	}
	r.path = append(r.path, outside)
	r.text, r.leaf = r.text[:0], true
	own := len(r.key)
	for _, a := range attrs {
		if own > 0 && string(a.local) == "resource" && (string(a.space) == nsRDF || string(a.space) == "rdf") {
			r.add(a.value)
			continue
		}
		r.key = r.appendName(r.key, a.space, a.local)
		if len(r.key) > maxKey {
			r.damaged = true
			return false
		}
		if len(r.key) > own {
			r.add(a.value)
		}
		r.key = r.key[:own]
	}
	return true
}

// appendName appends /prefix:name to a key; nothing for RDF's and XML's own.
func (r *xmpReader) appendName(key, space, local []byte) []byte {
	prefix, usual := usualPrefix(space)
	if usual && prefix == "" {
		return key
	}
	if len(key) > 0 {
		key = append(key, '/')
	}
	if own, ok := r.own[string(space)]; ok && !usual {
		prefix, usual = own, true
	}
	if usual {
		key = append(key, prefix...)
	} else {
		// An undeclared prefix stands where the namespace would.
		key = append(key, space...)
	}
	key = append(key, ':')
	return append(key, local...)
}

func (r *xmpReader) characters(text []byte) {
	if r.inside && len(r.text)+len(text) <= maxValue {
		r.text = append(r.text, text...)
	}
}

func (r *xmpReader) end() {
	if len(r.path) == 0 {
		return
	}
	if r.leaf && len(r.key) > 0 {
		if v := bytes.TrimSpace(r.text); len(v) > 0 {
			r.add(v)
		}
	}
	r.leaf = false
	r.text = r.text[:0]
	outside := r.path[len(r.path)-1]
	// A step of the history ends with its list item.
	if len(r.path) > 1 && len(r.key) == outside && len(r.step) > 0 && string(r.key) == "xmpMM:History" {
		if len(r.history) < 200 {
			r.history = append(r.history, strings.Join(r.step, " "))
		}
		r.step = nil
	}
	r.path = r.path[:len(r.path)-1]
	r.key = r.key[:outside]
}

// add notes a value of the property r.key.
func (r *xmpReader) add(value []byte) {
	switch string(r.key) {
	case "xmpMM:History/stEvt:action", "xmpMM:History/stEvt:softwareAgent", "xmpMM:History/stEvt:when":
		r.step = append(r.step, string(value))
	}
	value = value[:min(len(value), maxValue)]
	if _, ok := r.values[string(r.key)]; !ok {
		r.values[string(r.key)] = string(value)
	} else if more := r.more[string(r.key)]; len(more) < maxItems-1 {
		if r.more == nil {
			r.more = make(map[string][]string)
		}
		r.more[string(r.key)] = append(more, string(value))
	}
}

// properties joins the values of each.
func (r *xmpReader) properties() map[string]string {
	for key, more := range r.more {
		r.values[key] = strings.Join(append([]string{r.values[key]}, more...), "; ")
	}
	return r.values
}
