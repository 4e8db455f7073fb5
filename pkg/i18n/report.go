package i18n

// Report holds the sentences of reports.
type Report struct {
	Title      string // page title, {name}
	ToolLine   string // {tool} {version} {now}
	RulesLine  string // {rules}: digest of the rules
	Beijing    string
	LocalTime  string
	CaseTitle  string // {path}
	ThisFolder string // a case whose folder's name is not known

	FolderTitle string // {path}: photos, no appeal
	WholeFolder string // what is about no single photo of them
	ProductID   string // {id}

	CaseID     string // {id}
	Deadline   string
	Left       string // {time}
	Overdue    string // {time}
	BasisOf    string // {basis}
	NoDeadline string

	DeadlineTyped, DeadlineEffective, DeadlineNotified, DeadlineFiled, DeadlineNotice string

	CountFail, CountWarning, CountInfo, CountReview, CountError, CountPass, CountSkip, CountConfirmed, CountOverruled string // {n}
	CountFiles                                                                                                        string // {n}

	CountSuppressed string // {n}
	Hidden          string // heading of what is suppressed
	SuppressedBy    string // {from} {reason}
	Until           string // {date}

	CountPart string // {n} {total}: files of a case of which some were asked about

	Findings    string
	NoFindings  string
	Passed      string
	Confirmed   string // heading
	ConfirmedBy string // {who} {when} {note}
	OverruledBy string // {who} {when} {note}
	MayOverrule string
	MayFix      string
	// NextHead heads what to do next: the worst finding, then commands with what each
	// does, {folder} {out} {draft}.
	NextHead                                              string
	AnyFolder, NewFolder, DraftFile                       string // in commands, where no folder is known
	NextPage                                              string // where to see pictures
	NextFix, NextLetter, NextConfirm, NextDraft, NextPack string
	Baselined                                             string

	Seen         string
	Required     string
	SeenRequired string // {seen} {required}
	NotEmpty     string
	NotThis      string // {value}
	Remedy       string
	Sources      string
	Confidence   string // {word}
	Where        string // {x} {y} {w} {h}
	Page         string // {n}
	Quoted       string // {text}
	Compared     string // {other}
	MoreSeen     string // {n}
	MoreFiles    string // {files} {n}
	Notes        string // heading of what never counts
	Same         string // {n}
	Unchecked    string // {n} {rules}: title of reviews with one cause

	Checklist                string
	ChecklistHint            string
	Item, State, Files, Todo string // column heads

	Rule, Message string // column heads

	Steps                                string // heading
	PhaseBefore, PhaseSubmit, PhaseAfter string

	Summary     string
	Statistics  string
	Problems    string
	Interrupted string
	Nothing     string
	SarifCut    string // {n}
	Redacted    string

	VerdictFail         string // {n}
	VerdictFailPlain    string // {n}: no appeal, just pictures
	VerdictError        string // {n}
	VerdictReview       string // {n}
	VerdictWarning      string // {n}
	VerdictPass         string
	VerdictPassPlain    string
	VerdictAlsoReview   string // {n}
	VerdictAlsoError    string // {n}
	OnlyConfirmed       string // {n} {who}
	OnlyOverruled       string // {n} {who}
	VerdictClosed       string // {time}
	VerdictNothing      string // {why}: a rule's title
	VerdictUnjudged     string // {n}
	VerdictAlsoUnjudged string // {n}
	VerdictInterrupted  string // {n} files found
	VerdictPart         string // {n} {total}
	VerdictMany         string // {ok} {total}
	VerdictNextDue      string // {case} {time}
	Verdict             string // heading

	PrintedFrom string // footer of a page, {tool} {version}
}

