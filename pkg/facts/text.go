package facts

// Text is what was read in the picture.
type Text struct {
	Lines        []TextLine  `json:"lines" en:"lines in reading order" zh:"各行文字，按阅读顺序"`
	Watermarks   []Watermark `json:"watermarks" en:"marks laid over the picture" zh:"叠加在图上的水印"`
	Contacts     []Contact   `json:"contacts" en:"contact details" zh:"联系方式"`
	Promotions   []TextHit   `json:"promotions" en:"promotional text" zh:"促销文字"`
	AILabels     []AILabel   `json:"ai_labels" en:"visible AI labels" zh:"看得见的 AI 标识"`
	Brands       []TextHit   `json:"brands" en:"brand words (watched or declared)" zh:"品牌词（重点留意的或已申报的）"`
	Chinese      []TextHit   `json:"chinese" en:"lines with Chinese text" zh:"含中文的行"`
	ChineseShare float64     `json:"chinese_share" en:"share of Han characters among letters" zh:"文字字符中汉字的比例" unit:"0..1"`
	OverlayShare float64     `json:"overlay_share" en:"share of the picture's area covered by text laid over it" zh:"叠加文字占图片面积的比例" unit:"0..1"`
	OwnShare     float64     `json:"own_share" en:"the part of overlay_share that is the shop's own or an allowed mark (derived from case.yaml)" zh:"overlay_share 中属于本店水印或获准标识的部分（由 case.yaml 推导）" unit:"0..1"`
}

// TextLine is one line of text.
type TextLine struct {
	Text        string  `json:"text" en:"as read" zh:"读到的原文"`
	Confidence  float64 `json:"confidence" unit:"0..1" en:"of the reading" zh:"识别的可信度"`
	Box         Box     `json:"box" unit:"px" en:"where" zh:"位置"`
	HeightRatio float64 `json:"height_ratio" unit:"0..1" en:"glyph height relative to the picture's shorter side" zh:"字高与图片较短边之比"`
	Corner      string  `json:"corner" en:"tl tr bl br, t b l r for an edge, empty inside" zh:"tl tr bl br 为四角，t b l r 为四边，不靠边为空"`
	Angle       float64 `json:"angle" unit:"°" en:"tilt of the baseline, clockwise" zh:"文字基线的倾斜角，顺时针"`
	Overlay     float64 `json:"overlay" unit:"0..1" en:"likelihood that it lies over the picture and is not print on the product" zh:"是叠加在图上、而不是印在商品上的可能性"`
}

// Watermark is a mark laid over the picture.
type Watermark struct {
	Text       string  `json:"text" en:"as read" zh:"读到的原文"`
	Form       string  `json:"form" en:"ae_id, copyright, site, chinese, stock (a picture library), brand, other" zh:"ae_id（AE- 编号）、copyright（版权声明）、site（网站）、chinese（中文）、stock（图库）、brand（品牌）、other（其他）"`
	StoreID    string  `json:"store_id" en:"digits after AE-, empty where none" zh:"AE- 之后的数字，没有为空"`
	Doubtful   bool    `json:"doubtful" en:"a character of the ID was not read with certainty" zh:"编号中有字符读得不确定"`
	Own        string  `json:"own" en:"yes, no or unclear: this store's ID; allowed: a mark of brands.declared or brands.authorized (derived from case.yaml)" zh:"yes、no 或 unclear：是不是本店的编号；allowed：brands.declared 或 brands.authorized 里的标识（由 case.yaml 推导）"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"that it is a watermark" zh:"确实是水印的可信度"`
	Features   string  `json:"features" en:"why: position, transparency, repetition, colour, tilt" zh:"依据：位置、透明度、重复、颜色、倾斜"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// Contact is one contact detail.
type Contact struct {
	Kind       string  `json:"kind" en:"phone wechat qq whatsapp telegram skype line viber kakao social payment email url domain" zh:"种类：phone wechat qq whatsapp telegram skype line viber kakao social payment email url domain"`
	Value      string  `json:"value" en:"normalised value" zh:"统一写法后的值"`
	Text       string  `json:"text" en:"as read" zh:"读到的原文"`
	Source     string  `json:"source" en:"image, code, metadata or file_name" zh:"image（图片）、code（二维码等）、metadata（元数据）或 file_name（文件名）"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"that it is one" zh:"确实是联系方式的可信度"`
	Overlay    float64 `json:"overlay" unit:"0..1" en:"likelihood that it lies over the picture and is not print on the product" zh:"是叠加在图上、而不是印在商品上的可能性"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// TextHit is a word or line that matters.
type TextHit struct {
	Text       string  `json:"text" en:"as read" zh:"读到的原文"`
	Value      string  `json:"value" en:"the word or pattern matched" zh:"匹配到的词或模式"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"of the match" zh:"匹配的可信度"`
	Overlay    float64 `json:"overlay" unit:"0..1" en:"likelihood that it lies over the picture and is not print on the product" zh:"是叠加在图上、而不是印在商品上的可能性"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}

// AILabel is a visible AI label.
type AILabel struct {
	Text        string  `json:"text" en:"as read" zh:"读到的原文"`
	Form        string  `json:"form" en:"zh or en" zh:"zh（中文）或 en（英文）"`
	Corner      string  `json:"corner" en:"tl tr bl br, t b l r for an edge, empty inside" zh:"tl tr bl br 为四角，t b l r 为四边，不靠边为空"`
	HeightRatio float64 `json:"height_ratio" unit:"0..1" en:"glyph height relative to the picture's shorter side" zh:"字高与图片较短边之比"`
	Box         Box     `json:"box" unit:"px" en:"where" zh:"位置"`
}
