package raster

import (
	"context"
	"math/bits"
)

// progressiveScan decodes one scan of a progressive picture (T.81 annex G).
// Of each block only the coefficients the result needs are kept, and of the
// others whether they are zero: that is all refining their bits depends on.
func (d *jpegDecoder) progressiveScan(ctx context.Context, s *jpegScan) string {
	for _, c := range s.comp {
		if c.coeff == nil {
			n := d.mcusWide * c.h * d.mcusHigh * c.v
			c.coeff, c.some = make([]int16, n*(c.last+1)), make([]uint64, n)
		}
	}
	wide, high, alone := d.grid(s)
	left, expected := d.interval, byte(0)
	for my := range high {
		if ctx.Err() != nil {
			return "cancelled"
		}
		for mx := range wide {
			if d.interval > 0 && left == 0 {
				if why := d.nextInterval(s, &expected); why != "" {
					return why
				}
				left = d.interval
			}
			left--
			for _, c := range s.comp {
				h, v := c.h, c.v
				if alone {
					h, v = 1, 1
				}
				for by := range v {
					for bx := range h {
						if !d.progressiveBlock(c, s, (my*v+by)*d.mcusWide*c.h+mx*h+bx) {
							return "a code that does not exist"
						}
					}
				}
			}
			if d.bits.overrun() {
				return "they end too early"
			}
		}
	}
	return ""
}

// progressiveBlock decodes what a scan has of block number at.
func (d *jpegDecoder) progressiveBlock(c *jpegComponent, s *jpegScan, at int) bool {
	coeff := c.coeff[at*(c.last+1) : (at+1)*(c.last+1)]
	switch {
	case s.from == 0 && s.high == 0:
		if !d.mean(c) {
			return false
		}
		coeff[0] = int16(c.pred << s.low)
		return true
	case s.from == 0:
		coeff[0] |= int16(d.bits.take(1) << s.low)
		return true
	case s.high == 0:
		return d.firstAC(c, s, coeff, &c.some[at])
	}
	return d.refineAC(c, s, coeff, &c.some[at])
}

// endOfBand takes the length of a run of blocks without further coefficients,
// this one included (T.81 G.1.2.2).
func (d *jpegDecoder) endOfBand(run int) {
	d.eobRun = 1 << run
	if run > 0 {
		d.eobRun += int(d.bits.take(uint(run)))
	}
}

// firstAC decodes the upper bits of a band of coefficients.
func (d *jpegDecoder) firstAC(c *jpegComponent, s *jpegScan, coeff []int16, some *uint64) bool {
	if d.eobRun > 0 {
		d.eobRun--
		return true
	}
	r := &d.bits
	for k := s.from; k <= s.to; k++ {
		if r.n < 32 {
			r.fill()
		}
		e := c.ac.look(r.acc)
		if e == 0 {
			return false
		}
		r.drop(e.length())
		size, run := e.size(), e.run()
		if size == 0 {
			if run < 15 {
				d.endOfBand(run)
				d.eobRun--
				return true
			}
			k += 15
			continue
		}
		if k += run; k > s.to {
			return false
		}
		v := r.value(size)
		if k < len(coeff) {
			coeff[k] = int16(v << s.low)
		}
		*some |= 1 << k
	}
	return true
}

// refineAC adds a bit to a band of coefficients (T.81 G.1.2.3): to those that
// are not zero as they are passed, and the others' first bits by run lengths.
func (d *jpegDecoder) refineAC(c *jpegComponent, s *jpegScan, coeff []int16, some *uint64) bool {
	r := &d.bits
	band := uint64(1)<<(s.to+1) - 1<<s.from
	if d.eobRun == 0 {
		for band != 0 {
			if r.n < 32 {
				r.fill()
			}
			e := c.ac.look(r.acc)
			if e == 0 || e.size() > 1 {
				return false
			}
			r.drop(e.length())
			size, run := e.size(), e.run()
			if size == 0 && run < 15 {
				d.endOfBand(run)
				break
			}
			negative := size == 1 && r.take(1) == 0
			zeros := band &^ *some
			for range run {
				zeros &= zeros - 1
			}
			if zeros == 0 { // the run leads out of the band
				if size > 0 {
					return false
				}
				d.refine(coeff, *some&band, s.low)
				return true
			}
			k := bits.TrailingZeros64(zeros)
			passed := uint64(1)<<k - 1
			d.refine(coeff, *some&band&passed, s.low)
			if size > 0 {
				if k < len(coeff) {
					coeff[k] = 1 << s.low
					if negative {
						coeff[k] = -1 << s.low
					}
				}
				*some |= 1 << k
			}
			band &^= passed | 1<<k
		}
	}
	if d.eobRun > 0 {
		d.refine(coeff, *some&band, s.low)
		d.eobRun--
	}
	return true
}

// refine takes a bit for each of the coefficients which names, and adds it to
// those that are kept.
func (d *jpegDecoder) refine(coeff []int16, which uint64, low int) {
	kept := which & (1<<len(coeff) - 1)
	for which &^= kept; kept != 0; kept &= kept - 1 {
		if d.bits.take(1) == 0 {
			continue
		}
		if p := &coeff[bits.TrailingZeros64(kept)]; *p > 0 {
			*p += 1 << low
		} else {
			*p -= 1 << low
		}
	}
	for n := bits.OnesCount64(which); n > 0; n -= 32 {
		d.bits.take(uint(min(n, 32)))
	}
}
