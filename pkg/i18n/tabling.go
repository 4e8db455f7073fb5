package i18n

// Tabling are the words of the table of cases that a report on several begins with.
type Tabling struct {
	Head string // {n} cases, in what order they stand

	Client, Case, Product, Left, Due, State, Open string // column heads; Open is what is missing
	Numbers                                       string // head of a column of product and violation IDs
	ProductShort                                  string // {id}, where there is no column for it

	// States of a case; Clear is Ready of a folder that is no appeal.
	Ready, Clear, Mend, Look, Unchecked, Expired, Nothing, Part string

	Day, Hour, Minute string // time left in a narrow column, {n}
	Soon              string // less than a minute
	Ago               string // {time}
	Undated           string // no deadline is known
	Unlimited         string // there can be none: a folder of photos

	// What kinds of material are called in a narrow column; others by their titles.
	Notice, Violating, Source, Letter, Commitment, Replacement, Licence string

	Missing                       string // {items}
	ToMend, ToRead, ToLook, Minor string // {n}; Minor are those that keep nobody from submitting
	Over                          string // heading of the cases that nothing can be submitted for

	Details string // how to see the details, {case}
	Between string // the same of what is between the cases
	Texts   string // how to have the clients asked
	Pages   string // how to have a page a case

	Within  string // {time}: only cases that close so soon are listed
	LeftOut string // {parts}
	// The parts: cases that close later, that have expired, that have no known
	// deadline; {n}.
	Later, Gone, Unknown string
	NoneDue              string // no case closes so soon, {time}

	Back string // link to the page with the table
	Find string // label of the box to type a name into

	FlagCase, FlagDue, FlagReportDir, FlagAsk string
	NoCase                                    string // {name}: no case goes by it
	HasContent, Inside                        string // why pages are not written into a folder, {path}
}

func tablingZH() Tabling {
	return Tabling{
		Head: "{n} 个案件，最急的在前",

		Client: "客户", Case: "案件", Product: "商品 ID", Left: "剩余", Due: "截止（北京时间）", State: "状态", Open: "还差什么",
		Numbers: "商品 ID、违规编号", ProductShort: "商品 {id}",

		Ready: "可提交", Clear: "无问题", Mend: "待改正", Look: "待查看", Unchecked: "未查完", Expired: "已过期", Nothing: "不要提交", Part: "只查部分",

		Day: "{n}天", Hour: "{n}小时", Minute: "{n}分", Soon: "不到1分", Ago: "过期{time}", Undated: "未知", Unlimited: "—",

		Notice: "通知截图", Violating: "违规图", Source: "原图", Letter: "授权书", Commitment: "承诺书", Replacement: "替换图", Licence: "AI授权",

		Missing: "缺{items}", ToMend: "要改 {n}", ToRead: "没查成 {n}", ToLook: "要看 {n}", Minor: "建议改 {n}",
		Over: "已过期或不能申诉",

		Details: "看某个案件的详情：命令后面加上 --case {case}（客户、文件夹、违规编号或商品 ID，可以写几次）；看全部：加上 --verbose",
		Between: "案件之间的问题只列了标题，加上 --verbose 看详情",
		Texts:   "发微信催客户补材料：加上 --ask（每个客户一段话，复制就能发）",
		Pages:   "想对着图片看：加上 --report-dir 新文件夹，再用浏览器打开里面的 index.html（一个案件一页）",

		Within:  "只列出 {time} 内截止的案件",
		LeftOut: "没有列出的：{parts}",
		Later:   "{n} 个更晚截止", Gone: "{n} 个已过期", Unknown: "{n} 个截止时间未知",
		NoneDue: "{time} 内没有案件截止",

		Back: "← 全部案件", Find: "找客户、案件或编号",

		FlagCase:      "只看这个案件的详情：客户、文件夹、违规编号、商品 ID 或路径（可以写几次）",
		FlagDue:       "只列出在这段时间内截止的案件，例如 24h、3d；已过期的和截止时间未知的只说有几个",
		FlagReportDir: "网页报告：在这个文件夹里写一页总表 index.html 和一个案件一页；以前的报告会被换掉，别的东西不动",
		FlagAsk:       "不出报告，给每个客户一段可以直接发微信的话：还缺什么、什么不能用、请看什么、几时截止（等于 --format ask）",
		NoCase:        "没有找到叫 {name} 的案件：写客户、文件夹名、违规编号、商品 ID 或路径",
		HasContent:    "{path} 里有不是 aecheck 报告的东西，不会覆盖：换一个新文件夹（只有以前的报告的文件夹可以再用）",
		Inside:        "{path} 在被检查的文件夹里面：请放到外面，免得报告被当成材料",
	}
}

func tablingEN() Tabling {
	return Tabling{
		Head: "{n} case|{n} cases, the most urgent first",

		Client: "Client", Case: "Case", Product: "Product ID", Left: "Left", Due: "Closes (Beijing)", State: "State", Open: "Still open",
		Numbers: "Product, violation", ProductShort: "product {id}",

		Ready: "ready", Clear: "no fault", Mend: "to mend", Look: "to look at", Unchecked: "not checked", Expired: "expired", Nothing: "don't submit", Part: "part only",

		Day: "{n}d", Hour: "{n}h", Minute: "{n}m", Soon: "< 1m", Ago: "{time} ago", Undated: "unknown", Unlimited: "—",

		Notice: "notice", Violating: "violating pictures", Source: "originals", Letter: "authorization", Commitment: "commitment", Replacement: "replacements", Licence: "AI licence",

		Missing: "no {items}", ToMend: "mend {n}", ToRead: "unread {n}", ToLook: "look at {n}", Minor: "better mend {n}",
		Over: "Expired, or nothing to submit",

		Details: "The details of a case: add --case {case} (client, folder, violation ID or product ID; may be repeated); of all: --verbose",
		Between: "What is between the cases stands here by its titles alone; --verbose gives the details",
		Texts:   "To ask the clients for what is open: add --ask (a text for each, ready to paste into a chat)",
		Pages:   "To see it beside the pictures: add --report-dir NEW_FOLDER and open index.html in it with a browser (one page a case)",

		Within:  "Only cases that close within {time}",
		LeftOut: "Not listed: {parts}",
		Later:   "{n} that closes later|{n} that close later", Gone: "{n} expired", Unknown: "{n} without a known deadline",
		NoneDue: "No case closes within {time}",

		Back: "← all cases", Find: "Find a client, case or number",

		FlagCase:      "details of this case only: client, folder, violation ID, product ID or path (may be repeated)",
		FlagDue:       "only cases whose window closes within this time, such as 24h or 3d; those expired or without a known deadline are only counted",
		FlagReportDir: "report as web pages: a table, index.html, and one page a case in this folder; earlier reports in it are replaced, nothing else is",
		FlagAsk:       "instead of a report, a short text for each client to be pasted into a chat: what is missing, what was rejected and why, what to look at, by when (the same as --format ask)",
		NoCase:        "no case goes by {name}: give a client, folder, violation ID, product ID or path",
		HasContent:    "{path} holds something that is no report of aecheck and is left alone: name a new folder (one with nothing but earlier reports may be used again)",
		Inside:        "{path} lies inside the folder that is checked: choose one outside, or the pages will be taken for material",
	}
}
