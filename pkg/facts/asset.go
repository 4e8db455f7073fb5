package facts

import (
	"slices"
	"time"

	"github.com/aecheck/aecheck/pkg/format"
)

// Clock is the time of the run and what follows from it for the case. All
// times are in Beijing time. The window is open while now is before the
// deadline; at the instant of the deadline it is closed.
type Clock struct {
	Now time.Time `json:"now" privacy:"public" en:"the time of the run (--now)" zh:"运行的时刻（--now）"`

	Track         string    `json:"track" en:"key of the track in rules.yaml" zh:"申诉通道，rules.yaml 中的键"`
	TrackKnown    bool      `json:"track_known" en:"rules.yaml has that track" zh:"rules.yaml 中有这个申诉通道"`
	Unit          string    `json:"unit" privacy:"public" en:"calendar_days or business_days" zh:"calendar_days（自然日）或 business_days（工作日）"`
	Window        int       `json:"window" unit:"days" en:"length of the window that counts now" zh:"当前适用的申诉窗口的长度"`
	StartedAt     time.Time `json:"started_at,omitzero" privacy:"public" en:"when the window began: the earliest of the track's start times that were given" zh:"申诉窗口的起点：该通道的起算时间中已填写的最早一个"`
	DeadlineKnown bool      `json:"deadline_known" en:"case.yaml or the notice says enough to tell the deadline" zh:"按 case.yaml 或违规通知上的内容能算出截止时间"`
	Deadline      time.Time `json:"deadline,omitzero" privacy:"public" en:"end of the window that counts now" zh:"当前适用的申诉窗口的截止时间"`
	CaseDeadline  time.Time `json:"case_deadline,omitzero" privacy:"public" en:"what case.yaml alone comes to; later than deadline where the notice shows an earlier one, none where case.yaml gives no times" zh:"只按 case.yaml 得出的截止时间；通知上的更早时，它晚于 deadline；case.yaml 没有写时间时没有"`
	Basis         string    `json:"basis" enum:"typed,effective_at,notified_at,filed_at,notice" en:"what the deadline goes by: typed, effective_at, notified_at, filed_at, or notice where the notice shows an earlier one or case.yaml gives none; empty where unknown" zh:"截止时间的依据：typed（直接填写的截止时间）、effective_at、notified_at、filed_at，或 notice（通知上的更早，或 case.yaml 没有写）；不知道时为空"`
	EndOfDay      time.Time `json:"end_of_day,omitzero" privacy:"public" en:"last second of the day on which the window ends; the platform may count by whole days" zh:"申诉窗口截止当天的最后一秒；平台可能按整天计算"`
	Estimated     bool      `json:"estimated" en:"the deadline counts business days in a year without holiday data" zh:"截止时间按工作日计算，但所涉年份没有节假日数据"`
	Closed        bool      `json:"closed" en:"the deadline is reached or past" zh:"已到或已过截止时间"`
	Remaining     int64     `json:"remaining_seconds" unit:"s" en:"whole seconds left, 0 when closed; -1 where the deadline is unknown" zh:"剩余的整秒数，已截止为 0；截止时间未知为 -1"`
	Hours         float64   `json:"remaining_hours" unit:"h" en:"hours left, 0 when closed; -1 where the deadline is unknown" zh:"剩余的小时数，已截止为 0；截止时间未知为 -1"`

	AttemptsAllowed int       `json:"attempts_allowed" en:"submissions the track allows, 0 for no limit" zh:"该通道可提交的次数，0 为不限"`
	AttemptsUsed    int       `json:"attempts_used" en:"submissions used up: rejected ones, accepted ones, one under review, and a first window that passed unused where later ones exist" zh:"已用掉的次数：被驳回的、已通过的、正在审核的；有后续窗口时，错过的首次窗口也算一次"`
	AttemptsLeft    int       `json:"attempts_left" en:"submissions left; 1 where there is no limit" zh:"还可提交的次数；不限次数时为 1"`
	Attempt         int       `json:"attempt" en:"number of the next submission, from 1" zh:"下一次是第几次提交，从 1 起"`
	FirstMissed     bool      `json:"first_window_missed" en:"the window of the first submission passed unused and a later one counts" zh:"首次提交的窗口错过了，现在按之后的窗口计算"`
	LastResult      string    `json:"last_result" privacy:"public" en:"result of the latest attempt: pending returned rejected accepted; empty for none" zh:"最近一次提交的结果：pending returned rejected accepted；没有提交过为空"`
	LastAt          time.Time `json:"last_at,omitzero" privacy:"public" en:"when the latest attempt was made" zh:"最近一次提交的时间"`

	PlannedLate   bool    `json:"planned_late" en:"appeal.planned_at is not before the deadline" zh:"appeal.planned_at 不早于截止时间"`
	PlannedPast   bool    `json:"planned_past" en:"appeal.planned_at is past and no attempt was made since" zh:"appeal.planned_at 已过，之后没有提交"`
	PlannedMargin float64 `json:"planned_margin_hours" unit:"h" en:"hours from appeal.planned_at to the deadline; 0 where either is unknown" zh:"从 appeal.planned_at 到截止时间的小时数；任何一个未知时为 0"`

	ReviewFrom      time.Time `json:"review_from,omitzero" privacy:"public" en:"estimate: earliest day a decision is usual" zh:"估计：最早哪天通常会有审核结果"`
	ReviewTo        time.Time `json:"review_to,omitzero" privacy:"public" en:"estimate: latest day a decision is usual" zh:"估计：最晚哪天通常会有审核结果"`
	WeightFrom      time.Time `json:"weight_from,omitzero" privacy:"public" en:"estimate: search weight returns from this day" zh:"估计：搜索权重从这天起恢复"`
	WeightTo        time.Time `json:"weight_to,omitzero" privacy:"public" en:"estimate: search weight has returned by this day" zh:"估计：搜索权重到这天已经恢复"`
	ReleaseFrom     time.Time `json:"release_from,omitzero" privacy:"public" en:"estimate: automatic release without an appeal, from this day" zh:"估计：不申诉时，最早从这天起自动解除"`
	ReleaseTo       time.Time `json:"release_to,omitzero" privacy:"public" en:"estimate: automatic release without an appeal, by this day" zh:"估计：不申诉时，最晚到这天自动解除"`
	CalendarMissing []int     `json:"calendar_missing" en:"years counted in without holiday data: weekends only" zh:"计算涉及、但没有节假日数据的年份：只按周末计算"`

	History90  int `json:"history_90" en:"earlier violations within 90 days before this one" zh:"本次违规之前 90 天内的违规次数"`
	Similar90  int `json:"similar_90" en:"those of the same type" zh:"其中同类型违规的次数"`
	History365 int `json:"history_365" en:"earlier violations within 365 days before this one" zh:"本次违规之前 365 天内的违规次数"`
}

