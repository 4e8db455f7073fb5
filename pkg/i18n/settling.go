package i18n

// Settling are the texts of settings, suppressions and the baseline.
type Settling struct {
	CmdConfig, CmdConfigShow, CmdConfigSchema string
	CmdBaseline, CmdWrite, CmdPrune           string
	FlagConfig, FlagBaseline                  string

	// What a value is from.
	FromSystem, FromDefault string
	// None is the value of a key that nothing gives.
	None string
	// FoundAbove says of the file in force that it was found; File and Baseline are what
	// the files are called.
	FoundAbove, File, Baseline string

	// Used says what settings a scan went by; {file}, {n} suppressed. Excluding is said
	// behind it; {n} left out.
	Used, Excluding string
	// UsedBaseline is the same of the baseline; {file}, {n}.
	UsedBaseline string
	// AllExcluded says that the settings leave out all that was named; {file}.
	AllExcluded string

	// Problems with suppressions: {rule}, {reason}, {date}, {origin}; entries of the baseline {n}.
	Expired, Unused, Stale string

	// Wrote and Pruned say what a baseline holds; {path}, {n}, {kept}, {gone}.
	Wrote, Pruned string
	// NoBaseline says that there is none to prune.
	NoBaseline string
	// BadBaseline says that a file is no baseline; {path}, {why}.
	BadBaseline string
	// Partly says that a baseline is written of everything; {flag}.
	Partly string

	// How a file is judged: headings, and what placed it.
	Judged, Kind, Slot, Case, Rules, Off, Suppressions, Excluded                     string
	ByFolder, ByCaseFile, ByName, ByOption, ByListing, ByNothing, BySettings, NoSlot string
	ListingCase                                                                      string // it lies in a plain folder
	NotFound                                                                         string // {path}: a walk leaves it out
	Outside                                                                          string // {path}: it lies beside cases
	Is                                                                               string // {value} {why}
	OffBecause                                                                       string // {rule} {reason} {layer}
	SuppressedBy                                                                     string // {rule} {files} {reason} {until}
	Until                                                                            string // {date}
	Known                                                                            string // {rules} {path}: in the baseline
	AllFiles                                                                         string
}

func settlingZH() Settling {
	return Settling{
		CmdConfig:       "查看设置（.aecheck.yaml）",
		CmdConfigShow:   "显示每项设置的值和它的来处",
		CmdConfigSchema: "输出 .aecheck.yaml 的 JSON Schema",
		CmdBaseline:     "基线：记下现有的问题，以后只报新的",
		CmdWrite:        "把现有的问题写进基线（选项同 scan）",
		CmdPrune:        "去掉基线里已经不存在的问题（选项同 scan）",
		FlagConfig:      "设置文件；none 表示不用（默认从当前文件夹往上找 .aecheck.yaml）",
		FlagBaseline:    "基线文件；none 表示不用（默认从当前文件夹往上找 .aecheck-baseline.json）",
		FromSystem:      "操作系统",
		FromDefault:     "默认",
		None:            "（无）",
		FoundAbove:      "从当前文件夹往上找到",
		File:            "设置文件",
		Baseline:        "基线",
		Used:            "按 {file} 的设置：{n} 处不计入结果",
		Excluding:       "，{n} 个文件或文件夹不检查",
		UsedBaseline:    "按基线 {file}：{n} 处不计入结果",
		AllExcluded:     "{file} 的 exclude 把给出的都排除了。",
		Expired:         "{origin}：对 {rule} 的豁免已于 {date} 到期，不再起作用：请解决问题，或改 expires（原因：{reason}）",
		Unused:          "{origin}：对 {rule} 的豁免没有用到：可以删掉（原因：{reason}）",
		Stale:           "基线里有 {n} 条已经对不上任何问题：用 aecheck baseline prune 去掉",
		Wrote:           "已写好 {path}：{n} 个现有的问题以后不再计入结果；文件内容一变就重新计入。",
		Pruned:          "已整理 {path}：留下 {kept} 条，去掉 {gone} 条。",
		NoBaseline:      "没有基线可以整理：先用 aecheck baseline write 写一份",
		BadBaseline:     "{path} 不是 aecheck 的基线：{why}",
		Partly:          "基线要按全部文件来写，不能用 {flag}",
		Judged:          "怎样检查 {path}",
		Kind:            "材料种类",
		Slot:            "图位",
		Case:            "属于",
		Rules:           "适用的规则",
		Off:             "关闭的规则",
		Suppressions:    "不计入结果的",
		Excluded:        "不检查：{file} 的 exclude 里有 {pattern}",
		ByFolder:        "按文件夹名",
		ByCaseFile:      "case.yaml 写明",
		ByName:          "按文件名",
		ByOption:        "命令行选项",
		ByListing:       "商品照片文件夹里的图片都当作替换图、主图",
		ByNothing:       "认不出来：文件夹名、文件名、case.yaml 和设置都没有说明",
		BySettings:      "设置",
		NoSlot:          "没有图位",
		ListingCase:     "商品照片（不是申诉案件，只检查图片本身）",
		NotFound:        "{path} 不会被检查：系统文件、照片的附属文件或别的不算材料的文件",
		Outside:         "{path} 不会被检查：它在各案件文件夹之外，不属于任何案件",
		Is:              "{value}（{why}）",
		OffBecause:      "{rule}：{reason}",
		SuppressedBy:    "{rule}，{files}：{reason}{until}",
		Until:           "（到 {date} 为止）",
		Known:           "{rules}：记在基线 {path} 里",
		AllFiles:        "所有文件",
	}
}

