package facts

// Background judges the background; alpha is judged flattened on white.
type Background struct {
	Kind           string  `json:"kind" privacy:"public" en:"white, near_white, uniform, shaded (one colour, the light falls off) or other" zh:"white（纯白）、near_white（接近白）、uniform（单色）、shaded（单色而明暗渐变）或 other（其他）"`
	RingWhiteShare float64 `json:"ring_white_share" en:"share of the background in the border ring whose every channel is ≥ 250" zh:"四周一圈的背景中，各通道都 ≥ 250 的比例" unit:"0..1"`
	WhiteShare     float64 `json:"white_share" en:"share of the whole picture whose every channel is ≥ 250" zh:"整张图片中，各通道都 ≥ 250 的比例" unit:"0..1"`
	Color          string  `json:"color" privacy:"public" en:"median colour of the background as #rrggbb" zh:"背景颜色的中位数，#rrggbb"`
	Deviation      float64 `json:"deviation" en:"standard deviation of the background's colour" zh:"背景颜色的标准差" unit:"0..255"`
	Spot           Box     `json:"spot" en:"where the background departs most from what is wanted" zh:"背景与要求相差最大的位置" unit:"px"`
}

// Border is a band of one colour along the edges.
type Border struct {
	Present bool   `json:"present" en:"a border was drawn around the picture" zh:"图片四周画了边框"`
	Sides   string `json:"sides" privacy:"public" en:"which sides: letters of t r b l" zh:"哪几边有：t r b l 中的字母"`
	Color   string `json:"color" privacy:"public" en:"its colour as #rrggbb" zh:"边框的颜色，#rrggbb"`
	Width   int    `json:"width" en:"its width" zh:"边框的宽度" unit:"px"`
}

// Frame is about how the subject sits in the picture.
type Frame struct {
	Border      Border  `json:"border" en:"a drawn border" zh:"画上去的边框"`
	Fill        float64 `json:"fill" en:"longer side of the subject's bounding box relative to the picture's same side" zh:"主体外接框的较长边与图片同一边之比" unit:"0..1"`
	FillMost    float64 `json:"fill_most" en:"fill with all that differs at all from the background: faint shadows, and the edges of a white product on white" zh:"把和背景哪怕有一点不同的都算上时的 fill：淡影、白底上白色商品的边缘" unit:"0..1"`
	FillArea    float64 `json:"fill_area" en:"area of the subject's bounding box relative to the picture" zh:"主体外接框与图片的面积之比" unit:"0..1"`
	Subject     Box     `json:"subject" en:"the subject's bounding box" zh:"主体的外接框" unit:"px"`
	TouchesEdge string  `json:"touches_edge" privacy:"public" en:"sides the subject runs out of: letters of t r b l" zh:"主体从哪几边伸出画面：t r b l 中的字母"`
	Collage     bool    `json:"collage" en:"several pictures put together" zh:"由几张图片拼成"`
	Splits      []Box   `json:"splits" en:"the dividing lines of a collage" zh:"拼图的分界线" unit:"px"`
}

// Quality is about the pixels.
type Quality struct {
	Sharpness  float64 `json:"sharpness" en:"variance of the Laplacian of the luma at 800 px, in the sharpest eighth of the picture" zh:"缩到 800 px 后亮度的拉普拉斯方差，取图片最清晰的八分之一"`
	Blocking   float64 `json:"blocking" en:"strength of 8×8 compression blocks in the middle of the original, 1 is none; 1 for pictures above 4.2 MP" zh:"原图中部 8×8 压缩块的明显程度，1 为没有；超过 4.2 MP 的图片为 1"`
	Upscaled   float64 `json:"upscaled" en:"likelihood that the picture was enlarged" zh:"图片被放大过的可能性" unit:"0..1"`
	Blank      bool    `json:"blank" en:"one colour all over" zh:"整张图只有一种颜色"`
	Brightness float64 `json:"brightness" en:"mean luma" zh:"平均亮度" unit:"0..255"`
	Glare      float64 `json:"glare" en:"share of blown-out area inside the content" zh:"内容部分中过曝面积的比例" unit:"0..1"`
	BlurBox    Box     `json:"blur_box" en:"where it is least sharp" zh:"最不清晰的位置" unit:"px"`
}

// Faces found in the picture.
type Faces struct {
	Count int    `json:"count" en:"how many with a confidence of 0.5 or more" zh:"可信度不低于 0.5 的人脸个数"`
	Boxes []Face `json:"boxes" en:"where, the surest first; from 0.2 up doubtful ones (statues, toys, print) are listed too" zh:"位置，最确定的在前；可信度 0.2 起的存疑人脸（雕像、玩具、印刷图案）也列出"`
}

// Face is one face.
type Face struct {
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"how sure" zh:"可信度"`
}

// Codes are QR codes and barcodes.
type Codes struct {
	List []Code `json:"list" en:"all codes read" zh:"读到的所有码"`
}

// Code is one code.
type Code struct {
	Kind    string `json:"kind" en:"symbology: qr, data_matrix, aztec, pdf417, ean_13, code_128 …" zh:"码的制式：qr、data_matrix、aztec、pdf417、ean_13、code_128 …"`
	Text    string `json:"text" en:"payload" zh:"码中的内容"`
	Class   string `json:"class" en:"what the payload is: contact, url, marketplace_url, product_code, text" zh:"内容是什么：contact（联系方式）、url（网址）、marketplace_url（平台网址）、product_code（商品编码）、text（文字）"`
	Contact string `json:"contact" en:"kind of contact where class is contact: wechat, phone, email, url …" zh:"class 为 contact 时的联系方式种类：wechat、phone、email、url …"`
	Box     Box    `json:"box" unit:"px" en:"where" zh:"位置"`
}
