package facts

import "time"

// Clock is the time of the run and what follows from it for the case.
type Clock struct {
	Now time.Time `json:"now" doc:"the time of the run (--now)"`
}

// Materials counts the assets of a case by kind and by replacement slot.
type Materials struct {
	Notice        int `json:"notice" doc:"notice captures"`
	Violating     int `json:"violating" doc:"violating pictures"`
	Source        int `json:"source" doc:"source files"`
	Companion     int `json:"companion" doc:"companion photos"`
	Authorization int `json:"authorization" doc:"authorization letters"`
	Commitment    int `json:"commitment" doc:"commitment letters"`
	Replacement   int `json:"replacement" doc:"replacement pictures"`
	Evidence      int `json:"evidence" doc:"evidence files"`
	UploadLog     int `json:"upload_log" doc:"upload logs"`
	Statement     int `json:"statement" doc:"statements"`
	AILicence     int `json:"ai_licence" doc:"AI licences"`
	Reference     int `json:"reference" doc:"reference pictures"`
	Unsorted      int `json:"unsorted" doc:"files that could not be placed"`
	Main          int `json:"main" doc:"replacement pictures in slot main"`
	Marketing1x1  int `json:"marketing_1x1" doc:"replacement pictures in slot marketing_1x1"`
	Marketing3x4  int `json:"marketing_3x4" doc:"replacement pictures in slot marketing_3x4"`
	SKU           int `json:"sku" doc:"replacement pictures in slot sku"`
	Detail        int `json:"detail" doc:"replacement pictures in slot detail"`
}

// Pair is what is known of two pictures side by side.
type Pair struct {
	A          string  `json:"a" doc:"path of the first picture"`
	B          string  `json:"b" doc:"path of the second picture"`
	Distance   float64 `json:"distance" doc:"0 the same picture, 1 unrelated" unit:"0..1"`
	Inliers    int     `json:"inliers" doc:"matching points that agree on one transform"`
	Transform  string  `json:"transform" doc:"same, resized, cropped, mirrored, retouched or unrelated"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"how sure"`
	TraceBoxes []Box   `json:"trace_boxes" doc:"where traces of a removed mark are left in b" unit:"px"`
}

// Asset is one file of a case with what is known of it.
type Asset struct {
	Path  string // below the case folder, with /
	Kind  string // DESIGN "kind"
	Slot  string // DESIGN "slot", empty where unknown
	Facts *Set
}
