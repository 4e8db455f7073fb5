package i18n

// Stating are the texts of the command statement.
type Stating struct {
	Command                    string
	FlagIn, FlagTrace, FlagOut string
	// OneCase says that a statement is of one case; {n}.
	OneCase string
	// NoLanguage says that there are no sentences in a language; {language},
	// {languages}.
	NoLanguage string
	// Held says that a sentence was not made: {section}, {what} (files, or WholeCase),
	// {rule}, {title}.
	Held, WholeCase string
	// HeldBlank says that a sentence has a blank because of a finding, likewise.
	HeldBlank string
	// Dropped says that there was no room for a sentence; {max}, {text}.
	Dropped string
	// Long says that what cannot be dropped is too long; {n}, {max}. Short that the
	// draft has fewer characters than are advised; {n}, {min}.
	Long, Short string
	// Conflict says that an earlier statement differs: {file}, {quote}, {text}.
	// ConflictGround the same of the ground of the appeal: {file}, {quote}, {ground}.
	Conflict, ConflictGround string
	// Ground names the grounds.
	Misjudged, Authorized, Rectified string
	// Blanks counts what is to be filled in; {n}.
	Blanks string
	// Written says where the draft was put; {path} {case}.
	Written string
	// Keep says where a draft that was printed belongs.
	Keep string
	// Exists says that a file is there and is not written over; {path}.
	Exists string
	// Passed says in a trace that rules passed; {rules}. ByPerson stands behind one that
	// passes because somebody says so; {person}.
	Passed, ByPerson string
	// NoCaseFile says that there is no case.yaml to take facts from; {path}.
	NoCaseFile string
}

func statingZH() Stating {
	return Stating{
		Command:        "根据案件里查到的事实写出申诉理由的草稿",
		FlagIn:         "草稿用什么语言写（{languages}）；不写则与界面语言相同",
		FlagTrace:      "在每句话下面列出它依据的文件、事实和规则",
		FlagOut:        "写进这个文件（原来没有的），不写则输出到屏幕",
		OneCase:        "一份申诉理由只写一个案件，这里有 {n} 个：请指定其中一个案件的文件夹",
		NoLanguage:     "没有 {language} 的申诉理由，可选：{languages}",
		Held:           "「{section}」没有写 {what}：{rule} {title}",
		WholeCase:      "相关的内容",
		HeldBlank:      "「{section}」里对不上的内容留了空，先核对 {what}：{rule} {title}",
		Dropped:        "超过 {max} 字，没有写进去：{text}",
		Long:           "草稿有 {n} 字，超过 {max} 字，而且不能再删：请自己改短",
		Short:          "草稿只有 {n} 字，建议至少 {min} 字：把空着的地方填完整",
		Conflict:       "与 {file} 说的不一样。那里写：“{quote}”；草稿写：“{text}”。交上去的材料要前后一致，请核对哪个对",
		ConflictGround: "与 {file} 说的不一样。那里写：“{quote}”；这份草稿按「{ground}」申诉。请核对 appeal.ground",
		Misjudged:      "误判",
		Authorized:     "已获授权",
		Rectified:      "已整改",
		Blanks:         "有 {n} 处空着（____），填好事实再提交；没有的就把那一句删掉。",
		Keep:           "逐句核对、填好空白以后，存成文本文件放进「申诉理由」文件夹；加 --out 文件名 可以直接写成文件。",
		Written:        "草稿已写入 {path}：逐句核对，填好空白，再运行 aecheck scan {case} 检查一遍。",
		Exists:         "{path} 已经有了，不会覆盖它：请换一个文件名",
		Passed:         "{rules} 通过",
		ByPerson:       "（{person} 确认）",
		NoCaseFile:     "{path} 没有 case.yaml，店铺、商品、违规等只能留空：先运行 “aecheck init {path}” 填好，再起草",
	}
}

func statingEN() Stating {
	return Stating{
		Command:        "draft the appeal statement from what was found in a case",
		FlagIn:         "language of the draft ({languages}); that of the program where it is left out",
		FlagTrace:      "below each sentence, list the files, facts and rules it rests on",
		FlagOut:        "write into this file, which must not be there yet; to standard output where it is left out",
		OneCase:        "a statement is of one case and there are {n} here: name the folder of one",
		NoLanguage:     "there is no statement in {language}; there is one in {languages}",
		Held:           "Nothing was said under \"{section}\" of {what}: {rule} {title}",
		WholeCase:      "the matter",
		HeldBlank:      "Under \"{section}\" there is a blank for what does not agree; look at {what} first: {rule} {title}",
		Dropped:        "There was no room within {max} characters for: {text}",
		Long:           "The draft has {n} characters, more than {max}, and nothing else can be left out: shorten it yourself",
		Short:          "The draft has {n} characters only, {min} at least are advised: fill in the blanks",
		Conflict:       "{file} says otherwise. There: \"{quote}\"; the draft: \"{text}\". What is handed in must agree: see which is right",
		ConflictGround: "{file} says otherwise. There: \"{quote}\"; this draft appeals on the ground \"{ground}\". See whether appeal.ground is right",
		Misjudged:      "wrongly judged",
		Authorized:     "authorized",
		Rectified:      "mended",
		Blanks:         "{n} place is blank (____): fill in the fact before you hand it in, or take the sentence out.|{n} places are blank (____): fill in the facts before you hand it in, or take the sentences out.",
		Keep:           "Compare it sentence by sentence, fill in the blanks, and put it as a text file into the folder statement; --out FILE writes one.",
		Written:        "The draft was written to {path}: compare it sentence by sentence, fill in the blanks, and run aecheck scan {case} again.",
		Exists:         "{path} is there already and is not written over: choose another name",
		Passed:         "{rules} passed",
		ByPerson:       " (by the word of {person})",
		NoCaseFile:     "{path} has no case.yaml, so shop, product and violation stay blank: run \"aecheck init {path}\" and fill it in first",
	}
}
