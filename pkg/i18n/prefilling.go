package i18n

// Prefilling are the texts of init's reading of the notice.
type Prefilling struct {
	FlagNotice, FlagYes string
	// OneCase says that --notice is of one case.
	OneCase string
	// Read heads the values of a notice; {file}.
	Read string
	// Value is one of them; {key}, {value}, {text}, {sure}.
	Value string
	// What is said behind a value: that case.yaml has another ({value}), and that it is
	// written as a comment to be compared with the notice.
	Kept, Doubtful string
	// Nothing says that a file told nothing; {file}.
	Nothing string
	// Ask asks whether to write; HowYes says how to do so without a terminal.
	Ask, HowYes string
	// Done counts what was written into {path}; {n}.
	Done string
	// AllThere says that there was nothing to write into {path}.
	AllThere string
	// Copied says where a notice from elsewhere was put; {file}.
	Copied string
	// Note and NoteDoubtful are the comments in case.yaml; {file}, {sure}, {text}.
	Note, NoteDoubtful string
	// Offer says in a scan that the notice gives keys that case.yaml lacks; {n}, {path}.
	Offer string
	// ByHand says that case.yaml could not be added to; {path}, {why}.
	ByHand string
	// Unusual is why: the file is written in a way that cannot be added to safely.
	Unusual string
}

func prefillingZH() Prefilling {
	return Prefilling{
		FlagNotice:   "从这份违规通知（截图或 PDF）里读出编号、类型、时间等，填进 case.yaml；不在案件文件夹里的会复制一份进去",
		FlagYes:      "不询问，直接把读到的填进去",
		OneCase:      "--notice 只用于一个案件文件夹",
		Read:         "{file} 上读到：",
		Value:        "{key}: {value}  （{sure}）",
		Kept:         "case.yaml 里已经写了 {value}，不改；请核对",
		Doubtful:     "没有把握，写成注释，请对照通知",
		Nothing:      "{file} 上没有读到可以填的内容：请照着通知自己填 case.yaml",
		Ask:          "把这些填进 case.yaml 吗？[Y/n] ",
		HowYes:       "没有填：这里不能询问。加上 --yes 就会填进去。",
		Done:         "已填好 {path} 的 {n} 项，请对照通知再看一遍。",
		AllThere:     "{path} 里这些都有了，没有改动。",
		Copied:       "通知已复制到 {file}",
		Note:         "读自 {file}，{sure}",
		NoteDoubtful: "读自 {file}，{sure}：请对照通知，对了就去掉这一行开头的 #",
		Offer:        "{path} 的违规通知上有 case.yaml 没填的 {n} 项：运行 “aecheck init {path}” 可以照着填好。",
		ByHand:       "{path} 没有改动，请自己填写（{why}）",
		Unusual:      "它的写法特殊，例如用了 {…}，自动改有风险",
	}
}

func prefillingEN() Prefilling {
	return Prefilling{
		FlagNotice:   "read IDs, type, times and so on from this violation notice (a screenshot or PDF) into case.yaml; one from elsewhere is copied into the case folder",
		FlagYes:      "write what was read without asking",
		OneCase:      "--notice is for one case folder",
		Read:         "Read on {file}:",
		Value:        "{key}: {value}  ({sure})",
		Kept:         "case.yaml has {value} and is left alone; compare them",
		Doubtful:     "not sure; goes in as a comment, compare it with the notice",
		Nothing:      "nothing to fill in was read on {file}: copy what the notice says into case.yaml yourself",
		Ask:          "Write these into case.yaml? [Y/n] ",
		HowYes:       "Nothing was written, as nobody can be asked here. Add --yes to write it.",
		Done:         "{n} key of {path} was filled in; compare it with the notice.|{n} keys of {path} were filled in; compare them with the notice.",
		AllThere:     "{path} has all of this and was left alone.",
		Copied:       "the notice was copied to {file}",
		Note:         "read on {file}, {sure}",
		NoteDoubtful: "read on {file}, {sure}: compare it with the notice and take the # at the beginning of this line away",
		Offer:        "The notice of {path} gives {n} key that case.yaml lacks: \"aecheck init {path}\" fills it in.|The notice of {path} gives {n} keys that case.yaml lacks: \"aecheck init {path}\" fills them in.",
		ByHand:       "{path} was left alone; fill it in yourself ({why})",
		Unusual:      "it is written in an unusual way, as in {…}, and a change might break it",
	}
}
