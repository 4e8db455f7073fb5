package i18n

// Using are the texts about a command line that is wrong.
type Using struct {
	// Meant ends an error where something near is known; {near}.
	Meant string
	// NoCommand: there is none of this name; {word}, {command}. ListCommands, IsFolder
	// and IsFile say what to do then; {command}, {path}.
	NoCommand, ListCommands, IsFolder, IsFile string
	// NoFlag likewise; {flag}, {command}, {commands}.
	NoFlag, ListFlags, FlagOfOthers string
	// NeedsValue: a flag without its value; {flag}, {usage}. OddFlag: one that is none.
	NeedsValue, OddFlag string
	// TooFew, TooMany and NothingFollows are about what follows a command; {usage},
	// {n}, {rest}, {command}. Quote is why, where the path has blanks; {path}.
	TooFew, TooMany, NothingFollows, Quote string
	// NoSuchWord: only some words may follow; {word}, {words}.
	NoSuchWord string
	// Number and Duration are what flags take.
	Number, Duration string
}

func usingZH() Using {
	return Using{
		Meant:          "是不是想写 {near}？",
		NoCommand:      "{command} 没有“{word}”这个命令。",
		ListCommands:   "全部命令：{command} --help",
		IsFolder:       "“{path}”是文件夹或压缩包：在网页里看并处理，用 aecheck open {path}；只在这里检查，用 aecheck scan {path}",
		IsFile:         "“{path}”是一个文件：检查它用 aecheck scan {path}；看里面的信息用 aecheck inspect {path}",
		NoFlag:         "{command} 没有 {flag} 这个选项。",
		ListFlags:      "全部选项：{command} --help",
		FlagOfOthers:   "有这个选项的是：{commands}",
		NeedsValue:     "选项 {flag} 后面要写一个值：{usage}",
		OddFlag:        "{flag} 不是选项的写法：选项写成 --名称 值，或 --名称=值",
		TooFew:         "后面少写了内容，要写成：{usage}",
		TooMany:        "后面写多了（{n} 项：{rest}），要写成：{usage}",
		NothingFollows: "{command} 后面不用再写什么，多了：{rest}",
		Quote:          "。路径里有空格时，整个路径要加引号：\"{path}\"",
		NoSuchWord:     "没有“{word}”，可以写：{words}。",
		Number:         "一个整数，如 4",
		Duration:       "带单位的时间，如 90s、5m、1h",
	}
}

func usingEN() Using {
	return Using{
		Meant:          " Did you mean {near}?",
		NoCommand:      "{command} has no command \"{word}\".",
		ListCommands:   " All commands: {command} --help",
		IsFolder:       " \"{path}\" is a folder or an archive: aecheck open {path} shows it on a page to work on, aecheck scan {path} checks it here",
		IsFile:         " \"{path}\" is a file: aecheck scan {path} checks it, aecheck inspect {path} shows what is in it",
		NoFlag:         "{command} has no flag {flag}.",
		ListFlags:      " All flags: {command} --help",
		FlagOfOthers:   " It is one of: {commands}",
		NeedsValue:     "{flag} needs a value behind it: {usage}",
		OddFlag:        "{flag} is not how a flag is written: --name value, or --name=value",
		TooFew:         "something is missing behind it; write: {usage}",
		TooMany:        "there is too much behind it ({n}: {rest}); write: {usage}",
		NothingFollows: "nothing follows {command}, but there is: {rest}",
		Quote:          ". A path with blanks is put in quotes as a whole: \"{path}\"",
		NoSuchWord:     "there is no \"{word}\"; write one of: {words}.",
		Number:         "a whole number, such as 4",
		Duration:       "a time with its unit, such as 90s, 5m, 1h",
	}
}
