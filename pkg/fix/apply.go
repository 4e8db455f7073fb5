package fix

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/aecheck/aecheck/pkg/extract/file/container"
	"github.com/aecheck/aecheck/pkg/extract/file/window"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/fix/keep"
	"github.com/aecheck/aecheck/pkg/fix/retouch"
	"github.com/aecheck/aecheck/pkg/fix/srgb"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/raster"
)

// Options of making copies.
type Options struct {
	Limits
	// Upscale allows what enlarges a picture.
	Upscale bool
	// Store is the shop's ID that a mark is written with.
	Store string
}

// Step is a mend that was done, or was not.
type Step struct {
	Wanted
	Safety Safety
	// Did says what was done, in figures; Refused why nothing was.
	Did     lang.Text
	Refused lang.Text
}

// Done reports whether the mend was done.
func (s *Step) Done() bool { return s.Refused.IsZero() }

// Result is a copy.
type Result struct {
	Out           string // below the output folder, as Job.Out with the extension that fits
	Data          []byte // nil where no mend could be done
	Bytes         int64
	Format        string
	Width, Height int
	Quality       int // of a JPEG, 0 where it was not compressed again
	Steps         []Step
	// Likeness is how much of the picture kept is seen in the copy, as structural
	// similarity (Wang et al. 2004) of the luma, -1..1; 1 where no pixel changed.
	Likeness float64
	// Labelled: AI labels of the file are in the copy. Credentials: the file's
	// Content Credentials (C2PA) are not, as they hold for its bytes alone.
	Labelled, Credentials bool
}

// Memory estimates what making the copy takes, in bytes: the decoded picture twice
// over while it changes hands, its luma, and what a padded or enlarged one needs more.
func (j *Job) Memory() int64 {
	if j.untouched() {
		return 3 * j.Facts.File.Bytes
	}
	const perPixel = 12
	return perPixel*int64(j.Facts.Image.Width)*int64(j.Facts.Image.Height) + j.Facts.File.Bytes
}

// maxSource bounds a file that is read whole.
const maxSource = 256 << 20

// ErrTooLarge says that a file is larger than what is read whole.
var ErrTooLarge = errors.New("the file is larger than what is mended")

// Apply makes the copy of one file. The error says why nothing could be made: the
// picture cannot be decoded, or is too large.
func Apply(ctx context.Context, r io.ReaderAt, size int64, j Job, o Options) (res *Result, err error) {
	// Libraries that read profiles and pictures index by numbers of the file.
	defer func() {
		if p := recover(); p != nil {
			res, err = nil, fmt.Errorf("the picture cannot be mended: %v", p)
		}
	}()
	if size > maxSource {
		return nil, ErrTooLarge
	}
	labels := keep.LabelsOf(j.Facts)
	res = &Result{Out: j.Out, Format: j.Facts.File.Format, Labelled: len(labels) > 0, Credentials: j.Facts.Meta.C2PA.Present}
	if j.untouched() {
		if ok, err := res.clean(r, size, j, labels.Packet()); ok || err != nil {
			return res, err
		}
	}
	w := &work{job: j, o: o, res: res}
	if err := w.open(ctx, r, size); err != nil {
		return nil, err
	}
	w.mend()
	if !slices.ContainsFunc(res.Steps, func(s Step) bool { return s.Done() }) {
		return res, nil
	}
	return res, w.finish(labels.Packet())
}

// clean takes the metadata out of a file without touching its pixels; false where its
// format cannot be taken apart.
func (res *Result) clean(r io.ReaderAt, size int64, j Job, packet []byte) (bool, error) {
	strip := map[string]func(data, packet []byte) ([]byte, error){"jpeg": keep.JPEG, "png": keep.PNG}[j.Facts.File.Format]
	if strip == nil {
		return false, nil
	}
	data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil {
		return false, fmt.Errorf("reading the file: %w", err)
	}
	out, err := strip(data, packet)
	if err != nil {
		return false, nil
	}
	res.Data, res.Bytes, res.Likeness = out, int64(len(out)), 1
	res.Width, res.Height = j.Facts.Image.Width, j.Facts.Image.Height
	res.Out = withExtension(res.Out, res.Format)
	for _, m := range j.Mends {
		did := lang.T("像素未动", "no pixel changed")
		if m.Name == Rename {
			did = newName(res.Out)
		}
		res.Steps = append(res.Steps, Step{Wanted: m, Safety: Safe, Did: did})
	}
	return true, nil
}

