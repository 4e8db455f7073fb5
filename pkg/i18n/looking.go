package i18n

// Looking are the texts of the local page and of what opens it.
type Looking struct {
	CmdOpen, OpenLong, CmdWatch string
	FlagNoBrowser               string
	// Serving says where the page is; {address}. Left says that it was closed.
	Serving, Left string
	// NoBrowser says that none could be started; {why}.
	NoBrowser string
	// Unpacked says where a zip file was unpacked to; {path}. UnpackedBefore that it was
	// before.
	Unpacked, UnpackedBefore string
	// NotThere says that a path names neither a folder nor a zip file; {path}.
	NotThere string
	// Judged says what watch found; {time}, {verdict}. Watching says what is watched; {path}.
	Watching, Judged, New, Mended string

	// The page: title, and what it says while there is nothing to show.
	Title, Reading, ReadingText, Failed, Skip string
	// The first page.
	Choose, ChooseHow, PathLabel, OpenButton, NoFolders string
	// Heads and labels.
	Left2Go, Closed, NextStep, Checklist, ToDo, Values, ValuesHow, FromNotice, Files, FilesHow, Decided, Notes string
	Steps                                                                                                      string
	Days, Hours, Minutes, Seconds                                                                              string
	NextPack                                                                                                   string
	LookAt                                                                                                     string // {what}, {file}
	// Buttons.
	LookedRight, Wrong, Undo, Save, TakeOver, Enlarge, CompareWith, Close, Quit, Fix, Letter, Statement, Pack, Init, DoIt, All string
	// Form labels.
	YourName, Note, NoteOptional, Why, KindOf, SlotOf, NoSlot, Yes, No, Unset string
	// Errors and states.
	WhoLooked, WhyWrong, TooMuch, Gone, NoCase, Packed, NothingToUndo, ChangedBySomebody, ByHand, Lost, Working string
	// What a button is going to do, said before; {path}.
	WillFix, WillLetter, WillStatement, WillPack, WillInit string
	// What was read of a paper, where; {n}.
	WhatWasRead, ReadHow, Unsure, Show, PageN string
	// Empty and EmptyHow are said of a folder without files.
	Empty, EmptyHow string
	// Against names the two pictures of a comparison for screen readers.
	Against string
}

