package i18n

// Drafting are the texts of the command letter.
type Drafting struct {
	Command                               string
	FlagKind, FlagLetter, FlagIn, FlagOut string
	// NeedKind and NeedOut say that these flags must be given; {kinds}.
	NeedKind, NeedOut string
	// OneCase says that letters are of one case; {n}.
	OneCase string
	// NoLetter says that case.yaml names no letter of the kind with an id; {id}.
	NoLetter string
	// Within says that the folder lies in the case; {path}. There that a file is there
	// already; {path}.
	Within, There string
	// Wrote says which files were made; {docx}, {pdf}.
	Wrote string
	// Fill heads what is to be filled in; FilledIn says that nothing is, but by hand.
	Fill, FilledIn string
	// What comes next, by kind of paper; {case}.
	Template, NextCommitment, NextGrant, NextOriginal string
	// Missing says which characters may not show in the PDF; {characters}.
	Missing string
}

func draftingZH() Drafting {
	return Drafting{
		Command:        "按 case.yaml 起草承诺书、授权书、转授权书（Word 和 PDF），打印后签字盖章",
		FlagKind:       "起草哪一种（{kinds}）",
		FlagLetter:     "只起草 case.yaml 里这一份（letters 的 id），不写则每份各一个",
		FlagIn:         "用什么语言写（{languages}）；不写则与界面语言相同",
		FlagOut:        "放到哪个文件夹，不能在案件文件夹里",
		NeedKind:       "请用 --kind 写明起草哪一种：{kinds}",
		NeedOut:        "请用 --out 写明放到哪个文件夹",
		OneCase:        "一次只为一个案件起草，这里有 {n} 个：请指定其中一个案件的文件夹",
		NoLetter:       "case.yaml 的 letters 里没有 id 为 {id} 的这种授权书",
		Within:         "{path} 在案件文件夹里：没有签字盖章的草稿放在那里会被当作材料检查，请换一个文件夹",
		There:          "{path} 已经有了，不会覆盖它：请换一个文件夹，或先把它移走",
		Wrote:          "已起草：{docx}，{pdf}",
		Fill:           "还要填写（填在 Word 里；或先补全 case.yaml，再起草一次）：",
		FilledIn:       "case.yaml 里有的都填好了，只剩签字盖章处的姓名和日期由签署人手写。",
		Template:       "申诉页面提供《图片合规承诺书》平台模板的，用平台模板；这份草稿用于没有模板、可以自己写的时候，或者对照着填模板。",
		NextCommitment: "接下来：核对内容，打印，由法定代表人（个人店为经营者）手写签名、写日期，盖公章，扫描成彩色 PDF 或图片，放进「承诺书」文件夹，再运行 aecheck scan {case}。",
		NextGrant:      "接下来：交给授权方核对、改好，由授权方的代表手写签名、写日期，盖授权方的公章（个人本人签名），扫描成彩色 PDF 或图片，放进「授权书」文件夹，再运行 aecheck scan {case}。",
		NextOriginal:   "只有授权方同意并自己签署的授权书才有效：不要替授权方签字、盖章或填写。",
		Missing:        "PDF 里这些字符可能显示不出来：{characters}。请用 Word 文件打印。",
	}
}

func draftingEN() Drafting {
	return Drafting{
		Command:        "draft commitment letter, authorization or sub-licence by case.yaml (Word and PDF), to be printed, signed and sealed",
		FlagKind:       "what to draft ({kinds})",
		FlagLetter:     "draft only this letter of case.yaml (an id of letters); one for each where it is left out",
		FlagIn:         "language of the paper ({languages}); that of the program where it is left out",
		FlagOut:        "folder to put it in, which may not lie in the case folder",
		NeedKind:       "say with --kind what to draft: {kinds}",
		NeedOut:        "say with --out which folder to put it in",
		OneCase:        "letters are drafted for one case and there are {n} here: name the folder of one",
		NoLetter:       "letters in case.yaml has none of this kind with the id {id}",
		Within:         "{path} lies in the case folder: an unsigned draft there would be judged as material. Choose another folder",
		There:          "{path} is there already and is not written over: choose another folder, or move it away first",
		Wrote:          "Drafted: {docx}, {pdf}",
		Fill:           "To be filled in (in the Word file; or complete case.yaml and draft again):",
		FilledIn:       "All that case.yaml has is filled in; name and date in the place for the signature are written by whoever signs.",
		Template:       "Where the appeal page offers the platform's own template of the commitment letter, use that one. This draft is for where the text is free, or to fill in the template by.",
		NextCommitment: "Next: check it, print it, have the legal representative (or the owner) sign and date it by hand, put the company seal on it, scan it in colour to PDF or a picture, put that into the folder commitment and run aecheck scan {case} again.",
		NextGrant:      "Next: give it to the granting party to check and correct. Their representative signs and dates it by hand and seals it (a person signs), it is scanned in colour to PDF or a picture and put into the folder authorization; then run aecheck scan {case}.",
		NextOriginal:   "Only a letter that the granting party agrees to and signs itself is worth anything: never sign, seal or fill in for them.",
		Missing:        "These characters may not show in the PDF: {characters}. Print the Word file.",
	}
}
