package i18n

// Pacing is the line that is shown while a folder is being read.
type Pacing struct {
	Reading   string // {done} {total}: files
	PerSecond string // {n}: files
	Left      string // {time}
	Judging   string // after the last file
}

func pacingZH() Pacing {
	return Pacing{Reading: "读取文件 {done}/{total}", PerSecond: "每秒 {n} 个", Left: "约剩 {time}", Judging: "文件已读完，正在比较和判断…"}
}

func pacingEN() Pacing {
	return Pacing{Reading: "reading files {done}/{total}", PerSecond: "{n}/s", Left: "about {time} left", Judging: "all files read, comparing and judging…"}
}