func settlingEN() Settling {
	return Settling{
		CmdConfig:       "look at the settings (.aecheck.yaml)",
		CmdConfigShow:   "show every setting with where it is from",
		CmdConfigSchema: "print the JSON Schema of .aecheck.yaml",
		CmdBaseline:     "baseline: note what is found today, and be told of what is new",
		CmdWrite:        "write what is found now into the baseline (flags as for scan)",
		CmdPrune:        "take out of the baseline what is not found any more (flags as for scan)",
		FlagConfig:      "file of settings, \"none\" for none (default: the nearest .aecheck.yaml from the working directory upward)",
		FlagBaseline:    "baseline, \"none\" for none (default: the nearest .aecheck-baseline.json from the working directory upward)",
		FromSystem:      "operating system",
		FromDefault:     "default",
		None:            "(none)",
		FoundAbove:      "found from the working directory upward",
		File:            "settings",
		Baseline:        "baseline",
		Used:            "settings from {file}: {n} suppressed",
		Excluding:       ", {n} file or folder left out|, {n} files or folders left out",
		UsedBaseline:    "baseline {file}: {n} suppressed",
		AllExcluded:     "exclude of {file} leaves out all that was named.",
		Expired:         "{origin}: the suppression of {rule} expired on {date} and has no effect: mend what is found, or change expires (reason: {reason})",
		Unused:          "{origin}: the suppression of {rule} suppresses nothing: it can go (reason: {reason})",
		Stale:           "{n} entry of the baseline fits nothing that is found: take it out with aecheck baseline prune|{n} entries of the baseline fit nothing that is found: take them out with aecheck baseline prune",
		Wrote:           "{path} is written: {n} finding there is now does not count, until its file's content changes.|{path} is written: {n} findings there are now do not count, until the content of their file changes.",
		Pruned:          "{path}: {kept} entries kept, {gone} taken out.",
		NoBaseline:      "there is no baseline to prune: write one with aecheck baseline write",
		BadBaseline:     "{path} is no baseline of aecheck: {why}",
		Partly:          "a baseline is written of all files, so {flag} cannot be used",
		Judged:          "How {path} is judged",
		Kind:            "Kind",
		Slot:            "Slot",
		Case:            "Part of",
		Rules:           "Rules in force",
		Off:             "Rules switched off",
		Suppressions:    "Suppressed",
		Excluded:        "It is not checked: exclude of {file} has {pattern}",
		ByFolder:        "by the name of its folder",
		ByCaseFile:      "case.yaml says so",
		ByName:          "by its name",
		ByOption:        "option on the command line",
		ByListing:       "pictures in a plain folder of photos are taken for replacements, and for main pictures",
		ByNothing:       "not known: neither folder nor name, case.yaml or settings say",
		BySettings:      "settings",
		NoSlot:          "no slot",
		ListingCase:     "product photos (no appeal: the pictures alone are judged)",
		NotFound:        "{path} is not checked: a file of the system, one that goes with a photo, or another that is no material",
		Outside:         "{path} is not checked: it lies beside case folders and belongs to none",
		Is:              "{value} ({why})",
		OffBecause:      "{rule}: {reason}",
		SuppressedBy:    "{rule}, {files}: {reason}{until}",
		Until:           " (until {date})",
		Known:           "{rules}: in the baseline {path}",
		AllFiles:        "all files",
	}
}
