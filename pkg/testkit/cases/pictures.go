package cases

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"math"
	"math/rand/v2"

	"github.com/disintegration/imaging"
)

// pictureSet says which pictures a case holds: by kind and slot, each a file of
// the sample the drawer was given, or own. Cases share them byte for byte, so
// that a cache of facts answers for them.
type pictureSet []picture

type picture struct {
	kind string // folder
	slot string // sub-folder of a replacement
	file string // name in the case
	from string // file of the sample; "own" for the seller's own listing picture
}

// slotFolders are the folders of the slots, English and Chinese.
func slotFolder(slot string, zh bool) string {
	if !zh {
		return slot
	}
	return map[string]string{"main": "主图", "sku": "SKU图", "marketing_1x1": "营销图1x1", "marketing_3x4": "营销图3x4", "detail": "详情图"}[slot]
}

// picturesOf are the pictures of a clean case.
func picturesOf(ground, violation string) pictureSet {
	set := pictureSet{
		{"replacement", "main", "m1.jpg", "replacement/main/m1.jpg"}, {"replacement", "main", "m2.jpg", "replacement/main/m2.jpg"},
		{"replacement", "sku", "RED.jpg", "replacement/sku/RED.jpg"}, {"replacement", "sku", "BLUE.jpg", "replacement/sku/BLUE.jpg"},
		{"replacement", "marketing_1x1", "k1.jpg", "replacement/marketing_1x1/k1.jpg"}, {"replacement", "marketing_3x4", "k1.jpg", "replacement/marketing_3x4/k1.jpg"},
		{"replacement", "detail", "d1.jpg", "replacement/detail/d1.jpg"},
	}
	violating := picture{"violating", "", "1.jpg", "violating/1.jpg"}
	switch {
	case ground == "misjudged":
		violating.from = "own"
	case ground == "rectified" && (violation == "stolen_image" || violation == "infringement"):
		violating.from = "stranger's" // their photograph, which no replacement may be made of
	}
	set = append(set, violating)
	if ground != "authorized" {
		set = append(set, picture{"source", "", "IMG_2001.JPG", "source/IMG_2001.JPG"}, picture{"source", "", "IMG_2002.JPG", "source/IMG_2002.JPG"},
			picture{"companion", "", "IMG_2003.JPG", "companion/IMG_2003.JPG"}, picture{"companion", "", "IMG_2004.JPG", "companion/IMG_2004.JPG"})
	}
	return set
}

// without leaves out what a test picks.
func (s pictureSet) without(drop func(picture) bool) pictureSet {
	var out pictureSet
	for _, p := range s {
		if !drop(p) {
			out = append(out, p)
		}
	}
	return out
}

// picture is the content of a file of the sample, or one made from it.
func (d *Drawer) picture(from string) ([]byte, error) {
	if b, ok := d.made[from]; ok {
		return b, nil
	}
	b, err := d.make(from)
	if err != nil {
		return nil, err
	}
	d.made[from] = b
	return b, nil
}

func (d *Drawer) make(from string) ([]byte, error) {
	switch from {
	case "own": // cut from the original, as a shop does for its listing
		return d.cropped("source/IMG_2001.JPG", 800, 85)
	case "stranger's":
		return strangers()
	case "small":
		return d.resized("replacement/main/m2.jpg", 640)
	case "tiny blur":
		b, err := d.resized("replacement/main/m2.jpg", 120)
		if err != nil {
			return nil, err
		}
		img, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		return asJPEG(imaging.Resize(img, 1000, 1000, imaging.Linear), 90)
	case "contact":
		return d.marked("replacement/sku/RED.jpg", "微信：mug_8899  电话：13800138000", 120, 940, 42, accent)
	case "watermark":
		return d.marked("replacement/main/m1.jpg", "www.cuphouse.example", 200, 900, 48, gray)
	case "other shop":
		return d.marked("replacement/main/m1.jpg", "AE-9988776655", 300, 950, 40, gray)
	case "library":
		return d.marked("replacement/main/m1.jpg", "shutterstock", 330, 520, 64, color.RGBA{150, 150, 156, 255})
	case "framed":
		return d.framed("replacement/main/m2.jpg")
	case "generated":
		return d.generated("replacement/main/m1.jpg")
	case "scene":
		return d.cropped("source/IMG_2002.JPG", 1000, 88)
	case "screenshot":
		return d.screenshot()
	}
	return fs.ReadFile(d.sample, from)
}

