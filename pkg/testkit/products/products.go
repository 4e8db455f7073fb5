// Package products photographs invented products, for tests that set pictures
// side by side: bodies in space, so that another view, another light and another
// ground are what they are for a camera, and not the same drawing moved about.
//
// A body is a signed distance function that rays are marched to (J. Hart, "Sphere
// Tracing", 1996). Everything follows from the seed of the product and from the
// shot: the same two give the same picture on every machine.
//
// It imports nothing of ours.
package products

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
)

// Kinds are the shapes a product may have. Symmetrical ones look the same in the
// mirror, but for what is printed on them.
var Kinds = []string{"bowl", "bottle", "vase", "lamp", "jar", "mug", "carton", "kettle", "cushion", "bag", "headphones", "spool"}

// Product is one invented product.
type Product struct {
	Kind  string
	Seed  uint64
	Body  [3]float64 // colour of the body, linear 0..1
	Trim  [3]float64 // colour of its print and parts
	Print int        // 0 plain, 1 stripes, 2 dots, 3 a label with lines of letters, 4 a woven surface

	proportions [4]float64 // about 1, how this model differs from others of its kind
	phase       float64
}

// New invents a product of a kind; what its seed decides are colours, print and
// proportions.
func New(kind string, seed uint64) Product {
	r := rand.New(rand.NewPCG(seed, 77))
	p := Product{Kind: kind, Seed: seed, Print: r.IntN(5), phase: r.Float64() * 6}
	for i := range p.proportions {
		p.proportions[i] = 0.85 + 0.3*r.Float64()
	}
	hue := r.Float64()
	p.Body = tone(hue, 0.15+0.75*r.Float64(), 0.25+0.6*r.Float64())
	if r.IntN(4) == 0 { // white and black things are many
		g := []float64{0.82, 0.7, 0.06}[r.IntN(3)]
		p.Body = [3]float64{g, g * 0.99, g * 0.97}
	}
	p.Trim = tone(hue+0.3+0.4*r.Float64(), 0.3+0.6*r.Float64(), 0.15+0.6*r.Float64())
	return p
}

// InColour is the same product in another colour: a hue turned by at least a
// fifth of the circle, clearly coloured.
func (p Product) InColour(n int) Product {
	r := rand.New(rand.NewPCG(p.Seed, uint64(1000+n)))
	hue := hueOf(p.Body) + 0.2 + 0.6*r.Float64()
	p.Body = tone(hue, 0.6+0.3*r.Float64(), 0.45+0.3*r.Float64())
	return p
}

// Sibling is another product of the same shape: other proportions and print.
func (p Product) Sibling(n uint64) Product {
	o := New(p.Kind, p.Seed*131+n+1)
	o.Body = p.Body
	return o
}

func tone(h, s, v float64) [3]float64 {
	h = 6 * (h - math.Floor(h))
	f := func(n float64) float64 {
		k := math.Mod(n+h, 6)
		return v * (1 - s*max(0, min(k, 4-k, 1)))
	}
	return [3]float64{f(5), f(3), f(1)}
}

func hueOf(c [3]float64) float64 {
	a := math.Atan2(math.Sqrt(3)*(c[1]-c[2]), 2*c[0]-c[1]-c[2]) / (2 * math.Pi)
	return a - math.Floor(a)
}

// Shot is how a product is photographed.
type Shot struct {
	W, H       int
	Yaw, Pitch float64    // of the camera around the product, radians
	Zoom       float64    // about 1: how much of the frame the product takes
	Dx, Dy     float64    // where its middle lies, in parts of the frame off the middle
	Light      float64    // direction of the lamp around the product, radians
	Hard       float64    // 0 a tent of light, 1 one hard lamp
	Exposure   float64    // about 1
	White      [3]float64 // white balance, about 1 each
	Ground     int        // 0 white, 1 a grey sweep, 2 a wooden table, 3 a cloth, 4 coloured card
	Noise      float64    // of the sensor, in levels
	Seed       uint64     // of ground and noise
}

// Studio is a plain shot to start from.
func Studio(w, h int) Shot {
	return Shot{W: w, H: h, Yaw: 0.3, Pitch: 0.35, Zoom: 1, Light: -0.8, Hard: 0.5, Exposure: 1, White: [3]float64{1, 1, 1}, Noise: 1.5}
}

// Vary is a shot like another one taken at another time: the camera moved by up
// to turn radians, with other light and exposure.
func (s Shot) Vary(r *rand.Rand, turn float64) Shot {
	sym := func(v float64) float64 { return v * (2*r.Float64() - 1) }
	sign := float64(1 - 2*r.IntN(2))
	s.Yaw += sign * turn * (0.6 + 0.4*r.Float64())
	s.Pitch = max(0.05, s.Pitch+sym(turn*0.4))
	s.Zoom *= 1 + sym(0.12)
	s.Dx, s.Dy = sym(0.04), sym(0.04)
	s.Light += sym(1.2)
	s.Hard = min(0.9, max(0.1, s.Hard+sym(0.3)))
	s.Exposure *= 1 + sym(0.12)
	s.White = [3]float64{1 + sym(0.05), 1, 1 + sym(0.05)}
	s.Seed = r.Uint64()
	return s
}

type vec struct{ x, y, z float64 }

