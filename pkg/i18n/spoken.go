package i18n

// Spoken are what facts, places and wants are called where a report speaks to people:
// no names of facts, no coordinates, no signs of the language of rules.
type Spoken struct {
	// Names of facts whose values a person understands.
	ShortSide, LongSide, Width, Height, Aspect, Size, Fill, TextShare, Pages, Length string
	Taken, Make, Model, Starts, Ends, Signed, LogFirst, LogLast                      string

	AtLeast, MoreThan, AtMost, LessThan, NotBefore, NotAfter string // {x}: what was wanted

	// Where in a picture.
	TopLeft, Top, TopRight, Left, Middle, Right, BottomLeft, Bottom, BottomRight string
	TopEdge, BottomEdge                                                          string // across all of it

	// What was done to a picture that is another one all the same.
	Same, Resized, Cropped, Bordered, Mirrored, Retouched string

	With string // {other}: the file that another was compared with
	See  string // {other}: the file to look at

	Pictures, Files string // {n} of one fault
	MoreOf          string // {n} files more of one fault
}

func spokenZH() Spoken {
	return Spoken{
		ShortSide: "短边", LongSide: "长边", Width: "宽", Height: "高", Aspect: "宽高比（宽÷高）", Size: "文件大小", Fill: "商品占画面", TextShare: "文字占画面", Pages: "页数", Length: "字数",
		Taken: "拍摄时间", Make: "相机品牌", Model: "相机型号", Starts: "有效期从", Ends: "有效期到", Signed: "签署日期", LogFirst: "日志最早一天", LogLast: "日志最晚一天",

		AtLeast: "至少 {x}", MoreThan: "超过 {x}", AtMost: "最多 {x}", LessThan: "小于 {x}", NotBefore: "不早于 {x}", NotAfter: "不晚于 {x}",

		TopLeft: "在左上角", Top: "在上方", TopRight: "在右上角", Left: "在左侧", Middle: "在中间", Right: "在右侧", BottomLeft: "在左下角", Bottom: "在下方", BottomRight: "在右下角",
		TopEdge: "在最上边，横贯图片", BottomEdge: "在最下边，横贯图片",

		Same: "同一张", Resized: "只改了尺寸", Cropped: "只是裁剪过", Bordered: "只是加了边", Mirrored: "只是左右翻转", Retouched: "只是修过图",

		With: "和 {other} 相同或相近",
		See:  "文件 {other}",

		Pictures: "{n} 张图片", Files: "{n} 个文件",
		MoreOf: "另有 {n} 个文件（--verbose 全部列出）",
	}
}

func spokenEN() Spoken {
	return Spoken{
		ShortSide: "shorter side", LongSide: "longer side", Width: "width", Height: "height", Aspect: "width to height", Size: "file size", Fill: "the product takes", TextShare: "words cover", Pages: "pages", Length: "characters",
		Taken: "taken", Make: "camera make", Model: "camera model", Starts: "valid from", Ends: "valid until", Signed: "signed", LogFirst: "first day in the log", LogLast: "last day in the log",

		AtLeast: "at least {x}", MoreThan: "more than {x}", AtMost: "at most {x}", LessThan: "less than {x}", NotBefore: "{x} or later", NotAfter: "{x} or earlier",

		TopLeft: "top left", Top: "at the top", TopRight: "top right", Left: "on the left", Middle: "in the middle", Right: "on the right", BottomLeft: "bottom left", Bottom: "at the bottom", BottomRight: "bottom right",
		TopEdge: "across the top edge", BottomEdge: "across the bottom edge",

		Same: "the same picture", Resized: "only resized", Cropped: "only cropped", Bordered: "only with a border added", Mirrored: "only mirrored", Retouched: "only retouched",

		With: "the same as {other}, or close to it",
		See:  "file {other}",

		Pictures: "{n} picture|{n} pictures", Files: "{n} file|{n} files",
		MoreOf: "{n} file more (--verbose lists all)|{n} files more (--verbose lists all)",
	}
}