// cropped cuts a square from the middle of a picture.
func (d *Drawer) cropped(from string, side, quality int) ([]byte, error) {
	b, err := fs.ReadFile(d.sample, from)
	if err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	return asJPEG(imaging.Resize(imaging.CropCenter(img, 1400, 1400), side, side, imaging.Box), quality)
}

func (d *Drawer) resized(from string, side int) ([]byte, error) {
	b, err := fs.ReadFile(d.sample, from)
	if err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	return asJPEG(imaging.Resize(img, side, side, imaging.Box), 88)
}

// marked puts words on a picture.
func (d *Drawer) marked(from, text string, x, y int, size float64, c color.RGBA) ([]byte, error) {
	b, err := fs.ReadFile(d.sample, from)
	if err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	s := newScreen(d.fonts, img.Bounds().Dx(), img.Bounds().Dy(), white)
	s.paste(img, 0, 0)
	s.text(x, y, size, c, text)
	if s.err != nil {
		return nil, s.err
	}
	return asJPEG(s.img, 90)
}

// strangers is somebody else's photograph: a striped bowl before a tiled wall.
func strangers() ([]byte, error) {
	const side = 800
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	rng := rand.New(rand.NewPCG(8, 8))
	shade := func(c color.RGBA, f float64) color.RGBA {
		v := func(x uint8) uint8 { return uint8(max(0, min(255, f*float64(x)+rng.NormFloat64()*2))) }
		return color.RGBA{v(c.R), v(c.G), v(c.B), 255}
	}
	for y := range side {
		for x := range side {
			u, v := float64(x)/side, float64(y)/side
			c, f := color.RGBA{126, 158, 150, 255}, 1.1-0.5*u
			switch du, dv := (u-0.52)/0.36, (v-0.5)/0.34; {
			case du*du+dv*dv*16 < 1: // the inside
				c, f = color.RGBA{236, 222, 190, 255}, 0.75+0.3*du
			case dv > 0 && du*du+dv*dv < 1: // the body
				c, f = color.RGBA{44, 92, 128, 255}, 1.25-0.55*du*du-0.3*du
				if int(dv*9)%2 == 1 {
					c = color.RGBA{228, 168, 60, 255}
				}
			case v > 0.72: // the cloth
				c, f = color.RGBA{176, 120, 104, 255}, 1.05-0.3*v+0.08*math.Sin(90*u+20*v)
			case x%100 < 4 || y%100 < 4: // between the tiles
				c = color.RGBA{210, 214, 208, 255}
			}
			img.SetRGBA(x, y, shade(c, f))
		}
	}
	return asJPEG(img, 86)
}

// framed draws a border around a picture.
func (d *Drawer) framed(from string) ([]byte, error) {
	b, err := fs.ReadFile(d.sample, from)
	if err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	s := newScreen(d.fonts, w, h, color.RGBA{200, 16, 46, 255})
	s.paste(imaging.Crop(img, image.Rect(20, 20, w-20, h-20)), 20, 20)
	return asJPEG(s.img, 90)
}

// generated says of a picture what generators write beside it: a packet of XMP
// with the IPTC's source type.
func (d *Drawer) generated(from string) ([]byte, error) {
	b, err := fs.ReadFile(d.sample, from)
	if err != nil {
		return nil, err
	}
	packet := "http://ns.adobe.com/xap/1.0/\x00" + `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmp:CreatorTool="Midjourney v6" ` +
		`Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
	n := len(packet) + 2
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1, byte(n >> 8), byte(n)}, packet...)
	return append(out, b[2:]...), nil
}

// screenshot is a phone's screen that shows the photo, in place of the photo.
func (d *Drawer) screenshot() ([]byte, error) {
	b, err := d.cropped("source/IMG_2001.JPG", 828, 90)
	if err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	s := newScreen(d.fonts, 1170, 2532, color.RGBA{0, 0, 0, 255})
	s.paste(imaging.Resize(img, 1170, 1170, imaging.Linear), 0, 680)
	s.text(110, 100, 46, white, "10:15")
	s.text(940, 100, 40, white, "5G 81%")
	s.text(60, 230, 48, white, "完成")
	for i, t := range []string{"分享", "收藏", "编辑", "删除"} {
		s.text(120+260*i, 2390, 44, white, t)
	}
	if s.err != nil {
		return nil, s.err
	}
	return asPNG(s.img)
}
