package i18n

// Manual are the texts of the man command and of the pages that it writes.
type Manual struct {
	Cmd, How, FlagDir string
	// NotACommand says that there is no such command; {name}.
	NotACommand string
	// OneOrDir says that --dir writes all pages, so that no command is named with it.
	OneOrDir string
	// Book is what the pages belong to, OneLine what the main one says of the program.
	Book, OneLine string
	// Name, Synopsis, Description, Exit and SeeAlso head sections; the others have the
	// words of the help pages.
	Name, Synopsis, Description, Exit, SeeAlso string
	// Default follows what a flag does; {value}.
	Default string
	// What the exit codes mean.
	Exit0, Exit1, Exit2, Exit3, Exit4, Exit5, Exit130 string
}

func manualZH() Manual {
	return Manual{
		Cmd:         "生成手册页（man）",
		How:         "把一个命令的手册页写到标准输出，不写命令名就是总页。阅读：aecheck man scan | man -l -\n\n加上 --dir，就把全部手册页写进一个新文件夹，供安装。",
		FlagDir:     "把全部手册页写进这个新文件夹",
		NotACommand: "没有叫“{name}”的命令",
		OneOrDir:    "--dir 会写出全部手册页，不要再写命令名",
		Book:        "aecheck 手册",
		OneLine:     "提交前检查速卖通图片违规申诉的材料",
		Name:        "名称",
		Synopsis:    "用法",
		Description: "说明",
		Exit:        "退出码",
		SeeAlso:     "另见",
		Default:     "（默认 {value}）",
		Exit0:       "没有问题",
		Exit1:       "有达到 --fail-on 级别的问题",
		Exit2:       "命令写错了，或者规则文件、case.yaml 不正确",
		Exit3:       "有内容没能检查，又不是您自己关掉的",
		Exit4:       "没有可检查的内容（加 --allow-empty 则为 0）",
		Exit5:       "报告或命令的输出没能写出",
		Exit130:     "被中断；已完成的部分已写进报告并注明",
	}
}

func manualEN() Manual {
	return Manual{
		Cmd:         "write manual pages",
		How:         "Writes the manual page of one command, or the main one, to standard output. To read it: aecheck man scan | man -l -\n\nWith --dir all pages are written into a new folder, to be installed.",
		FlagDir:     "write all pages into this new folder",
		NotACommand: "there is no command named \"{name}\"",
		OneOrDir:    "--dir writes all pages: name no command with it",
		Book:        "aecheck manual",
		OneLine:     "check the material of an AliExpress image appeal before it is handed in",
		Name:        "Name",
		Synopsis:    "Synopsis",
		Description: "Description",
		Exit:        "Exit status",
		SeeAlso:     "See also",
		Default:     " (default {value})",
		Exit0:       "nothing to complain about",
		Exit1:       "findings at or above --fail-on",
		Exit2:       "wrong usage, or a rules or case file is invalid",
		Exit3:       "something could not be checked that you did not switch off yourself",
		Exit4:       "nothing to check (0 with --allow-empty)",
		Exit5:       "a report, or what a command prints, could not be written",
		Exit130:     "interrupted; the report so far is written and marked",
	}
}
