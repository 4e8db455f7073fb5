package i18n

// Problems say why something that was found was not judged, or is odd; {detail} is
// what was seen.
type Problems struct {
	LinkOutside, LinkBroken, LinkFolder, NotRegular, Unreadable, Vanished, Changed, Empty, TooLarge,
	Encrypted, BadArchive, NameTwice, OtherArchive, NotHere, LFSPointer,
	TooMany, TooDeep, NameEncoding, Unplaced, OutsideCase, EmptyFolder, TwoCaseFiles,
	ConfirmationLapsed, ConfirmationUnmatched, ConfirmationFinal, ConfirmationIncomplete, ConfirmationUnseen, ConfirmationUntrusted string // {rule} {file} {who}
}

func problemsZH() Problems {
	return Problems{
		LinkOutside:            "链接指向文件夹之外，没有跟随（{detail}）",
		LinkBroken:             "链接失效（{detail}）",
		LinkFolder:             "指向文件夹的链接，没有跟随（{detail}）",
		NotRegular:             "不是普通文件，没有打开（{detail}）",
		Unreadable:             "读不出来：{detail}",
		Vanished:               "检查过程中文件不见了（被移动、改名或删除），没有检查",
		Changed:                "检查过程中文件被改动，没有检查",
		Empty:                  "空文件{detail}",
		TooLarge:               "文件太大，没有读取（{detail}）",
		Encrypted:              "压缩包里的文件有密码，没有检查",
		BadArchive:             "压缩包打不开，请先解压成文件夹（{detail}）",
		NameTwice:              "压缩包里有两个文件同名，只检查了第一个：请解压成文件夹，留下对的那个（{detail}）",
		OtherArchive:           "压缩包没有打开，请先解压成文件夹",
		NotHere:                "文件还在云端或没有下载完，这台电脑上没有",
		LFSPointer:             "这是 Git LFS 的指针，不是文件本身：请运行 git lfs pull",
		TooMany:                "文件太多，其余没有检查（{detail}）",
		TooDeep:                "文件夹层数太深，没有检查（{detail}）",
		NameEncoding:           "文件名编码有问题（{detail}）",
		Unplaced:               "看不出是什么材料{detail}",
		OutsideCase:            "不在任何案件文件夹里，没有检查{detail}",
		EmptyFolder:            "空文件夹，没有可检查的文件{detail}",
		TwoCaseFiles:           "有两份案件文件，只读了第一份（{detail}）",
		ConfirmationLapsed:     "对 {rule}（{file}）的确认已失效：确认之后内容变了。请再看一遍并用 aecheck confirm 重新确认",
		ConfirmationUnmatched:  "对 {rule}（{file}）的确认没有用上：这条规则现在没有要人看的地方。可以从 case.yaml 删去",
		ConfirmationFinal:      "对 {rule}（{file}）的推翻不算数：这条不通过不能由人推翻（确定无疑，或规则不允许）。请按报告改正",
		ConfirmationIncomplete: "对 {rule}（{file}）的确认不算数：没有写明谁（by）、何时（at），推翻时还有为什么（note）。请用 aecheck confirm 写入",
		ConfirmationUnseen:     "对 {rule}（{file}）的确认不算数：这一项没能检查，没有人看得到结果。请先让它能检查，再确认",
		ConfirmationUntrusted:  "{who} 对 {rule}（{file}）的确认没有采用：同时检查多个案件时，只采用 --trust-confirmations 里写明的人",
	}
}

func problemsEN() Problems {
	return Problems{
		LinkOutside:            "a link out of the folder, not followed ({detail})",
		LinkBroken:             "a broken link ({detail})",
		LinkFolder:             "a link to a folder, not followed ({detail})",
		NotRegular:             "not an ordinary file, not opened ({detail})",
		Unreadable:             "cannot be read: {detail}",
		Vanished:               "vanished while the check ran (moved, renamed or deleted), not checked",
		Changed:                "changed while the check ran, not checked",
		Empty:                  "empty file{detail}",
		TooLarge:               "too large, not read ({detail})",
		Encrypted:              "a file in an archive with a password, not checked",
		BadArchive:             "an archive that cannot be opened: unpack it into a folder first ({detail})",
		NameTwice:              "two files of one name in an archive, of which the first was checked: unpack it into a folder and keep the right one ({detail})",
		OtherArchive:           "an archive that was not opened: unpack it into a folder first",
		NotHere:                "still in the cloud or its download not finished, so not on this computer",
		LFSPointer:             "a Git LFS pointer, not the file itself: run git lfs pull",
		TooMany:                "too many files, the rest was not checked ({detail})",
		TooDeep:                "folders nested too deep, not checked ({detail})",
		NameEncoding:           "the name is not in a usable encoding ({detail})",
		Unplaced:               "its purpose is not known{detail}",
		OutsideCase:            "in no case folder, not checked{detail}",
		EmptyFolder:            "an empty folder, nothing to check{detail}",
		TwoCaseFiles:           "two case files, only the first was read ({detail})",
		ConfirmationLapsed:     "the confirmation of {rule} ({file}) has lapsed: what it was given for has changed. Look again and confirm with aecheck confirm",
		ConfirmationUnmatched:  "the confirmation of {rule} ({file}) clears nothing: the rule finds nothing there to look at. It can go from case.yaml",
		ConfirmationFinal:      "{rule} ({file}) cannot be overruled: the fail is certain, or the rule lets nobody overrule it. Mend what the report says",
		ConfirmationIncomplete: "the confirmation of {rule} ({file}) does not count: it must say by whom (by), when (at) and, to overrule, why (note). Let aecheck confirm write it",
		ConfirmationUnseen:     "the confirmation of {rule} ({file}) does not count: this could not be checked, so nobody can have seen it. Make it possible to check first",
		ConfirmationUntrusted:  "the confirmation of {rule} ({file}) by {who} was not used: of several cases only those count whose names --trust-confirmations gives",
	}
}
