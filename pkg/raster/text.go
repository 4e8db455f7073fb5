package raster

// Text says the error in a language, "zh" or any other for English.
func (e *Error) Text(lang string) string {
	if lang == "zh" {
		return e.Format + " 图片" + phraseZH(e.Problem)
	}
	return e.Error()
}

// Text says the error in a language, "zh" or any other for English.
func (e *PartialError) Text(lang string) string {
	if lang == "zh" {
		return e.Format + " 图片" + phraseZH(e.Problem)
	}
	return e.Error()
}

func phraseZH(p Problem) string {
	switch p {
	case TooLarge:
		return "尺寸过大，没有解码"
	case Unsupported:
		return "的编码方式不受支持"
	case Truncated:
		return "不完整，后面的内容缺失"
	}
	return "内容已损坏"
}