func lookingZH() Looking {
	return Looking{
		CmdOpen:        "在浏览器里看检查结果、点着确认（只在本机，不上传）",
		OpenLong:       "检查文件夹（或 zip），在浏览器里打开本机页面：看倒计时、清单和每张图的问题，点击确认，改好文件会自动重新检查。页面只在这台电脑上，关掉页面后程序自动结束。把文件夹或 zip 拖到程序图标上也一样。",
		CmdWatch:       "盯着文件夹：文件一有变化就重新检查，并说出变化",
		FlagNoBrowser:  "不打开浏览器，只显示地址",
		Serving:        "页面在 {address}（只有这台电脑能打开；关掉页面后程序自动结束，也可以按 Ctrl+C）",
		Left:           "页面已关闭，程序结束。",
		NoBrowser:      "没能打开浏览器（{why}）：请把上面的地址复制到浏览器里。",
		Unpacked:       "已解压到 {path}：确认会写在那里，zip 本身不改动。",
		UnpackedBefore: "zip 以前已解压到 {path}，就用那里的文件。要重新解压，先移走那个文件夹。",
		NotThere:       "{path} 不是文件夹，也不是 zip 文件",
		Watching:       "盯着 {path}，按 Ctrl+C 结束。",
		Judged:         "{time} {verdict}",
		New:            "  新问题  ", Mended: "  已改好  ",
		Title: "申诉材料检查", Reading: "正在读取文件……", ReadingText: "先列出已经确定的问题；图上的文字和文件内容还在读，读完会自动更新。", Failed: "没能打开", Skip: "跳到要做的事",
		Choose: "检查哪个文件夹？", ChooseHow: "选一个，或把文件夹的路径粘贴到下面（在资源管理器里按住 Shift 右键点文件夹，选“复制文件地址”）。", PathLabel: "文件夹或 zip 的路径", OpenButton: "开始检查",
		NoFolders: "桌面、下载和文档里没有找到像申诉材料的文件夹。",
		Left2Go:   "距离截止还有", Closed: "申诉窗口已经关闭", NextStep: "接下来", Checklist: "材料清单", ToDo: "要处理的问题", Values: "还缺的信息", ValuesHow: "填好后写进 case.yaml，马上重新检查。",
		FromNotice: "通知上读到的", Files: "文件", FilesHow: "哪个文件放错了，就在这里改成它真正的种类（写进 case.yaml，文件不动）。", Decided: "已经有人看过", Notes: "提示", Steps: "要自己做的事",
		Days: "天", Hours: "小时", Minutes: "分", Seconds: "秒",
		NextPack:    "没有要改的了：写好申诉理由，再打包上传。",
		LookAt:      "请看一眼 {file}：{what}",
		LookedRight: "我看过，没问题", Wrong: "判错了……", Undo: "撤销上一步", Save: "保存", TakeOver: "采用", Enlarge: "放大", CompareWith: "对比", Close: "关闭", Quit: "结束程序",
		Fix: "自动修图", Letter: "起草承诺书", Statement: "写申诉理由", Pack: "打包", Init: "新建 case.yaml", DoIt: "就这样做", All: "全部采用",
		YourName: "你的姓名", Note: "说明", NoteOptional: "说明（可不填）", Why: "为什么判错了", KindOf: "种类", SlotOf: "图位", NoSlot: "不确定", Yes: "是", No: "否", Unset: "请选择",
		WhoLooked: "请写上你的姓名：确认要说明是谁看过的。", WhyWrong: "请写明为什么判错了。", TooMuch: "内容太长了。", Gone: "情况已经变了，页面会更新，请再看一眼。",
		NoCase: "这是商品照片文件夹，不是申诉案件，没有 case.yaml 可以写。", Packed: "材料还在 zip 里，先解压再确认。", NothingToUndo: "没有可以撤销的。",
		ChangedBySomebody: "case.yaml 刚被别的程序改过，没有动它；请再试一次。", ByHand: "case.yaml 的写法特殊，自动改有风险，请用记事本自己改。", Lost: "程序已结束。要继续，请重新打开。", Working: "请稍候……",
		WillFix: "先看看会改什么（只改副本，原图不动）：", WillLetter: "会在 {path} 里写好承诺书草稿（Word 和 PDF），打印、签字、盖章后放进材料。", WillStatement: "申诉理由草稿会存到 {path}：", WillPack: "会把材料按上传栏目摆到 {path}。",
		WillInit:    "会在 {path} 里新建 case.yaml（案件信息表），文件夹里有违规通知的话，读得准的编号、时间会先填好。",
		WhatWasRead: "读到的内容", ReadHow: "和原件对照；读错了不要紧，以原件为准，在问题那里点“判错了”。", Unsure: "读得没把握", Show: "看位置", PageN: "第 {n} 页",
		Empty: "这个文件夹里没有文件", EmptyHow: "把原图、授权书、替换图等放进去，页面会自动更新。",
		Against: "左边和右边对比",
	}
}

