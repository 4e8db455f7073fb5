package i18n

// Pacing is about how fast a folder is read: the line shown meanwhile, and the flags.
type Pacing struct {
	Reading   string // {done} {total}: files
	PerSecond string // {n}: files
	Left      string // {time}
	Judging   string // after the last file

	FlagVerify, FlagProfile string
	// NotInside says why the profile cannot be written there.
	NotInside string
}

func pacingZH() Pacing {
	return Pacing{
		Reading: "读取文件 {done}/{total}", PerSecond: "每秒 {n} 个", Left: "约剩 {time}", Judging: "文件已读完，正在比较和判断…",
		FlagVerify:  "每个文件都重新读一遍内容；不加时，大小和修改时间都没变的文件沿用上次的结果",
		FlagProfile: "把时间花在哪里写成 JSON 文件：每个阶段、每种提取、最慢的文件",
		NotInside:   "它在要检查的文件夹里，会被当成材料；请写到别处",
	}
}

func pacingEN() Pacing {
	return Pacing{
		Reading: "reading files {done}/{total}", PerSecond: "{n}/s", Left: "about {time} left", Judging: "all files read, comparing and judging…",
		FlagVerify:  "read the content of every file again; without it a file whose size and times did not change is taken for the one seen last time",
		FlagProfile: "write where the time went to a JSON file: by stage, by extractor, the slowest files",
		NotInside:   "it lies in the folder to be checked and would be taken for material; write it elsewhere",
	}
}
