package i18n

// CLI holds what the command line says: help, errors, notes on stderr.
type CLI struct {
	Confirming
	Bundling

	About string // the program in one paragraph

	Usage, Commands, Flags, GlobalFlags, Examples, MoreHelp string // headings of a help page; MoreHelp {path}

	CmdScan, CmdInspect, CmdExplain, CmdRules, CmdRulesList, CmdRulesShow, CmdRulesCheck, CmdRulesTest, CmdRulesSchema string
	CmdRulesFacts, CmdRulesChecks                                                                                      string
	CmdInit, CmdConfirm, CmdCache, CmdCacheInfo, CmdCacheClean, CmdVersion, CmdLicences, CmdCompletion, CmdHelp        string

	FlagFormat, FlagReport, FlagLang, FlagNow, FlagRules, FlagAs, FlagSlot, FlagFailOn, FlagVerbose, FlagStatistics                                string
	FlagJobs, FlagFileTimeout, FlagTimeout, FlagNoCache, FlagNoOCR, FlagAllowEmpty, FlagRedact, FlagIgnoreConfirmations, FlagQuiet, FlagNoProgress string
	FlagColor, FlagOnly, FlagResolved, FlagHelp, FlagRule, FlagFile, FlagBy, FlagNote, FlagAll, FlagJSON                                           string

	ErrPrefix           string // before every error
	ErrFlag             string // {flag} {value} {want}
	ErrRefused          string // {flag} {value} {why}
	ErrNoCase           string // {path}
	FlagTrust           string
	ErrPacked           string // {path}
	ErrReportTwice      string // {path}
	ErrReportOverwrites string // {path}
	ErrUnknown          string // {what} {name}
	Rule, Fact, Check   string // what there is none of
	ErrPath             string // {path} {why}
	ErrReport           string // {path} {why}
	ErrNoMatch          string // {pattern}
	NoSuchFile          string // a why
	NoPermission        string // a why
	IsFolder, HasColon  string // whys of a report's path
	ErrNothing          string
	ErrInterrupted      string // of a report of which a part is there

	NotePrefix       string
	NoteIgnored      string // {n} {names}
	NoteNoCaseFile   string // {path}
	NoteCalendarYear string // {year}
	NoteSlow         string // {file} {n}
	NoteUntranslated string // {n} {language}

	RulesOK    string // {n} {layers}
	TestsOK    string // {n}
	TestFailed string // {rule} {got} {want}

	ExplainWhat, ExplainWhy, ExplainHow, ExplainSource, ExplainJudged, ExplainFor, ExplainBasis, ExplainSure, SureCertain, SureLikely, SureNever, SureGuess string
	ExplainAppeal, ExplainSteps                                                                                                                             string // headings

	FactWhat, FactType, FactUnit, FactValues, FactFields, FactRules string // headings of rules facts
	CheckReads, CheckParams, CheckVars                              string // headings of rules checks
	NoRule                                                          string // no rule reads it

	InspectState string // {state} {why}

	CacheInfo    string // {dir} {entries} {bytes}
	CacheCode    string // {dir} {bytes}
	CacheCleaned string // {dir}

	InitDone   string // {path}
	InitExists string // {path}
}