func newName(out string) lang.Text {
	return lang.T("新文件名 {name}", "now {name}", "name", path.Base(out))
}

func withExtension(name, format string) string {
	ext := ".jpg"
	if format == "png" {
		ext = ".png"
	}
	return strings.TrimSuffix(name, path.Ext(name)) + ext
}

// work is one picture being mended.
type work struct {
	job Job
	o   Options
	res *Result
	m   *image.NRGBA
	// before is the luma of the upright picture in sRGB as it was decoded, which the
	// copy is held against.
	before *raster.Gray
	view   image.Rectangle // of m, that shows the old picture
	from   image.Rectangle // of the old picture, that is shown there
	// facts are those of this stage; full is the size they are of, and the whole of it
	// was shown by m, at stage, when the stage began.
	facts  *facts.Set
	full   image.Point
	stage  image.Rectangle // where m of the beginning of the stage lies in m, which may reach beyond
	back   color.NRGBA     // what is padded with
	plain  bool
	colour Step
	// converted: the colours are others than the file's, or could not be told.
	converted bool
}

// open decodes the picture upright on white and in sRGB.
func (w *work) open(ctx context.Context, r io.ReaderAt, size int64) error {
	f := w.job.Facts
	head := make([]byte, min(size, 1<<20))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("reading the file: %w", err)
	}
	box := container.Read(f.File.Format, window.New(head[:n], size, r))
	w.colour = Step{Wanted: Wanted{Name: SRGB}, Safety: Pixels}
	if f.Image.ColorModel == "cmyk" && f.File.Format == "jpeg" {
		if err := w.openCMYK(r, size, box.ICC); err != nil {
			return err
		}
	} else {
		p, err := raster.Decode(ctx, r, size, raster.Options{Format: f.File.Format, Orientation: f.Image.Orientation, Detail: w.detail()})
		var partial *raster.PartialError
		if err != nil && !errors.As(err, &partial) {
			return err
		}
		if partial != nil {
			return partial // a grey lower half is no replacement
		}
		w.m = p.Image()
		w.toSRGB(box.ICC)
	}
	w.view, w.from = w.m.Rect, w.m.Rect
	w.before = luma(w.m)
	w.begin(f)
	return nil
}

// begin starts a stage by the facts of what m shows now.
func (w *work) begin(f *facts.Set) {
	w.facts, w.stage = f, w.m.Rect
	w.full = image.Pt(max(1, f.Image.Width), max(1, f.Image.Height))
	w.back, w.plain = ground(f)
}

// detail is how large a picture is decoded: one that will be reduced at twice its
// later size.
func (w *work) detail() int {
	long := w.job.Facts.Image.LongSide
	if w.o.MaxSide > 0 && long > 2*w.o.MaxSide {
		return 2 * w.o.MaxSide
	}
	return raster.FullDetail
}

// maxCMYK bounds the pixels of a CMYK picture: it is decoded twice over, by the
// standard library.
const maxCMYK = 60_000_000

func (w *work) openCMYK(r io.ReaderAt, size int64, profile []byte) error {
	head, err := jpeg.DecodeConfig(io.NewSectionReader(r, 0, size))
	if err != nil {
		return fmt.Errorf("the picture cannot be decoded: %w", err)
	}
	if head.Width*head.Height > maxCMYK {
		return ErrTooLarge
	}
	img, err := jpeg.Decode(io.NewSectionReader(r, 0, size))
	if err != nil {
		return fmt.Errorf("the picture cannot be decoded: %w", err)
	}
	inks, ok := img.(*image.CMYK)
	if !ok {
		return fmt.Errorf("the picture is not in CMYK, as its header says")
	}
	var t *srgb.Transform
	if len(profile) > 0 {
		t, _ = srgb.New(profile, 4) // one that cannot be used is as none, and told
	}
	name := container.ProfileName(profile)
	w.converted = true
	w.colour.Did = lang.T("CMYK（{name}）→ sRGB", "CMYK ({name}) to sRGB", "name", name)
	if t == nil {
		w.colour.Safety = Eye
		w.colour.Did = lang.T("CMYK → sRGB；文件没有可用的色彩配置，颜色只是近似，请看一眼", "CMYK to sRGB; the file has no profile that could be used, so the colours are near ones: have a look")
	}
	if w.m, err = t.CMYK(inks); err != nil {
		return err
	}
	w.m = retouch.Upright(w.m, w.job.Facts.Image.Orientation)
	return nil
}

