package i18n

// Sharing are the texts of a scan shared out among machines (scan --shard, merge), and
// of a cache that they share.
type Sharing struct {
	FlagShard, FlagCacheDir string
	// CmdMerge is what merge does, MergeHow more of it.
	CmdMerge, MergeHow string
	// WantShard is what --shard takes.
	WantShard string
	// NeedsFile says that --shard leaves a file; {shard}. NeedsShard says that such a
	// file is for --shard.
	NeedsFile, NeedsShard string
	// ForMerge says that a flag goes with merge; {flag}.
	ForMerge string
	// Wrote says what is in the file; {shard}, {n} files of {of}, {path}.
	Wrote string
	// Stopped says that an interrupted shard leaves no file; {shard}, {path}.
	Stopped string
	// What --shard auto cannot tell: no variable is set ({names}); one is set ({name},
	// {value}) and none says how many there are ({other}); one is no number of those
	// there are; an array of Slurm has gaps; two say different counts or parts.
	NoPlatform, NoCount, NoNumber, Gaps, OtherTotal, TwoParts string
	// SayShard says what to do instead, behind one of those.
	SayShard string
	// NoFiles says that merge wants files.
	NoFiles string
	// What is wrong with a file; {path}.
	Foreign, Schema, Damaged string
	// Why files do not make one run: {path} is not as {with}, or as this run; {got},
	// {want}, {flag}.
	OtherVersion, OtherFacts, OtherRules, OtherSettings, OtherCount, OtherInput, OtherFlag, Twice string
	// Input is a list of files; {cases}, {files}, {bytes}, {digest}.
	Input string
	// Missing says which parts are not there; {list}, the {first} of them, {of} in all.
	Missing string
	// NotAll says that the files together do not hold what they should.
	NotAll string
	// CacheInside says that the folder of the cache would be checked; {dir}, {path}.
	CacheInside string
	// None stands for a value that was not given.
	None string
}

func sharingZH() Sharing {
	return Sharing{
		FlagShard:     "只检查全部文件里的一份，如 2/8 是八份里的第二份，结果写进 --report shard=文件，再用 aecheck merge 合并；auto 按 Kubernetes、Slurm、GitLab 或 AWS Batch 的环境变量确定是哪一份",
		FlagCacheDir:  "识别结果缓存放在这个文件夹，可以是几台机器共用的存储（也可用 AECHECK_CACHE_DIR 指定）；不写就放在本机用户的缓存文件夹里",
		CmdMerge:      "把 scan --shard 写的各份结果合在一起判断，写出报告",
		MergeHow:      "各份结果要由同一版本的程序、用同样的规则和设置、从同样的文件得来，一份不缺、一份不重。写出的报告和一次 scan 全部文件的一样。不需要原来的文件夹。",
		WantShard:     "1/8 2/8 … 8/8，或 auto",
		NeedsFile:     "--shard 只把读到的内容写进一个文件，由 aecheck merge 合并判断：请写 --report shard=文件名，不写其他报告",
		NeedsShard:    "shard 不是一种报告：它是 --shard 写的、供 aecheck merge 合并的文件",
		ForMerge:      "{flag} 要写在 aecheck merge 后面：--shard 只读文件，还不判断，也不写报告",
		Wrote:         "第 {shard} 份：{of} 个文件中的 {n} 个，已写入 {path}，请用 aecheck merge 合并",
		Stopped:       "第 {shard} 份被中断，没有写 {path}：请重新运行这一份",
		NoPlatform:    "--shard auto 要靠环境变量确定是哪一份，而 {names} 都没有设置。",
		NoCount:       "{name}={value}，但 {other} 没有设置，不知道一共几份。",
		NoNumber:      "{name}={value} 不是有效的序号（{other}）。",
		Gaps:          "{name}={value}：这个 Slurm 作业数组的编号不连续，不知道是第几份；请用 --array=0-7 这样的连续编号。",
		OtherTotal:    "{name}={value}，但 AECHECK_SHARDS={other}，两者要一样。",
		TwoParts:      "{name} 说是第 {value} 份，{other} 说的却不一样。",
		SayShard:      "也可以直接写明，如 --shard 2/8。",
		NoFiles:       "请写出要合并的文件，如 aecheck merge *.shard",
		Foreign:       "{path} 不是 aecheck scan --shard 写的文件",
		Schema:        "{path} 是另一个版本的 aecheck 写的：请用现在这个版本重新运行这一份，再合并",
		Damaged:       "{path} 不完整或已损坏：请重新运行这一份，再合并",
		OtherVersion:  "{path} 是 aecheck {got} 读的，现在运行的是 {want}：请在各台机器上用同一个版本，重新运行这一份",
		OtherFacts:    "{path} 和现在运行的程序版本号相同（{want}），程序却不同：请在各台机器上用同一个程序，重新运行这一份",
		OtherRules:    "{path} 是按另一套规则读的（{got}，这里是 {want}）：请给 merge 加上同样的 --rules 和 --pack，或用这里的规则重新运行这一份",
		OtherSettings: "{path} 是按另一份 .aecheck.yaml 读的（{got}，这里是 {want}）：请用同样的设置（--config），或重新运行这一份",
		OtherCount:    "{path} 是第 {got} 份，{with} 却是第 {want} 份，两者不是同一次分的：请只合并同一次的各份",
		OtherInput:    "{path} 和 {with} 读的不是同样的文件（{got}；{want}）：文件夹在两次之间有改动，或者不是同一个；请等文件夹不再变化后，重新运行有出入的各份",
		OtherFlag:     "{path} 和 {with} 运行时的 {flag} 不同（{got}；{want}）：请用同样的选项重新运行其中一份",
		Input:         "{cases} 个案件、{files} 个文件、{bytes} 字节，清单 {digest}",
		Twice:         "{path} 和 {with} 都是第 {got} 份：请只留一个",
		Missing:       "缺少第 {list} 份（一共 {of} 份）：请补跑（如 --shard {first}/{of}），再把全部文件一起合并",
		NotAll:        "这些文件合起来和它们自己写的文件清单不符：请重新运行全部各份",
		CacheInside:   "缓存文件夹 {dir} 在要检查的 {path} 里面，会被当成材料：请放在别处，或用 .cache 这样以点开头的名字",
		None:          "没有",
	}
}

