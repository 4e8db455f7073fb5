// Package keep decides what of a picture's metadata goes along with a mended copy
// that will be published: the marks that say AI made it, which the law wants kept
// (GB 45438-2025; IPTC digital source type), and nothing else. Places, serial
// numbers, names, comments and thumbnails of the old picture do not.
//
// It may import pkg/facts.
package keep

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"sort"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// sourceBase is the IPTC's vocabulary of digital source types.
const sourceBase = "http://cv.iptc.org/newscodes/digitalsourcetype/"

// made is the type of a picture that is AI's work throughout.
const made = "trainedAlgorithmicMedia"

// Labels are the AI marks of a file, as XMP properties by prefix:name.
type Labels map[string]string

// LabelsOf finds the AI marks of a file. What else than an XMP property said so (a
// C2PA manifest, which cannot outlive a change of the bytes; a generator's own
// keys) is written as the IPTC's digital source type.
func LabelsOf(f *facts.Set) Labels {
	out := Labels{}
	for key, value := range f.Meta.XMP {
		switch name := key[strings.LastIndexByte(key, '/')+1:]; name {
		case "TC260:AIGC", "C260:AIGC":
			out["TC260:AIGC"] = value
		case "Iptc4xmpExt:AISystemUsed", "Iptc4xmpExt:AISystemVersionUsed":
			out[name] = value
		case "Iptc4xmpExt:DigitalSourceType":
			if isAI(value) {
				out[name] = value
			}
		}
	}
	if l := f.Origin.LabelTC260; l != "" && out["TC260:AIGC"] == "" {
		out["TC260:AIGC"] = l
	}
	if out["Iptc4xmpExt:DigitalSourceType"] == "" {
		switch s := sourceOf(&f.Meta.C2PA); {
		case s != "":
			out["Iptc4xmpExt:DigitalSourceType"] = sourceBase + s
		case f.Origin.AI.Verdict == "yes" && len(out) == 0:
			out["Iptc4xmpExt:DigitalSourceType"] = sourceBase + made
		}
	}
	if g := f.Origin.Generator; g != "" && len(out) > 0 && out["Iptc4xmpExt:AISystemUsed"] == "" {
		out["Iptc4xmpExt:AISystemUsed"] = g
	}
	return out
}

func isAI(source string) bool {
	s := strings.ToLower(source)
	return strings.Contains(s, "algorithmicmedia") || strings.Contains(s, "compositesynthetic")
}

// sourceOf is the strongest word of a manifest about AI.
func sourceOf(c *facts.C2PA) string {
	best := ""
	for _, s := range c.Sources {
		if s = s[strings.LastIndexByte(s, '/')+1:]; isAI(s) && (best == "" || s == made) {
			best = s
		}
	}
	return best
}

// spaces are the namespaces of the properties kept.
var spaces = map[string]string{
	"Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
	"TC260":       "http://www.tc260.org.cn/ns/AIGC/1.0/",
}

// Packet writes the labels as an XMP packet; nothing where there are none.
func (l Labels) Packet() []byte {
	if len(l) == 0 {
		return nil
	}
	keys := make([]string, 0, len(l))
	for k := range l {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\"")
	for _, p := range []string{"Iptc4xmpExt", "TC260"} {
		fmt.Fprintf(&b, " xmlns:%s=\"%s\"", p, spaces[p])
	}
	b.WriteByte('>')
	for _, k := range keys {
		fmt.Fprintf(&b, "<%s>", k)
		_ = xml.EscapeText(&b, []byte(l[k])) // a buffer takes everything
		fmt.Fprintf(&b, "</%s>", k)
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.Bytes()
}