// toSRGB converts from the file's profile.
func (w *work) toSRGB(profile []byte) {
	if len(profile) == 0 {
		w.colour.Did = lang.T("没有写色彩配置，按 sRGB 处理", "it names no profile and is taken for sRGB")
		return
	}
	channels := 3
	if len(profile) > 20 && string(profile[16:20]) == "GRAY" {
		channels = 1
	}
	t, err := srgb.New(profile, channels)
	if err == nil && t != nil {
		err = t.RGB(w.m)
	}
	name := container.ProfileName(profile)
	w.converted = err != nil || t != nil
	switch {
	case err != nil:
		w.colour.Refused = lang.T("色彩配置读不了（{why}），按 sRGB 处理，颜色可能有偏差", "the colour profile cannot be used ({why}); taken for sRGB, colours may differ", "why", err.Error())
	case t == nil:
		w.colour.Did = lang.T("已是 sRGB", "it is sRGB already")
	default:
		w.colour.Did = lang.T("{name} → sRGB", "{name} to sRGB", "name", name)
	}
}

// ground is the colour a picture is padded with, and whether it has one.
func ground(f *facts.Set) (color.NRGBA, bool) {
	switch f.Background.Kind {
	case "white", "near_white":
		return color.NRGBA{255, 255, 255, 255}, true
	case "uniform":
		if c, ok := hex(f.Background.Color); ok {
			return color.NRGBA{c[0], c[1], c[2], 255}, true
		}
	}
	return color.NRGBA{255, 255, 255, 255}, f.Image.HasAlpha
}

// hex reads #rrggbb.
func hex(s string) (c [3]uint8, ok bool) {
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 {
		return c, false
	}
	return [3]uint8{uint8(v >> 16), uint8(v >> 8), uint8(v)}, true
}

// mend does what is wanted, and what that makes necessary.
func (w *work) mend() {
	does := map[string]func(*Step){
		Unframe: w.unframe, Whiten: w.whiten, Crop: w.crop, Aspect: w.aspect, Resize: w.resize, Enlarge: w.enlarge,
		Mark: w.mark, AILabel: w.label,
	}
	do := func(m Wanted) {
		kind, _ := ByName(m.Name)
		s := Step{Wanted: m, Safety: kind.Safety}
		switch {
		case m.Name == SRGB:
			w.colour.Wanted, s = m, w.colour
		case does[m.Name] != nil:
			does[m.Name](&s)
		}
		w.res.Steps = append(w.res.Steps, s)
	}
	for _, m := range w.job.Mends {
		do(m)
	}
	w.follow()
	for _, s := range w.job.Then {
		w.begin(s.Facts)
		for _, m := range s.Mends {
			do(m)
		}
	}
	slices.SortStableFunc(w.res.Steps, func(x, y Step) int { return order(x.Name) - order(y.Name) })
}

// follow tells of what writing bytes anew makes necessary: they have no profile.
func (w *work) follow() {
	if !w.job.wants(SRGB) && w.converted {
		w.res.Steps = append(w.res.Steps, w.colour)
	}
}

// mainTall is the tallest a main picture may be, height to width, before the rounding
// that rules.yaml allows.
const mainTall = 1.3

// aim are the proportions a picture is brought to: those of the slot without what is
// allowed for rounding.
func (w *work) aim() retouch.Aspect {
	a := w.wantedAspect()
	if w.job.Slot == facts.SlotMain {
		a.Min, a.Max = max(a.Min, 1/mainTall), min(a.Max, 1)
	}
	return a
}

// wantedAspect are the proportions of the slot; none where it has none.
func (w *work) wantedAspect() retouch.Aspect {
	switch w.job.Slot {
	case facts.SlotMain:
		return retouch.Aspect{Min: w.o.AspectMin, Max: w.o.AspectMax}
	case "marketing_1x1":
		return retouch.Aspect{Min: 1, Max: 1}
	case "marketing_3x4":
		return retouch.Aspect{Min: 0.75, Max: 0.75}
	}
	return retouch.Aspect{}
}
