package facts

// Background judges the background; alpha is judged flattened on white.
type Background struct {
	Kind           string  `json:"kind" doc:"white, near_white, uniform or other"`
	RingWhiteShare float64 `json:"ring_white_share" doc:"share of the background in the border ring whose every channel is ≥ 250" unit:"0..1"`
	WhiteShare     float64 `json:"white_share" doc:"share of the whole picture whose every channel is ≥ 250" unit:"0..1"`
	Color          string  `json:"color" doc:"median colour of the background as #rrggbb"`
	Deviation      float64 `json:"deviation" doc:"standard deviation of the background's colour" unit:"0..255"`
	Spot           Box     `json:"spot" doc:"where the background departs most from what is wanted" unit:"px"`
}

// Border is a band of one colour along the edges.
type Border struct {
	Present bool   `json:"present" doc:"a border was drawn around the picture"`
	Sides   string `json:"sides" doc:"which sides: letters of t r b l"`
	Color   string `json:"color" doc:"its colour as #rrggbb"`
	Width   int    `json:"width" doc:"its width" unit:"px"`
}

// Frame is about how the subject sits in the picture.
type Frame struct {
	Border      Border  `json:"border" doc:"a drawn border"`
	Fill        float64 `json:"fill" doc:"longer side of the subject's bounding box relative to the picture's same side" unit:"0..1"`
	FillArea    float64 `json:"fill_area" doc:"area of the subject's bounding box relative to the picture" unit:"0..1"`
	Subject     Box     `json:"subject" doc:"the subject's bounding box" unit:"px"`
	TouchesEdge string  `json:"touches_edge" doc:"sides the subject runs out of: letters of t r b l"`
	Collage     bool    `json:"collage" doc:"several pictures put together"`
	Splits      []Box   `json:"splits" doc:"the dividing lines of a collage" unit:"px"`
}

// Quality is about the pixels.
type Quality struct {
	Sharpness  float64 `json:"sharpness" doc:"variance of the Laplacian of the luma at 800 px, in the sharpest eighth of the picture"`
	Blocking   float64 `json:"blocking" doc:"strength of 8×8 compression blocks in the middle of the original, 1 is none; 1 for pictures above 4.2 MP"`
	Upscaled   float64 `json:"upscaled" doc:"likelihood that the picture was enlarged" unit:"0..1"`
	Blank      bool    `json:"blank" doc:"one colour all over"`
	Brightness float64 `json:"brightness" doc:"mean luma" unit:"0..255"`
	Glare      float64 `json:"glare" doc:"share of blown-out area inside the content" unit:"0..1"`
	BlurBox    Box     `json:"blur_box" doc:"where it is least sharp" unit:"px"`
}

// Faces found in the picture.
type Faces struct {
	Count int    `json:"count" doc:"how many with a confidence of 0.5 or more"`
	Boxes []Face `json:"boxes" doc:"where, the surest first; from 0.2 up doubtful ones (statues, toys, print) are listed too"`
}

// Face is one face.
type Face struct {
	Box        Box     `json:"box" unit:"px" doc:"where"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"how sure"`
}

// Codes are QR codes and barcodes.
type Codes struct {
	List []Code `json:"list" doc:"all codes read"`
}

// Code is one code.
type Code struct {
	Kind    string `json:"kind" doc:"symbology: qr, data_matrix, aztec, pdf417, ean_13, code_128 …"`
	Text    string `json:"text" doc:"payload"`
	Class   string `json:"class" doc:"what the payload is: contact, url, marketplace_url, product_code, text"`
	Contact string `json:"contact" doc:"kind of contact where class is contact: wechat, phone, email, url …"`
	Box     Box    `json:"box" unit:"px" doc:"where"`
}
