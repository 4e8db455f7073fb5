// Package verdict holds finished values: what was found, how bad it is, how
// sure we are, and what to do. No I/O, no rules.
//
// It imports nothing of ours.
package verdict

// Outcome of one rule on one subject, or of a whole case.
type Outcome string

const (
	Pass   Outcome = "pass"
	Fail   Outcome = "fail"
	Review Outcome = "review" // a person must look
	Skip   Outcome = "skip"   // the rule does not apply
	Error  Outcome = "error"  // the tool could not do its work
)

// Severity of a rule.
type Severity string

const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// Confidence in what a rule says when it is violated. Guess never fails: the
// engine turns it into a review.
type Confidence string

const (
	Certain Confidence = "certain"
	Likely  Confidence = "likely"
	Guess   Confidence = "guess"
)

// Cause of an outcome that is neither pass nor fail.
type Cause string

const (
	// Judgement: looked, and a person must decide.
	Judgement Cause = "judgement"
	// Unavailable: a fact could not be had.
	Unavailable Cause = "unavailable"
	// MissingInput: a key of case.yaml is needed and not given.
	MissingInput Cause = "missing_input"
)

// Basis of a rule: who says so.
type Basis string

const (
	Official Basis = "official"
	Several  Basis = "several"
	One      Basis = "one"
	SeedOnly Basis = "seed_only"
	Inferred Basis = "inferred"
)

// Related names another picture that an evidence is about.
type Related struct {
	Case  string  `json:"case,omitempty"`
	Asset string  `json:"asset"`
	Box   *[4]int `json:"box,omitempty"`
}

// Evidence is one thing seen. Box is [x, y, w, h] in pixels of the upright
// original, or of a page at 200 dpi.
type Evidence struct {
	Fact     string   `json:"fact"`
	Observed any      `json:"observed"`
	Required any      `json:"required,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Text     string   `json:"text,omitempty"`
	Page     int      `json:"page,omitempty"`
	Box      *[4]int  `json:"box,omitempty"`
	Related  *Related `json:"related,omitempty"`
}

// Suppression says why a finding does not count: a confirmation in case.yaml
// or a baseline.
type Suppression struct {
	By     string `json:"by"` // confirmation or baseline
	Person string `json:"person,omitempty"`
	At     string `json:"at,omitempty"`
	Note   string `json:"note,omitempty"`
}

// Finding is one rule × asset (or case, or batch), with all its evidence.
type Finding struct {
	Rule        string       `json:"rule"`
	Slug        string       `json:"slug"`
	Outcome     Outcome      `json:"outcome"`
	Cause       Cause        `json:"cause,omitempty"`
	Severity    Severity     `json:"severity"`
	Confidence  Confidence   `json:"confidence"`
	Basis       Basis        `json:"basis"`
	Asset       string       `json:"asset"` // empty for case and batch
	Kind        string       `json:"kind"`
	Title       string       `json:"title"`
	Message     string       `json:"message"`
	Remedy      string       `json:"remedy"`
	Sources     []string     `json:"sources"`
	Evidence    []Evidence   `json:"evidence"`
	Fingerprint string       `json:"fingerprint"`
	Suppressed  *Suppression `json:"suppressed"`

	// Item is the checklist item it counts for.
	Item string `json:"-"`
	// Asked is true where the cause is that the user switched something off.
	Asked bool `json:"-"`
}

// ItemState of a checklist item.
type ItemState string

const (
	ItemReady     ItemState = "ready"
	ItemProblem   ItemState = "problem"
	ItemMissing   ItemState = "missing"
	ItemReview    ItemState = "review"
	ItemNotNeeded ItemState = "not_needed"
)

// ChecklistItem is one line of the material checklist.
type ChecklistItem struct {
	Item     string    `json:"item"`
	Title    string    `json:"title"`
	State    ItemState `json:"state"`
	Assets   []string  `json:"assets"`
	Findings []string  `json:"findings"` // fingerprints
	Note     string    `json:"note"`
}

// Step is something no program can do, to be worked through with the
// checklist.
type Step struct {
	ID      string   `json:"id"`
	Phase   string   `json:"phase"` // before, submit or after
	Title   string   `json:"title"`
	Detail  string   `json:"detail"`
	Sources []string `json:"sources"`
}

// Asset is one file as reported.
type Asset struct {
	Path          string `json:"path"`
	PathRawBase64 string `json:"path_raw_base64,omitempty"`
	Kind          string `json:"kind"`
	Slot          string `json:"slot"`
	SHA256        string `json:"sha256"`
	Bytes         int64  `json:"bytes"`
	Format        string `json:"format"`
	Width         int    `json:"width"`
	Height        int    `json:"height"`

	// Preview is a small JPEG for reports that show pictures; may be nil.
	Preview []byte `json:"-"`
}

// Deadline of a case. At is RFC 3339 in Beijing time.
type Deadline struct {
	At               string `json:"at"`
	RemainingSeconds int64  `json:"remaining_seconds"`
	Basis            string `json:"basis"`
}

// Case is everything said about one case.
type Case struct {
	Path      string          `json:"path"`
	ID        string          `json:"id"`
	Outcome   Outcome         `json:"outcome"`
	Deadline  *Deadline       `json:"deadline"`
	Assets    []Asset         `json:"assets"`
	Findings  []Finding       `json:"findings"`
	Checklist []ChecklistItem `json:"checklist"`
	Steps     []Step          `json:"steps"`
}

// Batch holds findings across cases.
type Batch struct {
	Findings []Finding `json:"findings"`
}

// Summary counts the findings of all cases and the batch by outcome.
type Summary struct {
	Cases  int `json:"cases"`
	Assets int `json:"assets"`
	Pass   int `json:"pass"`
	Fail   int `json:"fail"`
	Review int `json:"review"`
	Skip   int `json:"skip"`
	Error  int `json:"error"`
}

// Problem is trouble with the run itself.
type Problem struct {
	Path    string `json:"path"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Tool names the program.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Rules names the rules used.
type Rules struct {
	Digest string   `json:"digest"`
	Layers []string `json:"layers"`
	// Kinds and Slots name the kinds of material and the slots there are, in
	// the language of the report.
	Kinds []Named `json:"kinds"`
	Slots []Named `json:"slots"`
}

// Named is an id with what people call it.
type Named struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// TitleOf returns what people call an id, the id itself where it is not among
// them.
func TitleOf(list []Named, id string) string {
	for _, n := range list {
		if n.ID == id && n.Title != "" {
			return n.Title
		}
	}
	return id
}

// Report is the result of a scan: the JSON contract, schema version 1.
type Report struct {
	SchemaVersion int       `json:"schema_version"`
	Tool          Tool      `json:"tool"`
	Now           string    `json:"now"`
	Lang          string    `json:"lang"`
	Rules         Rules     `json:"rules"`
	Cases         []Case    `json:"cases"`
	Batch         Batch     `json:"batch"`
	Summary       Summary   `json:"summary"`
	Problems      []Problem `json:"problems"`
	Interrupted   bool      `json:"interrupted,omitempty"`
}

// Rank orders case outcomes from best to worst:
// pass < fail(warning) < review < error < fail(error). Infos never count.
func Rank(o Outcome, s Severity) int {
	switch {
	case s == SeverityInfo:
		return 0
	case o == Fail && s == SeverityError:
		return 4
	case o == Error:
		return 3
	case o == Review:
		return 2
	case o == Fail:
		return 1
	}
	return 0
}
