package facts

// Text is what was read in the picture.
type Text struct {
	Lines        []TextLine  `json:"lines" doc:"lines in reading order"`
	Watermarks   []Watermark `json:"watermarks" doc:"marks laid over the picture"`
	Contacts     []Contact   `json:"contacts" doc:"contact details"`
	Promotions   []TextHit   `json:"promotions" doc:"promotional text"`
	AILabels     []AILabel   `json:"ai_labels" doc:"visible AI labels"`
	Brands       []TextHit   `json:"brands" doc:"brand words (watched or declared)"`
	Chinese      []TextHit   `json:"chinese" doc:"lines with Chinese text"`
	ChineseShare float64     `json:"chinese_share" doc:"share of Han characters among letters" unit:"0..1"`
	OverlayShare float64     `json:"overlay_share" doc:"share of the picture's area covered by text laid over it" unit:"0..1"`
}

// TextLine is one line of text.
type TextLine struct {
	Text        string  `json:"text" doc:"as read"`
	Confidence  float64 `json:"confidence" unit:"0..1" doc:"of the reading"`
	Box         Box     `json:"box" unit:"px" doc:"where"`
	HeightRatio float64 `json:"height_ratio" unit:"0..1" doc:"glyph height relative to the picture's shorter side"`
	Corner      string  `json:"corner" doc:"tl tr bl br, t b l r for an edge, empty inside"`
	Angle       float64 `json:"angle" unit:"°" doc:"tilt of the baseline, clockwise"`
	Overlay     float64 `json:"overlay" unit:"0..1" doc:"likelihood that it lies over the picture and is not print on the product"`
}

// Watermark is a mark laid over the picture.
type Watermark struct {
	Text       string  `json:"text" doc:"as read"`
	Form       string  `json:"form" doc:"ae_id, copyright, site, chinese, stock (a picture library), brand, other"`
	StoreID    string  `json:"store_id" doc:"digits after AE-, empty where none"`
	Doubtful   bool    `json:"doubtful" doc:"a character of the ID was not read with certainty"`
	Own        string  `json:"own" doc:"yes, no or unclear: this store's ID (derived from case.yaml)"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"that it is a watermark"`
	Features   string  `json:"features" doc:"why: position, transparency, repetition, colour, tilt"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
}

// Contact is one contact detail.
type Contact struct {
	Kind       string  `json:"kind" doc:"phone wechat qq whatsapp telegram skype line viber kakao social email url domain"`
	Value      string  `json:"value" doc:"normalised value"`
	Text       string  `json:"text" doc:"as read"`
	Source     string  `json:"source" doc:"image, code, metadata or file_name"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"that it is one"`
	Overlay    float64 `json:"overlay" unit:"0..1" doc:"likelihood that it lies over the picture and is not print on the product"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
}

// TextHit is a word or line that matters.
type TextHit struct {
	Text       string  `json:"text" doc:"as read"`
	Value      string  `json:"value" doc:"the word or pattern matched"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"of the match"`
	Overlay    float64 `json:"overlay" unit:"0..1" doc:"likelihood that it lies over the picture and is not print on the product"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
}

// AILabel is a visible AI label.
type AILabel struct {
	Text        string  `json:"text" doc:"as read"`
	Form        string  `json:"form" doc:"zh or en"`
	Corner      string  `json:"corner" doc:"tl tr bl br, t b l r for an edge, empty inside"`
	HeightRatio float64 `json:"height_ratio" unit:"0..1" doc:"glyph height relative to the picture's shorter side"`
	Box         Box     `json:"box" unit:"px" doc:"where"`
}
