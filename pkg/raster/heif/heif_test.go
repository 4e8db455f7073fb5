package heif

import (
	"bytes"
	"encoding/binary"
	"testing"
)

func box(kind string, body ...[]byte) []byte {
	b := bytes.Join(body, nil)
	head := binary.BigEndian.AppendUint32(nil, uint32(8+len(b)))
	return append(append(head, kind...), b...)
}

// container builds a file whose primary item 1 has an ispe of w×h and the given
// further properties; item 2 is larger.
func container(w, h uint32, more ...[]byte) []byte {
	ispe := func(w, h uint32) []byte {
		return box("ispe", make([]byte, 4), binary.BigEndian.AppendUint32(nil, w), binary.BigEndian.AppendUint32(nil, h))
	}
	props := append([][]byte{ispe(9000, 9000), ispe(w, h)}, more...)
	assoc := []byte{0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 1, 1, 0, 1, byte(1 + len(more)), 2}
	for i := range more {
		assoc = append(assoc, byte(3+i))
	}
	return append(box("ftyp", []byte("heic\x00\x00\x00\x00")), box("meta", make([]byte, 4),
		box("pitm", []byte{0, 0, 0, 0, 0, 1}),
		box("iprp", box("ipco", props...), box("ipma", assoc)))...)
}

func TestReadTakesThePrimaryItem(t *testing.T) {
	for _, c := range []struct {
		more []([]byte)
		want int
	}{
		{nil, 1},
		{[][]byte{box("irot", []byte{3})}, 6},
		{[][]byte{box("irot", []byte{1})}, 8},
		{[][]byte{box("imir", []byte{1})}, 2},
		{[][]byte{box("irot", []byte{2}), box("imir", []byte{0})}, 2},
	} {
		data := container(640, 480, c.more...)
		p, err := Read(bytes.NewReader(data), int64(len(data)))
		if err != nil || p.Width != 640 || p.Height != 480 || p.Orientation != c.want {
			t.Errorf("%+v, %v; want orientation %d", p, err, c.want)
		}
	}
}

func TestReadTellsTheCoding(t *testing.T) {
	infe := func(item uint16, coding string) []byte {
		return box("infe", []byte{2, 0, 0, 0}, binary.BigEndian.AppendUint16(nil, item), []byte{0, 0}, []byte(coding), []byte{0})
	}
	for coding, want := range map[string]bool{"hvc1": true, "grid": true, "unci": false, "j2k1": false} {
		data := container(8, 8)
		meta := bytes.Index(data, []byte("meta"))
		iinf := box("iinf", []byte{0, 0, 0, 0, 0, 2}, infe(2, "mime"), infe(1, coding))
		body := append(bytes.Clone(data[meta+4:]), iinf...)
		data = append(data[:meta-4], box("meta", body)...)
		p, err := Read(bytes.NewReader(data), int64(len(data)))
		if err != nil || p.Coding != coding || p.Decodable() != want {
			t.Errorf("%s: %+v, %v", coding, p, err)
		}
	}
}

func TestReadRefusesBrokenBoxes(t *testing.T) {
	whole := container(640, 480)
	for n := range len(whole) {
		if p, err := Read(bytes.NewReader(whole[:n]), int64(n)); err == nil {
			t.Errorf("cut to %d bytes: %+v", n, p)
		}
	}
}

// FuzzRead: whatever the boxes, an answer and a sane one.
func FuzzRead(f *testing.F) {
	f.Add(container(640, 480))
	f.Add(container(1, 1, box("irot", []byte{3}), box("imir", []byte{0})))
	f.Add([]byte("\x00\x00\x00\x01ftyp\x00\x00\x00\x00\x00\x00\x00\x10"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read(bytes.NewReader(data), int64(len(data)))
		if err == nil && (p.Width <= 0 || p.Height <= 0 || p.Orientation < 1 || p.Orientation > 8) {
			t.Fatalf("%+v", p)
		}
	})
}