func reportZH() Report {
	return Report{
		Title:      "申诉材料检查报告 — {name}",
		ToolLine:   "{tool} {version} · {now}",
		RulesLine:  "规则 {rules}",
		Beijing:    "北京时间",
		LocalTime:  "本地时间",
		CaseTitle:  "案件 {path}",
		ThisFolder: "（未命名文件夹）",
		CaseID:     "违规编号 {id}",
		Deadline:   "申诉截止",
		Left:       "还剩 {time}",
		Overdue:    "已过期 {time}",
		BasisOf:    "按{basis}计算",
		NoDeadline: "申诉截止时间未知：请在 case.yaml 填写 violation.effective_at 或 violation.deadline",

		DeadlineTyped: "通知上写明的截止时间", DeadlineEffective: "处罚生效时间", DeadlineNotified: "通知发出时间", DeadlineFiled: "投诉时间", DeadlineNotice: "违规通知上读到的时间（case.yaml 没有写，或写得更晚）",

		CountFail: "{n} 处不通过", CountWarning: "{n} 处建议改正", CountInfo: "{n} 条提示", CountReview: "{n} 处需人工查看",
		CountError: "{n} 项未能检查", CountPass: "{n} 项通过", CountSkip: "{n} 项不适用", CountConfirmed: "{n} 项已人工确认", CountOverruled: "{n} 项不通过被人推翻",
		CountFiles: "{n} 个文件",
		CountPart:  "{total} 个文件中的 {n} 个",

		CountSuppressed: "{n} 处按设置或基线不计入", Hidden: "按设置或基线不计入结果", SuppressedBy: "{from} 豁免：{reason}", Until: "到 {date} 为止",

		Unchecked:   "等 {n} 项检查因同一原因无法进行（另有 {rules}）",
		Findings:    "发现的问题",
		NoFindings:  "没有发现问题。",
		Passed:      "通过的检查",
		Confirmed:   "已人工确认",
		ConfirmedBy: "由 {who} 于 {when} 确认。{note}",
		OverruledBy: "{who} 于 {when} 认为这条「不通过」判错了：{note}",
		MayOverrule: "觉得「很可能」的一条判错了？看过之后可以推翻：aecheck confirm 文件夹 --overrule",
		FolderTitle: "文件夹 {path}",
		WholeFolder: "整个文件夹",
		ProductID:   "商品 {id}",
		NextHead:    "下一步",
		AnyFolder:   "文件夹", NewFolder: "新文件夹", DraftFile: "申诉理由/申诉理由.txt",
		NextPage:    "想对着图片看：命令后面加上 --report html=report.html，再用浏览器打开 report.html（可打印、可打勾）",
		NextFix:     "aecheck fix {folder} --out {out}：替换图里能自动改的改好，另存副本，原文件不动",
		NextLetter:  "aecheck letter {folder} --kind commitment --out {out}：起草《图片合规承诺书》，打印后签字盖章",
		NextConfirm: "aecheck confirm {folder}：列出要人看的项，看过以后逐项确认",
		NextDraft:   "aecheck statement {folder} --out {draft}：按查到的事实起草申诉理由",
		NextPack:    "aecheck pack {folder} --out {out}：整理成可以一栏一栏上传的文件夹",
		MayFix:      "替换图的有些问题可以自动改好（另存副本，原文件不动）：aecheck fix 文件夹 --out 新文件夹",
		Baselined:   "已记入基线，不再计入结果。",

		Seen:         "看到",
		Required:     "要求",
		SeenRequired: "{seen}；要求 {required}",
		NotEmpty:     "不为空",
		NotThis:      "不是 {value}",
		Remedy:       "改正",
		Sources:      "依据",
		Confidence:   "把握：{word}",

		Where:     "位置 x={x} y={y} 宽 {w} 高 {h}",
		Page:      "第 {n} 页",
		Quoted:    "「{text}」",
		Compared:  "对照 {other}",
		MoreSeen:  "另有 {n} 处（--verbose 全部列出）",
		MoreFiles: "{files} 等 {n} 个文件",
		Notes:     "提示（不影响结果）",
		Same:      "共 {n} 处",

		Checklist:     "材料清单",
		ChecklistHint: "可打印，逐项完成后打勾",

		Item: "材料", State: "状态", Files: "文件", Todo: "要做的事",

		Rule: "规则", Message: "说明",

		Steps:       "需要人工完成的步骤",
		PhaseBefore: "提交前", PhaseSubmit: "提交时", PhaseAfter: "提交后",

		Summary:     "汇总",
		Statistics:  "按规则统计",
		Problems:    "运行中的问题",
		Interrupted: "检查被中断，以下结果不完整，没有列出的不等于通过。",
		SarifCut:    "另有 {n} 条较轻的结果没有写入：GitHub 最多接受 5000 条、10 MB",
		Nothing:     "没有找到可检查的文件。",
		Redacted:    "文件名、编号和读出的文字已隐去。",

		VerdictFail:         "还不能提交：{n} 处必须改正",
		VerdictFailPlain:    "{n} 处必须改正",
		VerdictError:        "还不能下结论：{n} 项未能检查",
		VerdictReview:       "没有必须改正之处，但先人工查看 {n} 处",
		VerdictWarning:      "可以提交，有 {n} 处建议先改正",
		VerdictPass:         "未发现问题，可以提交",
		VerdictPassPlain:    "未发现问题",
		VerdictAlsoReview:   "{n} 处需人工查看",
		VerdictAlsoError:    "{n} 项未能检查",
		OnlyConfirmed:       "其中 {n} 处只凭 {who} 的确认",
		OnlyOverruled:       "{n} 处「不通过」被 {who} 推翻",
		VerdictNothing:      "不要提交：{why}",
		VerdictClosed:       "申诉窗口已关闭 {time}：还能做什么见「违规通知」一项",
		VerdictUnjudged:     "还不能下结论：找到 {n} 处没有检查，见「运行中的问题」",
		VerdictAlsoUnjudged: "另有 {n} 处没有检查",
		VerdictInterrupted:  "检查被中断，没有结论：找到 {n} 个文件，只检查了一部分",
		VerdictPart:         "只看了 {total} 个文件中的 {n} 个，不是整个案件的结论",
		VerdictMany:         "{total} 个案件中 {ok} 个可以提交",
		VerdictNextDue:      "最早截止的是 {case}，{time}",
		Verdict:             "结论",

		PrintedFrom: "由 {tool} {version} 生成。「未发现问题」不代表平台一定通过。",
	}
}

