package raster

import "github.com/aecheck/aecheck/pkg/lang"

// Text says the error.
func (e *Error) Text() lang.Text { return say(e.Format, e.Problem, e.Why) }

// Text says the error.
func (e *PartialError) Text() lang.Text { return say(e.Format, e.Problem, e.Why) }

func say(format string, p Problem, why string) lang.Text {
	out := lang.T("{format} 图片内容已损坏", "{format} picture is damaged: {why}")
	switch p {
	case TooLarge:
		out = lang.T("{format} 图片尺寸过大，没有解码；请缩小尺寸或另存为 JPG，再检查一次", "{format} picture is too large: {why}. Save it smaller, or as JPG, and check again")
	case Unsupported:
		out = lang.T("{format} 图片的编码方式不受支持", "{format} picture is of an unsupported kind: {why}")
	case Truncated:
		out = lang.T("{format} 图片不完整，后面的内容缺失", "{format} picture is cut short: {why}")
	}
	out.Values = []any{"format", format, "why", why}
	return out
}
