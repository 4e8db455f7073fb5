package i18n

// Words are single words: outcomes, states, kinds.
type Words struct {
	Pass, Fail, Warning, Info, Review, Skip, Error string // what a finding came to

	Ready, Problem, Missing, NeedsReview, Recommended, NotNeeded string // state of a checklist item

	Likely, Guess string // confidence; certain goes without saying

	Official, Several, One, SeedOnly, Inferred string // who says so

	Unavailable, MissingInput, SwitchedOff string // cause of a review

	Unsorted, Case, Batch string // what is no kind of rules.yaml

	Yes, No, Nothing string // values

	Day, Hour, Minute, Second string // time left, {n}
	Join                      string // between the items of an enumeration
	Clause                    string // between the clauses of a sentence
	Colon                     string
	Stop, Semicolon           string // at the end of a sentence, and between two
	Paren                     string // around an aside, {text}
}

func wordsZH() Words {
	return Words{
		Pass: "通过", Fail: "不通过", Warning: "建议改正", Info: "提示", Review: "需人工查看", Skip: "不适用", Error: "未能检查",

		Ready: "已就绪", Problem: "有问题", Missing: "缺少", NeedsReview: "待人工确认", Recommended: "建议补充，还没有", NotNeeded: "不需要",

		Likely: "很可能", Guess: "推测",

		Official: "平台规定", Several: "多个独立来源", One: "单一来源", SeedOnly: "仅经验文章提及", Inferred: "按经验推断",

		Unavailable: "有信息读不出来", MissingInput: "case.yaml 缺少所需信息", SwitchedOff: "已按要求关闭此项检查",

		Unsorted: "未归类的文件", Case: "整个案件", Batch: "案件之间",

		Yes: "是", No: "否", Nothing: "无",

		Day: "{n} 天", Hour: "{n} 小时", Minute: "{n} 分钟", Second: "{n} 秒",
		Join: "、", Clause: "，", Colon: "：", Stop: "。", Semicolon: "；", Paren: "（{text}）",
	}
}

func wordsEN() Words {
	return Words{
		Pass: "passed", Fail: "must fix", Warning: "should fix", Info: "note", Review: "check by hand",
		Skip: "does not apply", Error: "not checked",

		Ready: "ready", Problem: "problem", Missing: "missing", NeedsReview: "check by hand", Recommended: "recommended, not there", NotNeeded: "not needed",

		Likely: "likely", Guess: "guess",

		Official: "platform rule", Several: "several independent sources", One: "one source",
		SeedOnly: "one practitioner's article", Inferred: "inferred from experience",

		Unavailable: "something could not be read", MissingInput: "case.yaml does not say",
		SwitchedOff: "this check was switched off",

		Unsorted: "Files not placed", Case: "The case as a whole", Batch: "Between the cases",

		Yes: "yes", No: "no", Nothing: "none",

		Day: "{n} day|{n} days", Hour: "{n} h", Minute: "{n} min", Second: "{n} s",
		Join: ", ", Clause: ", ", Colon: ": ", Stop: ".", Semicolon: "; ", Paren: " ({text})",
	}
}
