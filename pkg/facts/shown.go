package facts

// Shown is what a picture shows, as numbers that a network trained on
// photographs of a thousand kinds of things gives for it. Only how alike two
// pictures' numbers are means anything.
type Shown struct {
	Alone bool     `json:"alone" en:"one thing on a plain ground and nothing else" zh:"纯色背景上只有一件物品"`
	Views []string `json:"views" en:"the numbers, signed bytes in base64: of the whole picture (of the thing, where it is alone), then of parts of it" zh:"这些数值，带符号字节的 base64：先是整张图（只有一件物品时为该物品），再是图中各部分"`
}
