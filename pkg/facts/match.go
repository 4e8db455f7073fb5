package facts

// Match is what it takes to compare a picture with others: a small copy of its
// luma.
type Match struct {
	JPEG       []byte `json:"jpeg" doc:"the copy, a grey JPEG (base64 in JSON)"`
	FullWidth  int    `json:"full_width" unit:"px" doc:"width of the upright picture"`
	FullHeight int    `json:"full_height" unit:"px" doc:"height of the upright picture"`
}