func reportEN() Report {
	return Report{
		Title:      "Appeal material report — {name}",
		ToolLine:   "{tool} {version} · {now}",
		RulesLine:  "rules {rules}",
		Beijing:    "Beijing time",
		LocalTime:  "local time",
		CaseTitle:  "Case {path}",
		ThisFolder: "(unnamed folder)",
		CaseID:     "violation {id}",
		Deadline:   "Appeal by",
		Left:       "{time} left",
		Overdue:    "closed {time} ago",
		BasisOf:    "counted from {basis}",
		NoDeadline: "Deadline unknown: put violation.effective_at or violation.deadline into case.yaml",

		DeadlineTyped: "the deadline shown on the notice", DeadlineEffective: "when the penalty took effect", DeadlineNotified: "when the notice was sent", DeadlineFiled: "when the complaint was filed", DeadlineNotice: "the times read on the notice (case.yaml gives none, or later ones)",

		CountFail: "{n} to fix", CountWarning: "{n} worth fixing", CountInfo: "{n} note|{n} notes", CountReview: "{n} to check by hand",
		CountError: "{n} not checked", CountPass: "{n} passed", CountSkip: "{n} not applicable", CountConfirmed: "{n} confirmed by a person", CountOverruled: "{n} overruled by a person",
		CountFiles: "{n} file|{n} files",
		CountPart:  "{n} of {total} files",

		CountSuppressed: "{n} suppressed", Hidden: "Suppressed by settings or a baseline", SuppressedBy: "Suppressed by {from}: {reason}", Until: "until {date}",

		Unchecked:   "and others, {n} checks that one trouble prevents (also {rules})",
		Findings:    "What was found",
		NoFindings:  "Nothing found against it.",
		Passed:      "Checks passed",
		Confirmed:   "Confirmed by a person",
		ConfirmedBy: "Confirmed by {who} on {when}. {note}",
		OverruledBy: "{who} said on {when} that this fail is wrong: {note}",
		MayOverrule: "Is something that is called “likely” wrong? Once you have looked you may overrule it: aecheck confirm FOLDER --overrule",
		FolderTitle: "Folder {path}",
		WholeFolder: "The folder as a whole",
		ProductID:   "product {id}",
		NextHead:    "Next",
		AnyFolder:   "FOLDER", NewFolder: "NEW_FOLDER", DraftFile: "statement/statement.txt",
		NextPage:    "To see it beside the pictures: add --report html=report.html and open report.html in a browser (to print, to tick off)",
		NextFix:     "aecheck fix {folder} --out {out}: mends what a program can mend of replacement pictures, in copies; your files stay as they are",
		NextLetter:  "aecheck letter {folder} --kind commitment --out {out}: drafts the commitment letter, to be printed, signed and sealed",
		NextConfirm: "aecheck confirm {folder}: lists what a person must look at; confirm it once looked at",
		NextDraft:   "aecheck statement {folder} --out {draft}: drafts the appeal statement from what was found",
		NextPack:    "aecheck pack {folder} --out {out}: lays it all out to upload field by field",
		MayFix:      "Some of what is wrong with replacement pictures can be mended for you, in copies (your files stay as they are): aecheck fix FOLDER --out NEW_FOLDER",
		Baselined:   "In the baseline: no longer counted.",

		Seen:         "seen",
		Required:     "required",
		SeenRequired: "{seen}; required: {required}",
		NotEmpty:     "not empty",
		NotThis:      "not {value}",
		Remedy:       "to do",
		Sources:      "source",
		Confidence:   "confidence: {word}",

		Where:     "at x={x} y={y}, {w} wide, {h} high",
		Page:      "page {n}",
		Quoted:    "“{text}”",
		Compared:  "compared with {other}",
		MoreSeen:  "{n} more (--verbose lists all)",
		MoreFiles: "{files} and others, {n} files in all",
		Notes:     "Notes (these never count)",
		Same:      "{n} times",

		Checklist:     "Material checklist",
		ChecklistHint: "print it, tick as you go",

		Item: "Material", State: "State", Files: "Files", Todo: "To do",

		Rule: "Rule", Message: "Message",

		Steps:       "Steps only you can do",
		PhaseBefore: "before submitting", PhaseSubmit: "when submitting", PhaseAfter: "after submitting",

		Summary:     "Summary",
		Statistics:  "By rule",
		Problems:    "Problems during the run",
		Interrupted: "Interrupted: these results are incomplete; what is not listed has not passed.",
		SarifCut:    "{n} result more was left out, the least grave: GitHub takes 5,000 results and 10 MB|{n} results more were left out, the least grave: GitHub takes 5,000 results and 10 MB",
		Nothing:     "No file to check was found.",
		Redacted:    "File names, ids and texts read are hidden.",

		VerdictFail:         "Do not submit yet: {n} thing must be fixed|Do not submit yet: {n} things must be fixed",
		VerdictFailPlain:    "{n} thing must be fixed|{n} things must be fixed",
		VerdictError:        "No verdict yet: {n} check could not be made|No verdict yet: {n} checks could not be made",
		VerdictReview:       "Nothing must be fixed, but check {n} thing by hand first|Nothing must be fixed, but check {n} things by hand first",
		VerdictWarning:      "Ready to submit; {n} thing is worth fixing first|Ready to submit; {n} things are worth fixing first",
		VerdictPass:         "Nothing found against it; ready to submit",
		VerdictPassPlain:    "Nothing found against it",
		VerdictAlsoReview:   "{n} to check by hand",
		VerdictAlsoError:    "{n} not checked",
		OnlyConfirmed:       "{n} only because {who} says so",
		OnlyOverruled:       "{n} fail overruled by {who}|{n} fails overruled by {who}",
		VerdictNothing:      "Submit nothing: {why}",
		VerdictClosed:       "The window closed {time} ago: what is left to do stands under the violation notice",
		VerdictUnjudged:     "No verdict yet: {n} thing was found and not checked, see “Problems during the run”|No verdict yet: {n} things were found and not checked, see “Problems during the run”",
		VerdictAlsoUnjudged: "{n} thing not checked|{n} things not checked",
		VerdictInterrupted:  "Interrupted, no verdict: only a part of {n} file was checked|Interrupted, no verdict: only a part of {n} files was checked",
		VerdictPart:         "{n} of {total} files looked at; this is no verdict on the rest",
		VerdictMany:         "{ok} of {total} cases ready to submit",
		VerdictNextDue:      "first due is {case}, {time}",
		Verdict:             "Verdict",

		PrintedFrom: "Made by {tool} {version}. “Nothing found” does not promise that the platform agrees.",
	}
}