func (a vec) add(b vec) vec           { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) mul(k float64) vec       { return vec{a.x * k, a.y * k, a.z * k} }
func (a vec) dot(b vec) float64       { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vec) length() float64         { return math.Sqrt(a.dot(a)) }
func (a vec) unit() vec               { return a.mul(1 / a.length()) }
func (a vec) cross(b vec) vec         { return vec{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x} }
func hypot(x, y float64) float64      { return math.Sqrt(x*x + y*y) }
func clamp(v, lo, hi float64) float64 { return min(hi, max(lo, v)) }

// Photo is a shot taken: the picture, and how much of each pixel is product.
type Photo struct {
	Image *image.NRGBA
	Alpha []uint8 // W·H
}

// Shoot photographs the product.
func (p Product) Shoot(s Shot) Photo {
	cam := newCamera(s)
	out := Photo{Image: image.NewNRGBA(image.Rect(0, 0, s.W, s.H)), Alpha: make([]uint8, s.W*s.H)}
	lamp := vec{math.Sin(s.Light), 1.1, math.Cos(s.Light)}.unit()
	// The lamp moves with the room, not with the camera.
	r := rand.New(rand.NewPCG(s.Seed, 5))
	for y := range s.H {
		for x := range s.W {
			var c [3]float64
			hit, share := p.ray(cam, float64(x)+0.5, float64(y)+0.5)
			behind := ground(s, float64(x)/float64(s.W), float64(y)/float64(s.H))
			if share > 0 {
				c = p.shade(hit, cam, lamp, s.Hard)
			}
			for i := range c {
				c[i] = c[i]*share + behind[i]*(1-share)
			}
			out.Alpha[y*s.W+x] = uint8(255*share + 0.5)
			px := color.NRGBA{A: 255}
			for i, ch := range []*uint8{&px.R, &px.G, &px.B} {
				v := c[i]
				if s.Ground != 0 || share > 0 {
					v *= s.Exposure * s.White[i]
				}
				grain := 0.0
				if s.Ground != 0 || share > 0 {
					grain = r.NormFloat64() * s.Noise
				}
				*ch = uint8(clamp(float64(level(v))+math.Round(grain), 0, 255))
			}
			out.Image.SetNRGBA(x, y, px)
		}
	}
	return out
}

type camera struct {
	at, right, up, ahead vec
	scale, cx, cy        float64
}

func newCamera(s Shot) camera {
	dir := vec{math.Sin(s.Yaw) * math.Cos(s.Pitch), math.Sin(s.Pitch), math.Cos(s.Yaw) * math.Cos(s.Pitch)}
	c := camera{at: dir.mul(5), ahead: dir.mul(-1)}
	c.right = c.ahead.cross(vec{0, 1, 0}).unit()
	c.up = c.right.cross(c.ahead)
	c.scale = 3.9 * s.Zoom * float64(min(s.W, s.H))
	c.cx, c.cy = float64(s.W)*(0.5+s.Dx), float64(s.H)*(0.5+s.Dy)
	return c
}

func (c *camera) direction(x, y float64) vec {
	return c.ahead.add(c.right.mul((x - c.cx) / c.scale)).add(c.up.mul((c.cy - y) / c.scale)).unit()
}

// ray marches to the product; share is how much of the pixel it fills.
func (p Product) ray(c camera, x, y float64) (vec, float64) {
	d := c.direction(x, y)
	// Nothing reaches beyond reach of the middle.
	const reach = 0.8
	b := c.at.dot(d)
	in := b*b - c.at.dot(c.at) + reach*reach
	if in <= 0 {
		return vec{}, 0
	}
	t, nearest, best := -b-math.Sqrt(in), 1.0, vec{}
	far := -b + math.Sqrt(in)
	pixel := 5 / c.scale
	for range 90 {
		at := c.at.add(d.mul(t))
		h := p.distance(at)
		if h < nearest {
			nearest, best = h, at
		}
		if h < 0.0008 {
			return at, 1
		}
		if t += h * 0.9; t > far {
			break
		}
	}
	// The outline fades over one pixel.
	return best, clamp(1-nearest/pixel, 0, 1)
}

func (p Product) normal(at vec) vec {
	const e = 0.0015
	d := p.distance(at)
	return vec{p.distance(vec{at.x + e, at.y, at.z}) - d, p.distance(vec{at.x, at.y + e, at.z}) - d, p.distance(vec{at.x, at.y, at.z + e}) - d}.unit()
}

func (p Product) shade(at vec, c camera, lamp vec, hard float64) [3]float64 {
	n := p.normal(at)
	diffuse := max(0, n.dot(lamp))
	sky := 0.5 + 0.5*n.y
	// What lies near another surface gets less of the sky.
	open := clamp(p.distance(at.add(n.mul(0.12)))/0.12, 0.25, 1)
	half := lamp.add(c.ahead.mul(-1)).unit()
	gloss := math.Pow(max(0, n.dot(half)), 40) * 0.35 * hard
	fill := max(0, n.dot(c.ahead.mul(-1)))
	light := (0.85*hard*diffuse + (1-hard)*(0.35+0.35*sky) + 0.15*fill + 0.12) * (0.5 + 0.5*open)
	albedo := p.surface(at)
	for i := range albedo {
		albedo[i] = albedo[i]*light*1.15 + gloss
	}
	return albedo
}

// level is the sample of a linear value.
func level(v float64) uint8 { return uint8(255*math.Pow(clamp(v, 0, 1), 1/2.2) + 0.5) }