func cliZH() CLI {
	return CLI{
		Confirming:              confirmingZH(),
		Bundling:                bundlingZH(),
		About:                   "aecheck 在递交前检查速卖通图片违规申诉的材料：原图、授权书、承诺书、替换图、违规通知和证据。它逐项说明哪些通过、哪些不通过、哪些要人看，为什么、怎么改，并给出可以照着做的材料清单。离线运行，不上传任何图片。",
		Usage:                   "用法",
		Commands:                "命令",
		Flags:                   "选项",
		GlobalFlags:             "通用选项",
		Examples:                "例子",
		MoreHelp:                "用 “{path} 命令 --help” 查看某个命令的说明。",
		CmdScan:                 "检查文件夹或文件（主要功能）",
		CmdInspect:              "列出一个文件的全部事实",
		CmdExplain:              "解释一条规则、一类材料、一个文件怎样检查，或整个申诉（explain appeal）；写别的词就是搜索",
		CmdRules:                "查看、检验规则",
		CmdRulesList:            "列出全部规则",
		CmdRulesShow:            "显示一条规则",
		CmdRulesCheck:           "检验规则文件",
		CmdRulesTest:            "运行规则自带的例子",
		CmdRulesSchema:          "输出 rules.yaml、case.yaml 或 JSON 报告的 JSON Schema",
		CmdRulesFacts:           "列出规则可以引用的事实，以及哪些规则用到它",
		CmdRulesChecks:          "列出规则可以调用的检查、参数和占位符",
		FactWhat:                "含义",
		FactType:                "类型",
		FactUnit:                "单位",
		FactValues:              "可能的值",
		FactFields:              "每一项包含",
		FactRules:               "用到它的规则",
		CheckReads:              "读取的事实",
		CheckParams:             "参数（with:）",
		CheckVars:               "文字中可用的占位符",
		NoRule:                  "没有规则用到它",
		CmdInit:                 "新建案件文件夹和 case.yaml",
		CmdConfirm:              "把需人工查看的项确认为通过",
		CmdCache:                "查看或清空缓存",
		CmdCacheInfo:            "显示缓存的位置和大小",
		CmdCacheClean:           "清空缓存",
		CmdVersion:              "显示版本",
		CmdLicences:             "显示程序所含他人作品的许可证",
		CmdCompletion:           "生成命令行补全脚本",
		CmdHelp:                 "显示命令的说明",
		FlagFormat:              "报告格式：{formats}",
		FlagReport:              "另外写一份报告：格式=路径，可重复，如 html=报告.html（格式同 --format）",
		FlagLang:                "语言：{languages}（默认按操作系统）",
		FlagNow:                 "把此刻当作这个时间，如 2026-11-23T10:00:00+08:00",
		FlagRules:               "叠加一个规则文件，可重复",
		FlagAs:                  "认不出的文件当作哪一类材料：{choices}",
		FlagSlot:                "看不出图位的替换图当作：{choices}",
		FlagFailOn:              "什么结果算失败：error、warning、review 或 never",
		FlagVerbose:             "也列出通过的检查",
		FlagStatistics:          "附上按规则的统计",
		FlagJobs:                "同时处理几个文件",
		FlagFileTimeout:         "一个文件最多用多少处理器时间（如 5m），超过的部分记为无法检查",
		FlagTimeout:             "整次检查最多用多少处理器时间（默认 10 分钟加每个文件 30 秒），之后的文件记为无法检查",
		FlagNoCache:             "不使用缓存",
		FlagNoOCR:               "不识别图中文字；相关规则改为需人工查看",
		FlagAllowEmpty:          "没有可检查的文件也算成功",
		FlagRedact:              "报告中隐去姓名、编号和文件名",
		FlagIgnoreConfirmations: "不理会 case.yaml 里的人工确认",
		FlagQuiet:               "只输出报告，不显示说明",
		FlagNoProgress:          "不显示进度",
		FlagColor:               "颜色：auto、always 或 never",
		FlagOnly:                "只列出这些组，用逗号分隔：{groups}",
		FlagResolved:            "显示每个字段来自哪个文件",
		FlagHelp:                "显示说明",
		FlagRule:                "规则编号，如 AE316（aecheck rules list 列出全部）",
		FlagFile:                "文件（案件文件夹内的路径）",
		FlagBy:                  "确认人",
		FlagNote:                "说明",
		FlagAll:                 "确认全部待查看项",
		FlagJSON:                "输出 JSON",
		ErrPrefix:               "错误：",
		ErrFlag:                 "{flag} 不能写“{value}”，可以写：{want}",
		ErrRefused:              "{flag} 不能写“{value}”：{why}",
		ErrNoCase:               "{path} 只是一个商品照片文件夹，不是申诉案件，没有地方写确认：先用 aecheck init 建案件文件夹",
		FlagTrust:               "同时检查多个案件时，只采用这些人写在 case.yaml 里的确认（逗号分隔）",
		ErrPacked:               "{path} 是压缩包，不能在里面写 case.yaml：请先解压成文件夹",
		ErrReportTwice:          "两份报告要写到同一处 {path}，后一份会盖掉前一份：请分开写",
		ErrReportOverwrites:     "{path} 在被检查的文件夹里，而且不是 aecheck 的报告，不会覆盖它：请换一个报告文件名",
		ErrUnknown:              "没有叫“{name}”的{what}。",
		Rule:                    "规则",
		Fact:                    "事实",
		Check:                   "检查",
		ErrPath:                 "{path}：{why}",
		ErrReport:               "写不进 {path}：{why}",
		ErrNoMatch:              "没有文件符合 {pattern}：请检查文件夹和通配符（* 代表任意几个字，? 代表一个字）",
		NoSuchFile:              "没有这个文件或文件夹，请检查路径",
		NoPermission:            "没有权限，请检查它的权限设置或换一个位置",
		IsFolder:                "这是一个文件夹，请在后面加上文件名",
		HasColon:                "文件名里不能有冒号",
		ErrNothing:              "没有可检查的文件。给出案件文件夹的路径，或加 --allow-empty。",
		ErrInterrupted:          "已中断；报告只包含中断前的结果。",
		NotePrefix:              "提示：",
		NoteIgnored:             "忽略了 {n} 个系统文件或 aecheck 自己的报告：{names}",
		NoteNoCaseFile:          "{path} 里没有 case.yaml：资格等与案件有关的规则没有检查。用 “aecheck init {path}” 新建一份。",
		NoteSlow:                "{file} 花了 {n} 秒处理器时间：这个文件异常复杂。下次会用缓存；要少等，换成普通的扫描件，或用 --file-timeout 限时",
		NoteCalendarYear:        "没有 {year} 年的节假日数据：工作日只按周末推算，期限可能不准。请在规则文件的 holidays 里补上。",
		NoteUntranslated:        "{n} 条文字还没有{language}译文，以英文显示",
		RulesOK:                 "规则文件没有问题：{n} 条规则，来自 {layers}",
		TestsOK:                 "{n} 个例子全部符合",
		TestFailed:              "{rule} 的例子得到 {got}，应为 {want}",
		ExplainWhat:             "问题",
		ExplainWhy:              "原因",
		ExplainHow:              "怎么改",
		ExplainSource:           "来源",
		ExplainJudged:           "判断方法",
		ExplainFor:              "适用于",
		ExplainBasis:            "依据",
		ExplainSure:             "把握",
		SureCertain:             "确定：判为不通过时不能推翻",
		SureLikely:              "很可能：判错时可以用 aecheck confirm --overrule 推翻",
		SureNever:               "很可能；判为不通过时规则不允许推翻",
		SureGuess:               "推测：只会请人查看，不会判为不通过",
		ExplainAppeal:           "图片违规申诉", ExplainSteps: "需要人工完成的步骤",
		InspectState: "{state}：{why}",
		CacheInfo:    "{dir}：{entries} 条，{bytes}",
		CacheCode:    "{dir}：PDF 渲染程序的编译结果，{bytes}",
		CacheCleaned: "已清空 {dir}",
		InitDone:     "已建好 {path}。按文件夹放入材料，填写 case.yaml，再运行 aecheck scan {path}。",
		InitExists:   "{path} 已经存在，没有改动。",
	}
}