func sharingEN() Sharing {
	return Sharing{
		FlagShard:     "check one part of all files, as 2/8 is the second of eight, and leave what was found in --report shard=FILE, for aecheck merge; auto tells the part by the variables of Kubernetes, Slurm, GitLab or AWS Batch",
		FlagCacheDir:  "keep what was read in this folder, which may be storage that several machines share (also AECHECK_CACHE_DIR); else in the user's cache folder on this machine",
		CmdMerge:      "judge together what scan --shard left, and write reports",
		MergeHow:      "The parts must be of one version of the program, with the same rules and settings, and of the same files; each once and none missing. The reports are those that one scan of all files writes. The folders themselves are not needed.",
		WantShard:     "1/8 2/8 … 8/8 or auto",
		NeedsFile:     "--shard leaves what it read in one file, for aecheck merge to judge: give --report shard=FILE and no other report",
		NeedsShard:    "shard is no report: it is the file that --shard leaves for aecheck merge",
		ForMerge:      "{flag} goes with aecheck merge: --shard reads files; it judges nothing and writes no report",
		Wrote:         "part {shard}: {n} of {of} files, in {path} for aecheck merge",
		Stopped:       "part {shard} was interrupted and {path} was not written: run this part again",
		NoPlatform:    "--shard auto goes by variables of the environment, and none of {names} is set.",
		NoCount:       "{name}={value}, but {other} is not set: nothing says how many parts there are.",
		NoNumber:      "{name}={value} is not the number of a part ({other}).",
		Gaps:          "{name}={value}: the numbers of this Slurm array have gaps, so that nothing tells which part this is; give --array=0-7 or the like.",
		OtherTotal:    "{name}={value}, but AECHECK_SHARDS={other}: they must be equal.",
		TwoParts:      "{name} makes this part {value}, {other} another one.",
		SayShard:      " Or name the part: --shard 2/8.",
		NoFiles:       "name the files to be merged: aecheck merge *.shard",
		Foreign:       "{path} is no file that aecheck scan --shard left",
		Schema:        "{path} was left by another version of aecheck: run that part again with this one, and merge again",
		Damaged:       "{path} is damaged or cut off: run that part again, and merge again",
		OtherVersion:  "{path} was read by aecheck {got}, and this is {want}: use one version on all machines, and run that part again",
		OtherFacts:    "{path} was read by another build of aecheck than this one, both {want}: use one program on all machines, and run that part again",
		OtherRules:    "{path} was read by other rules ({got}, here {want}): give merge the same --rules and --pack, or run that part again with the rules of here",
		OtherSettings: "{path} was read by another .aecheck.yaml ({got}, here {want}): use the same settings (--config), or run that part again",
		OtherCount:    "{path} is part {got} and {with} is part {want}, which are not of one run: merge the parts of one run alone",
		OtherInput:    "{path} and {with} are not of the same files ({got}; {want}): the folder changed between the two, or is another one; let it rest and run the parts that differ again",
		OtherFlag:     "{path} and {with} were run with another {flag} ({got}; {want}): run one of them again with the same flags",
		Input:         "{cases} cases, {files} files, {bytes} bytes, list {digest}",
		Twice:         "{path} and {with} are both part {got}: give one of them",
		Missing:       "part {list} of {of} is missing: run it (--shard {first}/{of}), and merge all files together|parts {list} of {of} are missing: run them (--shard {first}/{of} and so on), and merge all files together",
		NotAll:        "together these files do not hold the files that they list: run all parts again",
		CacheInside:   "the cache folder {dir} lies in {path}, which is checked, and would be taken for material: put it elsewhere, or give it a name with a leading dot (.cache)",
		None:          "none",
	}
}
