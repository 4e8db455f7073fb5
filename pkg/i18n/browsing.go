package i18n

// Browsing are the words of the page that a report is as HTML: what one clicks and
// ticks there. Words that only a screen reader says stand here too.
type Browsing struct {
	Skip      string // link over what stands before the checklist
	Languages string // of the switch
	Contents  string // of the links to the parts of the page
	Only      string // before the choice of outcomes
	Of        string // before the choice of items
	All       string // nothing left out
	Enlarge   string // {file}
	Marked    string // {file} {n}: a picture with so many places marked
	Close     string
	Look      string // link to the findings of a thing to do
	Ticked    string // {n} {total}
	Kept      string // what ticks are good for
	Nothing   string // nothing of that choice
	More      string // {n}: files that are shown on demand

	PlainTitle string // {name}: of a report on photos
	Cases      string // {n}
}

func browsingZH() Browsing {
	return Browsing{
		Skip: "跳到检查结果", Languages: "语言", Contents: "本页内容",
		Only: "只看", Of: "材料", All: "全部",
		Enlarge: "放大 {file}", Marked: "{file}，框出 {n} 处", Close: "关闭", Look: "查看",
		Ticked: "已勾 {n} / {total}", Kept: "打的勾只记在这台设备的浏览器里，不会改动任何文件",
		Nothing: "没有符合筛选的问题。", More: "还有 {n} 个文件",
		PlainTitle: "图片检查报告 — {name}", Cases: "{n} 个案件",
	}
}

func browsingEN() Browsing {
	return Browsing{
		Skip: "Skip to the results", Languages: "Language", Contents: "On this page",
		Only: "Show", Of: "Material", All: "all",
		Enlarge: "Enlarge {file}", Marked: "{file}, {n} place marked|{file}, {n} places marked", Close: "Close", Look: "look",
		Ticked: "{n} of {total} ticked", Kept: "Ticks are kept in this browser alone; they change no file",
		Nothing: "Nothing of that kind.", More: "{n} file more|{n} files more",
		PlainTitle: "Picture report — {name}", Cases: "{n} case|{n} cases",
	}
}