func cliEN() CLI {
	return CLI{
		Confirming:              confirmingEN(),
		Bundling:                bundlingEN(),
		About:                   "aecheck checks the material of an AliExpress image-violation appeal before it is handed in: originals, letters, commitment, replacement pictures, notice and evidence. For each item it says what passes, what fails and what a person must look at, why and how to mend it, and gives a checklist to work through. It runs offline and never uploads a picture.",
		Usage:                   "Usage",
		Commands:                "Commands",
		Flags:                   "Flags",
		GlobalFlags:             "Global flags",
		Examples:                "Examples",
		MoreHelp:                "Use \"{path} COMMAND --help\" for more about a command.",
		CmdScan:                 "check folders or files (the main job)",
		CmdInspect:              "list everything known about a file",
		CmdExplain:              "explain a rule, a kind of material, how a file is judged, or the whole appeal (explain appeal); any other word is searched for",
		CmdRules:                "look at and check the rules",
		CmdRulesList:            "list all rules",
		CmdRulesShow:            "show a rule",
		CmdRulesCheck:           "check rules files",
		CmdRulesTest:            "run the examples that rules carry",
		CmdRulesSchema:          "print the JSON Schema of rules.yaml, case.yaml or the JSON report",
		CmdRulesFacts:           "list the facts that rules can name, and which rules read them",
		CmdRulesChecks:          "list the checks that rules can call, with parameters and placeholders",
		FactWhat:                "What it is",
		FactType:                "Type",
		FactUnit:                "Unit",
		FactValues:              "Values",
		FactFields:              "Each entry has",
		FactRules:               "Rules that read it",
		CheckReads:              "Facts it reads",
		CheckParams:             "Parameters (with:)",
		CheckVars:               "Placeholders for the texts",
		NoRule:                  "no rule reads it",
		CmdInit:                 "make a case folder with case.yaml",
		CmdConfirm:              "confirm what a person had to look at",
		CmdCache:                "look at or empty the cache",
		CmdCacheInfo:            "show where the cache is and its size",
		CmdCacheClean:           "empty the cache",
		CmdVersion:              "show the version",
		CmdLicences:             "show the licences of what others wrote in this program",
		CmdCompletion:           "write a completion script for a shell",
		CmdHelp:                 "help about any command",
		FlagFormat:              "format of the report: {formats}",
		FlagReport:              "write another report: FORMAT=PATH, repeatable, such as html=report.html (formats as of --format)",
		FlagLang:                "language: {languages} (default: the operating system's)",
		FlagNow:                 "take this for the present time, such as 2026-11-23T10:00:00+08:00",
		FlagRules:               "lay a rules file over the built-in rules, repeatable",
		FlagAs:                  "kind of files that cannot be placed: {choices}",
		FlagSlot:                "slot of replacement pictures that have none: {choices}",
		FlagFailOn:              "what counts as failure: error, warning, review or never",
		FlagVerbose:             "list passed checks too",
		FlagStatistics:          "add counts by rule",
		FlagJobs:                "files worked on at the same time",
		FlagFileTimeout:         "most processor time one file may take (such as 5m); what takes longer could not be checked",
		FlagTimeout:             "how much processor time the whole run may take (10 minutes and 30 seconds a file when not given); what is left then could not be checked",
		FlagNoCache:             "do not use the cache",
		FlagNoOCR:               "do not read text in pictures; rules that need it ask a person",
		FlagAllowEmpty:          "nothing to check is no failure",
		FlagRedact:              "leave names, numbers and file names out of the report",
		FlagIgnoreConfirmations: "ignore the confirmations in case.yaml",
		FlagQuiet:               "the report alone, no notes",
		FlagNoProgress:          "show no progress",
		FlagColor:               "colour: auto, always or never",
		FlagOnly:                "only these groups, separated by commas: {groups}",
		FlagResolved:            "show which file each field comes from",
		FlagHelp:                "show help",
		FlagRule:                "rule id, such as AE316 (aecheck rules list has them all)",
		FlagFile:                "file (path inside the case folder)",
		FlagBy:                  "who confirms",
		FlagNote:                "note",
		FlagAll:                 "confirm everything that is open",
		FlagJSON:                "print JSON",
		ErrPrefix:               "error: ",
		ErrFlag:                 "{flag} cannot be \"{value}\"; write: {want}",
		ErrRefused:              "{flag} cannot be \"{value}\": {why}",
		ErrNoCase:               "{path} is a plain folder of photos and no case, so there is no place for a confirmation: make a case folder with aecheck init first",
		FlagTrust:               "of several cases, take only confirmations in case.yaml by these names (separated by commas)",
		ErrPacked:               "{path} is an archive, in which no case.yaml is written: unpack it into a folder first",
		ErrReportTwice:          "two reports go to {path}, and the second would replace the first: give each a place of its own",
		ErrReportOverwrites:     "{path} lies in the folder that is checked and is no report of aecheck, so it is not overwritten: choose another name for the report",
		ErrUnknown:              "there is no {what} named \"{name}\".",
		Rule:                    "rule",
		Fact:                    "fact",
		Check:                   "check",
		ErrPath:                 "{path}: {why}",
		ErrReport:               "cannot write to {path}: {why}",
		ErrNoMatch:              "no file matches {pattern}: check the folder and the pattern (* stands for any characters, ? for one)",
		NoSuchFile:              "there is no such file or folder, check the path",
		NoPermission:            "permission denied, check who may use it or choose another place",
		IsFolder:                "it is a folder, add the name of a file",
		HasColon:                "a file name cannot have a colon",
		ErrNothing:              "nothing to check. Name a case folder, or say --allow-empty.",
		ErrInterrupted:          "interrupted; the report holds what was done by then.",
		NotePrefix:              "note: ",
		NoteIgnored:             "ignored {n} system files or reports of aecheck itself: {names}",
		NoteNoCaseFile:          "{path} has no case.yaml: rules about eligibility and the like were not checked. \"aecheck init {path}\" makes one.",
		NoteSlow:                "{file} took {n} s of processor time: it is unusually complex. The next scan has it in its cache; to wait less, use an ordinary scan of the paper or set --file-timeout",
		NoteCalendarYear:        "no holiday data for {year}: working days are counted by weekends alone and the deadline may be wrong. Add the year under holidays in a rules file.",
		NoteUntranslated:        "{n} texts have no {language} yet and are shown in English",
		RulesOK:                 "the rules are fine: {n} rules from {layers}",
		TestsOK:                 "all {n} examples hold",
		TestFailed:              "{rule}: the example gives {got}, wanted {want}",
		ExplainWhat:             "Problem",
		ExplainWhy:              "Why",
		ExplainHow:              "How to mend it",
		ExplainSource:           "Sources",
		ExplainJudged:           "How it is judged",
		ExplainFor:              "Applies to",
		ExplainBasis:            "Basis",
		ExplainSure:             "How sure",
		SureCertain:             "certain: a fail cannot be overruled",
		SureLikely:              "likely: where it is wrong, aecheck confirm --overrule overrules it",
		SureNever:               "likely; the rule lets nobody overrule a fail",
		SureGuess:               "a guess: it asks a person to look and never fails",
		ExplainAppeal:           "The appeal against an image violation", ExplainSteps: "Steps for a person",
		InspectState: "{state}: {why}",
		CacheInfo:    "{dir}: {entries} entries, {bytes}",
		CacheCode:    "{dir}: compiled code of the PDF renderer, {bytes}",
		CacheCleaned: "emptied {dir}",
		InitDone:     "{path} is ready. Put the material into its folders, fill in case.yaml, then run aecheck scan {path}.",
		InitExists:   "{path} exists and was left alone.",
	}
}
