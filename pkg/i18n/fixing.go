package i18n

// Fixing are the texts of the fix command.
type Fixing struct {
	Cmd, How string
	// Flags.
	FlagOut, FlagDryRun, FlagOnly, FlagUpscale, FlagWatermark, FlagAILabel, FlagLog string
	// NeedsOut says that --out or --dry-run is needed.
	NeedsOut string
	// NotARule: --only names a rule that no program mends; {rule}, {rules}.
	NotARule string
	// HasContent and Inside are about --out; {path}.
	HasContent, Inside string
	// LogName says what --log takes, LogInside where it may not lie; {path}.
	LogName, LogInside string
	// Safety of a mend.
	Safe, Pixels, Eye string
	// File heads one file: {file}, {was} and, of a copy, {out}, {now}.
	Planned, Made string
	// NotMade says why there is no copy; {file}, {why}.
	NotMade string
	// Same and Changed tell the likeness of a copy; {percent}.
	Same, Changed string
	// Dropped and Labelled are about Content Credentials and AI labels.
	Dropped, Labelled string
	// Mended, Remains, New (failing now and not before) and Asks (to be looked at by a
	// person) list rules after the copy was checked; {rules}.
	Mended, Remains, New, Asks string
	// ByHand heads what no program mends; {n}.
	ByHand string
	// AndMore counts files that are not named; {n}.
	AndMore string
	// Nothing says that there is nothing to mend.
	Nothing string
	// Done, DryDone end the page; {n}, {path}.
	Done, DryDone string
	// Next says what to do with the copies; {case}.
	Next string
	// Renamed says that case.yaml names a file that has another name now; {old}, {new}.
	Renamed string
	// Explain is the label, on the page of a rule, of its mend.
	Explain string
}

func fixingZH() Fixing {
	return Fixing{
		Cmd: "把替换图里能自动改好的问题改好，另存一份",
		How: "检查文件夹，把替换图中机器改得了的问题（格式、大小、比例、边框、近白背景、颜色、隐私信息……）改好，写到 --out 指定的新文件夹；" +
			"原文件一个字节也不动。改好的图会再检查一遍，并和原图比对。别人的水印、联系方式、截图不会去改：那要换图。",
		FlagOut:       "改好的图放到这个新文件夹（不能在被检查的文件夹里）",
		FlagDryRun:    "只列出要改什么，不写文件",
		FlagOnly:      "只改这些规则的问题（可重复；点名的「需人工查看」也会改）",
		FlagUpscale:   "允许把太小的图放大（细节不会变多）",
		FlagWatermark: "给每张替换图加上本店水印 AE-店铺ID",
		FlagAILabel:   "缺 AI 标识的替换图（AE327、AE333），加上 “AI Generated”",
		FlagLog:       "把做了什么记到文件（.json 或 .csv，可重复）",
		NeedsOut:      "请用 --out 指定放结果的新文件夹，或用 --dry-run 先看要改什么",
		NotARule:      "--only {rule}：这条规则没有自动改法；有的是 {rules}",
		HasContent:    "{path} 里已经有文件：请换一个新文件夹（不会覆盖任何东西）",
		Inside:        "{path} 在被检查的文件夹里面：请放到外面，免得改好的图被当成材料",
		LogName:       "--log {path}：文件名要以 .json 或 .csv 结尾",
		LogInside:     "--log {path} 在被检查的文件夹里面：请放到外面，免得被当成上传日志",
		Safe:          "安全", Pixels: "会改像素", Eye: "请看一眼",
		Planned:  "{file}（{was}）",
		Made:     "{file}（{was}）→ {out}（{now}）",
		NotMade:  "{file} 没有改：{why}",
		Same:     "和原图比对：一致（相似度 {percent}%）",
		Changed:  "和原图比对：差别较大（相似度 {percent}%），请放在一起看一眼",
		Dropped:  "内容凭证（C2PA）只对原来的字节有效，副本里没有",
		Labelled: "AI 标识已保留在副本里",
		Mended:   "再检查：{rules} 已通过",
		Remains:  "再检查：{rules} 仍不通过",
		New:      "再检查：新出现的不通过 {rules}，请看一眼",
		Asks:     "再检查：{rules} 要人看一眼才能定",
		ByHand:   "这些要人来改（机器不改）：",
		AndMore:  "另有 {n} 个文件",
		Nothing:  "替换图没有机器能改的问题。",
		Done:     "改好 {n} 张，放在 {path}。",
		DryDone:  "会改 {n} 张；加上 --out 新文件夹 就动手。",
		Next:     "看过之后，用它们换掉案件文件夹里的同名替换图（扩展名变了的，删掉旧的），再运行 aecheck scan {case}。",
		Renamed:  "case.yaml 里写着 {old}，换成新图后请改成 {new}。",
		Explain:  "自动修正",
	}
}

func fixingEN() Fixing {
	return Fixing{
		Cmd: "mend what can be mended of replacement pictures, in copies",
		How: "Checks the folder, mends what a program can about its replacement pictures (format, size, proportions, frame, off-white background, colours, private data …) and writes copies into the new folder of --out; " +
			"your files are not touched. The copies are checked again and held against the originals. Foreign marks, contact details and screenshots are left alone: those take another picture.",
		FlagOut:       "new folder for the mended copies (not inside the folder that is checked)",
		FlagDryRun:    "tell what would be done and write nothing",
		FlagOnly:      "mend what these rules found and nothing else (repeatable; reviews of a named rule too)",
		FlagUpscale:   "enlarge pictures that are too small (no detail is gained)",
		FlagWatermark: "write the shop's AE-… mark on every replacement",
		FlagAILabel:   "write \"AI Generated\" on replacements that lack the label (AE327, AE333)",
		FlagLog:       "log what was done to a file (.json or .csv; repeatable)",
		NeedsOut:      "give the new folder for the result with --out, or look first with --dry-run",
		NotARule:      "--only {rule}: no program mends this; these rules have a mend: {rules}",
		HasContent:    "{path} has files in it: name a new folder (nothing is ever overwritten)",
		Inside:        "{path} lies inside the folder that is checked: choose one outside, or the copies will be taken for material",
		LogName:       "--log {path}: the name must end in .json or .csv",
		LogInside:     "--log {path} lies inside the folder that is checked: choose a place outside, or it will be taken for an upload log",
		Safe:          "safe", Pixels: "changes pixels", Eye: "needs your eye",
		Planned:  "{file} ({was})",
		Made:     "{file} ({was}) → {out} ({now})",
		NotMade:  "{file} was not mended: {why}",
		Same:     "held against the original: the same picture ({percent}% alike)",
		Changed:  "held against the original: rather different ({percent}% alike), look at both",
		Dropped:  "Content Credentials (C2PA) hold for the old bytes alone and are not in the copy",
		Labelled: "its AI labels are kept in the copy",
		Mended:   "checked again, passing now: {rules}",
		Remains:  "checked again, still failing: {rules}",
		New:      "checked again, failing now and not before: {rules}",
		Asks:     "checked again, a person must look: {rules}",
		ByHand:   "These need a person (no program mends them):",
		AndMore:  "{n} more files",
		Nothing:  "Nothing about the replacement pictures can be mended by a program.",
		Done:     "{n} mended, in {path}.",
		DryDone:  "{n} would be mended; name a new folder with --out to do it.",
		Next:     "Look at them, put them in the place of the replacements of the same name (where the extension changed, delete the old one), and run aecheck scan {case}.",
		Renamed:  "case.yaml names {old}; once replaced, write {new} there.",
		Explain:  "mended by",
	}
}