// Materials says what a case has and lacks.
type Materials struct {
	// Counts are the files by kind (those of rules.yaml, and unsorted) and the
	// replacement pictures by slot. Expressions say materials.replacement,
	// materials.main.
	Counts map[string]int `json:"-"`

	CaseFile string `json:"case_file" privacy:"public" en:"read, none (there is no case.yaml) or invalid (it has errors and was not used)" zh:"read（已读取）、none（没有 case.yaml）或 invalid（有错误，没有采用）"`

	Missing     []string `json:"missing" privacy:"public" en:"kinds that are required and of which there is no file" zh:"必需但没有文件的材料种类"`
	NamedAbsent []string `json:"named_absent" privacy:"path" en:"files that case.yaml names and that are not in the folder" zh:"case.yaml 中写了、文件夹里却没有的文件"`
	// Misjudged is only looked for where case.yaml, which has the ground, is not there.
	Misjudged bool     `json:"misjudged" en:"there is no case.yaml, and the folder's name or the seller's own letter says that the picture was penalised wrongly" zh:"没有 case.yaml，而文件夹名或卖家自己的承诺书、说明写着「误判」"`
	Undecided []string `json:"undecided" privacy:"public" en:"kinds of which there is no file and a person must say whether one is needed" zh:"没有文件、要由人判断是否需要的材料种类"`
}

// Count adds an asset to the counts.
func (m *Materials) Count(a *Asset) {
	if m.Counts == nil {
		m.Counts = map[string]int{}
	}
	if a.Paper {
		return // it stands for no mark
	}
	m.Counts[a.Kind]++
	if a.Kind == KindReplacement && a.Slot != "" && !a.Note() {
		m.Counts[a.Slot]++
	}
}

