package facts

import "time"

// Clock is the time of the run and what follows from it for the case. All
// times are in Beijing time. The window is open while now is before the
// deadline; at the instant of the deadline it is closed.
type Clock struct {
	Now time.Time `json:"now" doc:"the time of the run (--now)"`

	Track         string    `json:"track" doc:"key of the track in rules.yaml"`
	TrackKnown    bool      `json:"track_known" doc:"rules.yaml has that track"`
	Unit          string    `json:"unit" doc:"calendar_days or business_days"`
	Window        int       `json:"window" unit:"days" doc:"length of the window that counts now"`
	StartedAt     time.Time `json:"started_at,omitzero" doc:"when the window began: the earliest of the track's start times that were given"`
	DeadlineKnown bool      `json:"deadline_known" doc:"case.yaml says enough to tell the deadline"`
	Deadline      time.Time `json:"deadline,omitzero" doc:"end of the window that counts now"`
	Basis         string    `json:"basis" doc:"what the deadline goes by: typed, effective_at, notified_at or filed_at; empty where unknown"`
	EndOfDay      time.Time `json:"end_of_day,omitzero" doc:"last second of the day on which the window ends; the platform may count by whole days"`
	Estimated     bool      `json:"estimated" doc:"the deadline counts business days in a year without holiday data"`
	Closed        bool      `json:"closed" doc:"the deadline is reached or past"`
	Remaining     int64     `json:"remaining_seconds" unit:"s" doc:"whole seconds left, 0 when closed; -1 where the deadline is unknown"`
	Hours         float64   `json:"remaining_hours" unit:"h" doc:"hours left, 0 when closed; -1 where the deadline is unknown"`

	AttemptsAllowed int       `json:"attempts_allowed" doc:"submissions the track allows, 0 for no limit"`
	AttemptsUsed    int       `json:"attempts_used" doc:"submissions used up: rejected ones, accepted ones, one under review, and a first window that passed unused where later ones exist"`
	AttemptsLeft    int       `json:"attempts_left" doc:"submissions left; 1 where there is no limit"`
	Attempt         int       `json:"attempt" doc:"number of the next submission, from 1"`
	FirstMissed     bool      `json:"first_window_missed" doc:"the window of the first submission passed unused and a later one counts"`
	LastResult      string    `json:"last_result" doc:"result of the latest attempt: pending returned rejected accepted; empty for none"`
	LastAt          time.Time `json:"last_at,omitzero" doc:"when the latest attempt was made"`

	PlannedLate   bool    `json:"planned_late" doc:"appeal.planned_at is not before the deadline"`
	PlannedPast   bool    `json:"planned_past" doc:"appeal.planned_at is past and no attempt was made since"`
	PlannedMargin float64 `json:"planned_margin_hours" unit:"h" doc:"hours from appeal.planned_at to the deadline; 0 where either is unknown"`

	ReviewFrom      time.Time `json:"review_from,omitzero" doc:"estimate: earliest day a decision is usual"`
	ReviewTo        time.Time `json:"review_to,omitzero" doc:"estimate: latest day a decision is usual"`
	WeightFrom      time.Time `json:"weight_from,omitzero" doc:"estimate: search weight returns from this day"`
	WeightTo        time.Time `json:"weight_to,omitzero" doc:"estimate: search weight has returned by this day"`
	ReleaseFrom     time.Time `json:"release_from,omitzero" doc:"estimate: automatic release without an appeal, from this day"`
	ReleaseTo       time.Time `json:"release_to,omitzero" doc:"estimate: automatic release without an appeal, by this day"`
	CalendarMissing []int     `json:"calendar_missing" doc:"years counted in without holiday data: weekends only"`

	History90  int `json:"history_90" doc:"earlier violations within 90 days before this one"`
	Similar90  int `json:"similar_90" doc:"those of the same type"`
	History365 int `json:"history_365" doc:"earlier violations within 365 days before this one"`
}

// Materials says what a case has and lacks.
type Materials struct {
	// Counts are the files by kind (those of rules.yaml, and unsorted) and the
	// replacement pictures by slot. Expressions say materials.replacement,
	// materials.main.
	Counts map[string]int `json:"-"`

	CaseFile string `json:"case_file" doc:"read, none (there is no case.yaml) or invalid (it has errors and was not used)"`

	Missing   []string `json:"missing" doc:"kinds that are required and of which there is no file"`
	Undecided []string `json:"undecided" doc:"kinds of which there is no file and a person must say whether one is needed"`
}

// Count adds an asset to the counts.
func (m *Materials) Count(a *Asset) {
	if m.Counts == nil {
		m.Counts = map[string]int{}
	}
	m.Counts[a.Kind]++
	if a.Kind == KindReplacement && a.Slot != "" {
		m.Counts[a.Slot]++
	}
}

// Pair is what is known of two pictures side by side.
type Pair struct {
	A            string  `json:"a" doc:"path of the first picture"`
	B            string  `json:"b" doc:"path of the second picture"`
	Distance     float64 `json:"distance" doc:"0 the same picture, 1 unrelated" unit:"0..1"`
	Inliers      int     `json:"inliers" doc:"matching points that agree on one transform"`
	Transform    string  `json:"transform" doc:"same, resized, cropped, mirrored, retouched or unrelated"`
	Confidence   float64 `json:"confidence" unit:"0..1" doc:"how sure"`
	ChangedBoxes []Box   `json:"changed_boxes" doc:"where b shows something else than a; only of pictures that match" unit:"px"`
	TraceBoxes   []Box   `json:"trace_boxes" doc:"where traces of a removed mark are left in b" unit:"px"`
}

// Mark is a reference mark found in a picture.
type Mark struct {
	Reference  string  `json:"reference" doc:"path of the reference picture"`
	Picture    string  `json:"picture" doc:"path of the picture it was found in"`
	Box        Box     `json:"box" unit:"px" doc:"where"`
	Confidence float64 `json:"confidence" unit:"0..1" doc:"agreement of the edges"`
}

// Asset is one file of a case with what is known of it.
type Asset struct {
	Path  string // below the case folder, with /
	Kind  string // one of rules.yaml, or KindUnsorted
	Slot  string // one of rules.yaml, empty where unknown
	Facts *Set
}