func lookingEN() Looking {
	return Looking{
		CmdOpen:        "look at the findings in the browser and clear them by clicking (on this computer alone)",
		OpenLong:       "Checks a folder (or zip file) and opens a page on this computer: countdown, checklist, every finding beside its picture. Reviews are cleared by clicking, and files that change are checked again. Nothing leaves the computer; the program ends when the page is closed. Dropping a folder or zip file on the program does the same.",
		CmdWatch:       "watch a folder: check again whenever a file changes, and say what changed",
		FlagNoBrowser:  "start no browser, print the address",
		Serving:        "the page is at {address} (for this computer alone; the program ends when the page is closed, or with Ctrl+C)",
		Left:           "the page was closed: done.",
		NoBrowser:      "no browser could be started ({why}): copy the address above into one.",
		Unpacked:       "unpacked into {path}: what you confirm is written there, the zip file stays as it is.",
		UnpackedBefore: "the zip file was unpacked into {path} before; those files are used. Move that folder away to unpack again.",
		NotThere:       "{path} is neither a folder nor a zip file",
		Watching:       "watching {path}; Ctrl+C ends it.",
		Judged:         "{time} {verdict}",
		New:            "  new     ", Mended: "  mended  ",
		Title: "Appeal check", Reading: "Reading the files …", ReadingText: "What is certain is listed already; words on pictures and papers are still being read, and the page follows.", Failed: "It could not be opened", Skip: "Skip to what is to be done",
		Choose: "Which folder?", ChooseHow: "Choose one, or paste the path of a folder below.", PathLabel: "Path of a folder or zip file", OpenButton: "Check",
		NoFolders: "No folder that looks like an appeal was found below Desktop, Downloads and Documents.",
		Left2Go:   "Time left", Closed: "The window for the appeal is closed", NextStep: "Next", Checklist: "Checklist", ToDo: "To be done", Values: "Still missing", ValuesHow: "What you fill in is written to case.yaml, and the case is checked again.",
		FromNotice: "read on the notice", Files: "Files", FilesHow: "Where a file lies in the wrong place, say here what it is (written to case.yaml; the file stays).", Decided: "Somebody has looked", Notes: "Notes", Steps: "For you to do",
		Days: "days", Hours: "hours", Minutes: "min", Seconds: "s",
		NextPack:    "Nothing is left to be mended: write the statement, then pack and upload.",
		LookAt:      "Have a look at {file}: {what}",
		LookedRight: "I looked, it is right", Wrong: "This is wrong …", Undo: "Undo", Save: "Save", TakeOver: "Take over", Enlarge: "Enlarge", CompareWith: "Compare", Close: "Close", Quit: "End the program",
		Fix: "Mend pictures", Letter: "Draft the commitment letter", Statement: "Draft the statement", Pack: "Pack", Init: "Make a case.yaml", DoIt: "Do it", All: "Take over all",
		YourName: "Your name", Note: "Note", NoteOptional: "Note (may be left out)", Why: "Why it is wrong", KindOf: "Kind", SlotOf: "Slot", NoSlot: "not known", Yes: "yes", No: "no", Unset: "choose",
		WhoLooked: "Give your name: a confirmation says who has looked.", WhyWrong: "Say why it is wrong.", TooMuch: "Too long.", Gone: "Things have changed; the page follows. Have another look.",
		NoCase: "This is a folder of product photos and no appeal: there is no case.yaml to write to.", Packed: "The case lies in a zip file: unpack it first.", NothingToUndo: "There is nothing to undo.",
		ChangedBySomebody: "case.yaml was changed by another program just now and was left alone; try again.", ByHand: "case.yaml is written in a way that cannot be changed safely: use an editor.", Lost: "The program has ended. Open it again to go on.", Working: "One moment …",
		WillFix: "What would be mended (in copies, the originals stay):", WillLetter: "A draft of the commitment letter (Word and PDF) will be written to {path}: print, sign and seal it, then put it into the case.", WillStatement: "The draft of the statement goes to {path}:", WillPack: "The materials will be laid out field by field in {path}.",
		WillInit:    "A case.yaml (the data of the case) will be made in {path}; what is read surely on a violation notice in the folder is filled in.",
		WhatWasRead: "What was read", ReadHow: "Compare it with the paper. Where it was read wrongly the paper counts: say so at the finding.", Unsure: "not read for sure", Show: "show", PageN: "page {n}",
		Empty: "There is no file in this folder", EmptyHow: "Put originals, letters, replacements … into it; the page follows.",
		Against: "left against right",
	}
}