// Pair is what is known of two pictures side by side.
type Pair struct {
	A            string  `json:"a" privacy:"path" en:"path of the first picture" zh:"第一张图片的路径"`
	B            string  `json:"b" privacy:"path" en:"path of the second picture" zh:"第二张图片的路径"`
	Distance     float64 `json:"distance" en:"0 the same picture, 1 unrelated" zh:"0 为同一张图片，1 为毫无关系" unit:"0..1"`
	Inliers      int     `json:"inliers" en:"matching points that agree on one transform" zh:"符合同一种变换的匹配点数"`
	Transform    string  `json:"transform" privacy:"public" en:"same, resized, cropped, bordered (the first lies whole inside the second), mirrored, retouched or unrelated" zh:"same（相同）、resized（缩放）、cropped（裁剪）、bordered（第一张完整地在第二张里面）、mirrored（镜像）、retouched（修图）或 unrelated（无关）"`
	Confidence   float64 `json:"confidence" unit:"0..1" en:"how sure" zh:"可信度"`
	Scale        float64 `json:"scale" en:"how many pixels b has along a side for one of a, of what both show; only of pictures that match" zh:"两图共同的内容，a 的一个像素（边长）对应 b 的几个像素；只有两图匹配时才有"`
	Exposure     float64 `json:"exposure" unit:"0..1" en:"how sure that both are one exposure, edited perhaps, and not the same thing photographed again; only of pictures that match" zh:"两图出自同一次曝光（可能修过）、而不是同一物品重新拍摄的把握；只有两图匹配时才有"`
	Colour       float64 `json:"colour" unit:"levels" en:"how far the colours of what both show lie apart (distance of chroma, 0 alike, some 25 and more another colour); only of pictures that match" zh:"两图共同内容的颜色相差多少（色度距离，0 为相同，约 25 以上是另一种颜色）；只有两图匹配时才有"`
	Light        float64 `json:"light" unit:"levels" en:"how far the brightness of what both show lies apart (0 alike); only of pictures that match" zh:"两图共同内容的亮度相差多少（0 为相同）；只有两图匹配时才有"`
	ChangedBoxes []Box   `json:"changed_boxes" en:"where b shows something else than a; only of pictures that match" zh:"b 与 a 显示内容不同的位置；只有两图匹配时才有" unit:"px"`
	TraceBoxes   []Box   `json:"trace_boxes" en:"where traces of a removed mark are left in b" zh:"b 上留有已去除标识的痕迹的位置" unit:"px"`
}

// Mark is a reference mark found in a picture.
type Mark struct {
	Reference  string  `json:"reference" privacy:"path" en:"path of the reference picture" zh:"参考图的路径"`
	Picture    string  `json:"picture" privacy:"path" en:"path of the picture it was found in" zh:"找到标识的图片的路径"`
	Box        Box     `json:"box" unit:"px" en:"where" zh:"位置"`
	Confidence float64 `json:"confidence" unit:"0..1" en:"agreement of the edges" zh:"边缘的吻合程度"`
}

// Asset is one file of a case with what is known of it.
type Asset struct {
	Path string // below the case folder, with /
	Kind string // one of rules.yaml, or KindUnsorted
	Slot string // one of rules.yaml, empty where unknown
	Beside
	Facts *Set
}

// Note reports a text or a table that lies among pictures and is called what it is:
// nothing in it is to be seen. An SVG is text, and a drawing.
func (a *Asset) Note() bool {
	return a.Unread() && format.Is(a.Facts.File.Format, format.Document, format.Sheet) && a.Facts.File.Format != format.PDF && a.Facts.File.Extension != "svg"
}

// Beside is what a file is beside the other files of its case.
type Beside struct {
	Later       bool `json:"later,omitempty" en:"a main picture of a case that is not the first of its folder, the cover" zh:"案件里同一文件夹的主图中，不是第一张（封面）的"`
	Sheet       bool `json:"sheet,omitempty" en:"one page of a paper of which other pages lie beside it as files of their own (photographed page by page)" zh:"文书的一页，旁边的文件里还有其他页（一页拍一张）"`
	Attached    bool `json:"attached,omitempty" en:"lies beside the commitment letter and is none itself, as a copy of the business licence; or beside a letter and is a picture without words, as the licensed one" zh:"放在承诺书文件夹里、本身不是承诺书的附件（如营业执照复印件），承诺书就在旁边；或放在授权书旁边、上面没有字的图片（如被授权的图）"`
	Spare       bool `json:"spare,omitempty" en:"a copy that a program saved of an original that lies there untouched" zh:"软件另存的一份，未处理的原图也在"`
	Paper       bool `json:"paper,omitempty" en:"a certificate or another paper among the reference marks: no mark to look for" zh:"放在参考标识里的证书等文件，不是可查找的标识"`
	Translation bool `json:"translation,omitempty" en:"the translation of a letter that lies beside it, by its name or title" zh:"旁边授权书的译文（看文件名或标题）"`
	Certified   bool `json:"certified,omitempty" en:"a letter beside which a paper with a notarial act or a legalization lies" zh:"旁边有公证或认证文书的授权书"`
}

// Unread reports a file of which nothing but its format is known, since it is none of
// those that its kind is looked at for: a design, a video, an archive, and among pictures
// a document. Rules on its format tell of it, and no other has anything to say. What is
// called a picture and is none is a picture that could not be read.
func (a *Asset) Unread() bool {
	if a.Facts == nil || a.Facts.File.Format == format.Unknown || !a.Facts.File.FormatMatchesExtension {
		return false
	}
	switch format.Class(a.Facts.File.Class) {
	case format.Video, format.Other, format.Archive:
		return true
	case format.Document, format.Sheet:
		return slices.Contains([]string{KindSource, "companion", KindReplacement, KindViolating}, a.Kind)
	}
	return false
}
