package facts

// Kinds of material that code has something to say about. Which kinds there
// are is written in rules.yaml; a kind that stands there alone is placed,
// judged by the rules for it, counted and put on the checklist like these.
const (
	KindViolating     = "violating"     // a penalised picture: others are compared with it
	KindSource        = "source"        // a camera original
	KindCommitment    = "commitment"    // the letter that is always asked for, which letter drafts
	KindStatement     = "statement"     // the text of the appeal, which statement drafts
	KindReplacement   = "replacement"   // has a slot; what a plain folder of photos holds
	KindAuthorization = "authorization" // a letter of case.yaml's letters
	KindNotice        = "notice"        // the violation notice, which fills in case.yaml
	KindAILicence     = "ai_licence"    // a letter of type ai_licence
	KindEvidence      = "evidence"      // a file of case.yaml's evidence
	KindUploadLog     = "upload_log"    // case.yaml's upload_log
	KindReference     = "reference"     // shows a mark to look for in others

	// KindUnsorted is a file that nothing places. It is no kind of rules.yaml.
	KindUnsorted = "unsorted"
)

// SlotMain is the slot of a replacement picture that code names: a plain
// folder of product photos holds main pictures. The others stand in rules.yaml.
const SlotMain = "main"

// SlotSKU holds the pictures of variants.
const SlotSKU = "sku"
