// Package fix mends what of a replacement picture can be mended by a program: its
// format, size, proportions, colours, frame, off-white background and private
// metadata. It plans by what the rules found (a rule of rules.yaml names its mend)
// and makes a copy; the seller's file is never touched. What needs a designer or a
// lawyer (foreign marks, contact details, screenshots) it leaves alone.
//
// It may import pkg/extract/file/container, pkg/extract/file/window, pkg/facts,
// pkg/fix/keep, pkg/fix/retouch, pkg/fix/srgb,
// pkg/lang and pkg/raster.
package fix

import (
	"slices"

	"github.com/aecheck/aecheck/pkg/lang"
)

// Safety says what a mend does to a picture.
type Safety string

// The kinds of mend, safest first.
const (
	// Safe leaves what is seen as it is.
	Safe Safety = "safe"
	// Pixels changes pixels in a way that is fixed beforehand.
	Pixels Safety = "changes_pixels"
	// Eye takes something for background, frame or enough; look at the result.
	Eye Safety = "needs_your_eye"
)

// Mend is one thing that can be done to a picture.
type Mend struct {
	Name   string // what rules.yaml calls it
	Safety Safety
	Does   lang.Text
}

// Names of mends, as in rules.yaml and in the log.
const (
	Still    = "still"
	Upright  = "upright"
	SRGB     = "srgb"
	Flatten  = "flatten"
	Unframe  = "unframe"
	Whiten   = "whiten"
	Crop     = "crop"
	Aspect   = "aspect"
	Resize   = "resize"
	Enlarge  = "enlarge"
	Mark     = "watermark"
	AILabel  = "ai_label"
	Format   = "format"
	Compress = "compress"
	Metadata = "metadata"
	Rename   = "rename"
)

// Mends lists every mend in the order in which they are done.
func Mends() []Mend {
	return []Mend{
		{Still, Eye, lang.T("取动图的第一帧", "keep the first picture of an animation")},
		{Upright, Safe, lang.T("把图片转正，去掉旋转标记", "turn the pixels upright and drop the orientation flag")},
		{SRGB, Pixels, lang.T("按文件自带的色彩配置转成 sRGB", "convert from the file's own colour profile to sRGB")},
		{Flatten, Pixels, lang.T("透明部分铺上白底", "put transparent parts on white")},
		{Unframe, Eye, lang.T("裁掉边框", "cut the frame off")},
		{Whiten, Eye, lang.T("把接近白色的背景提到纯白（商品不动）", "lift the off-white background to white, leaving the product alone")},
		{Crop, Eye, lang.T("裁掉多余的空白，让商品更大", "crop empty space so that the product takes more of the frame")},
		{Aspect, Pixels, lang.T("补边或裁剪到图位要求的比例", "pad or crop to the proportions of the slot")},
		{Resize, Pixels, lang.T("缩小尺寸", "reduce the size in pixels")},
		{Enlarge, Eye, lang.T("放大到最小尺寸（细节不会变多）", "enlarge to the least size (no detail is gained)")},
		{Mark, Pixels, lang.T("加上本店水印", "write the shop's mark")},
		{AILabel, Pixels, lang.T("加上 “AI Generated” 标识", "write \"AI Generated\" into a corner")},
		{Format, Safe, lang.T("另存为 JPG 或 PNG", "save as JPG or PNG")},
		{Compress, Pixels, lang.T("用放得下的最高质量重新压缩", "compress again at the best quality that fits")},
		{Metadata, Safe, lang.T("去掉隐私元数据（AI 标识保留）", "drop private metadata (AI labels stay)")},
		{Rename, Safe, lang.T("换一个文件名", "give it another file name")},
	}
}

// ByName returns a mend.
func ByName(name string) (Mend, bool) {
	all := Mends()
	i := slices.IndexFunc(all, func(m Mend) bool { return m.Name == name })
	if i < 0 {
		return Mend{}, false
	}
	return all[i], true
}

// order is a mend's place in Mends.
func order(name string) int {
	return slices.IndexFunc(Mends(), func(m Mend) bool { return m.Name == name })
}
