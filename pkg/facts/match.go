package facts

// Match is what it takes to compare a picture with others: a small copy of its
// luma, and a smaller one in colour.
type Match struct {
	JPEG       []byte `json:"jpeg" en:"the copy, a grey JPEG (base64 in JSON)" zh:"缩小的副本，灰度 JPEG（JSON 中为 base64）"`
	Colour     []byte `json:"colour" en:"a smaller copy in colour, a JPEG (base64 in JSON)" zh:"更小的彩色副本，JPEG（JSON 中为 base64）"`
	FullWidth  int    `json:"full_width" unit:"px" en:"width of the upright picture" zh:"摆正后图片的宽度"`
	FullHeight int    `json:"full_height" unit:"px" en:"height of the upright picture" zh:"摆正后图片的高度"`
}
