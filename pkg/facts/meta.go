package facts

import "time"

// Meta is the metadata beside EXIF.
type Meta struct {
	XMP          map[string]string `json:"xmp" doc:"XMP properties by prefix:name, with the usual prefixes; list items joined with '; '"`
	IPTC         map[string]string `json:"iptc" doc:"IPTC-IIM fields by name"`
	PNGText      map[string]string `json:"png_text" doc:"PNG text chunks by keyword"`
	Comments     []string          `json:"comments" doc:"JPEG and GIF comments"`
	JFIF         bool              `json:"jfif" doc:"JPEG has a JFIF header"`
	APP14        bool              `json:"app14" doc:"JPEG has an Adobe APP14 segment"`
	Photoshop    bool              `json:"photoshop" doc:"has a Photoshop 8BIM block"`
	QuantTable   string            `json:"quant_table" doc:"JPEG quantization tables: standard, camera or unknown"`
	QuantQuality int               `json:"quant_quality" doc:"quality of standard (IJG) tables, 0 where not standard" unit:"1..100"`
	Contacts     []Contact         `json:"contacts" doc:"contact details in the file name and in metadata people fill in (derived)"`
	XMPHistory   []string          `json:"xmp_history" doc:"steps of xmpMM:History"`
	C2PA         C2PA              `json:"c2pa" doc:"Content Credentials"`
}

// C2PA is what a C2PA manifest store in the file says and whether it holds.
type C2PA struct {
	Present     bool      `json:"present" doc:"the file has a manifest store"`
	Valid       bool      `json:"valid" doc:"signature and hash binding of the active manifest verify"`
	Trusted     bool      `json:"trusted" doc:"the signer's certificate leads to a known root"`
	TrustList   string    `json:"trust_list" doc:"which list vouches for the signer: c2pa, interim (in use before 2026), empty for none"`
	State       string    `json:"state" doc:"none, trusted, valid_unknown_signer, invalid or unreadable"`
	Errors      []string  `json:"errors" doc:"why it is not valid"`
	Signer      string    `json:"signer" doc:"organisation and name of the signing certificate"`
	Generator   string    `json:"generator" doc:"claim generator"`
	SignedAt    time.Time `json:"signed_at,omitzero" doc:"time of the time stamp over the claim; the stamp's own signature is not checked"`
	Actions     []string  `json:"actions" doc:"actions recorded, in order"`
	Software    []string  `json:"software" doc:"programs the actions name"`
	Ingredients []string  `json:"ingredients" doc:"what it was made from: relationship and title"`
	Sources     []string  `json:"sources" doc:"digital source types named, short form"`
	AI          bool      `json:"ai" doc:"an action or assertion names an AI source type"`
	Capture     bool      `json:"capture" doc:"an action names a camera capture (digitalCapture or computationalCapture)"`
}

// Origin says where a picture probably comes from.
type Origin struct {
	Camera       Judged `json:"camera" doc:"straight from a camera or phone"`
	Screenshot   Judged `json:"screenshot" doc:"a screenshot"`
	Messenger    Judged `json:"messenger" doc:"a copy that went through a messenger"`
	Edited       Judged `json:"edited" doc:"changed in an editing program"`
	AI           Judged `json:"ai" doc:"made or changed by an AI generator"`
	Generator    string `json:"generator" doc:"name of the AI generator, where known"`
	EvidenceKey  string `json:"evidence_key" doc:"metadata key that names the AI generator"`
	LabelTC260   string `json:"label_tc260" doc:"the implicit AI label of GB 45438-2025, raw, empty for none"`
	EditorName   string `json:"editor_name" doc:"name of the editing program, where known"`
	TransferTool string `json:"transfer_tool" doc:"program that only copies or catalogues, where known"`
}
