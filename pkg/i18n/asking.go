package i18n

// Asking are the texts that a client is sent: what is still wanted of a case. They are
// read by somebody who knows neither this program nor the appeal.
type Asking struct {
	Hello    string // {when}: the first window that closes
	HelloOne string // the same of one case
	HelloAny string // where no window is known
	Thanks   string
	Nobody   string // there is nothing to ask anybody
	Unjudged string // {n} things found were not judged: for whoever sends the texts

	Case    string // heading of a case, {name}
	Product string // {id}
	Number  string // {id}
	Until   string // {when} {left}
	NoDay   string // nobody knows until when
	When    string // {month} {day} {time}
	Year    string // {year} and the same, of another year than the report's

	Missing, Rejected, Unread, Look, Better string // headings
	Again                                   string // what to do about a file that cannot be read
	Password                                string // the same of one that is locked
	Needed                                  string // what was wanted, behind what was seen
	Files                                   string // {files}, {n} in all

	// How to get what is missing, where the rules speak of folders alone.
	HowViolating, HowSource string

	// What is asked for where case.yaml does not say it.
	Deadline, ViolationID, ViolationType, ProductID, SKUs, Category, Sites, Addresses, Originals, StoreID, StoreName, AI, People, Brands string
}

func askingZH() Asking {
	return Asking{
		Hello:    "您好，图片申诉的材料还差下面这些，麻烦尽快发给我们。最早的一件 {when}（北京时间）截止，过时就不能申诉了。",
		HelloOne: "您好，图片申诉的材料还差下面这些，麻烦尽快发给我们。{when}（北京时间）截止，过时就不能申诉了。",
		HelloAny: "您好，图片申诉的材料还差下面这些，麻烦尽快发给我们。",
		Thanks:   "照片和扫描件请用「文件」方式发，不要截图。有不清楚的随时问我们，谢谢。",
		Nobody:   "没有要问客户的。",
		Unjudged: "有 {n} 处材料没有检查，给客户的话里没有提：去掉 --ask 再运行一次看是哪些",

		Case: "【{name}】", Product: "商品 {id}", Number: "违规编号 {id}",
		Until: "{when} 截止，还剩 {left}", NoDay: "截止时间还不知道",
		When: "{month}月{day}日 {time}", Year: "{year}年{month}月{day}日 {time}",

		Missing: "还缺：", Rejected: "这些不能用，请换或改：", Unread: "这些打不开或看不清，请重发：", Look: "请看一下，告诉我们：", Better: "最好也改一下：",
		Again: "请重新发一份原文件", Password: "文件有密码，请告诉我们密码，或重新发一份没有密码的", Needed: "要求", Files: "{files} 等 {n} 个文件",

		HowViolating: "被处罚的那几张图；或在违规详情里对图片点右键，把图片地址复制给我们",
		HowSource:    "拍摄这些图片的相机或手机里的原文件",

		Deadline:      "违规通知的整页截图：上面要看得到处罚时间或申诉截止时间",
		ViolationID:   "违规编号（违规通知上有）",
		ViolationType: "违规通知上写的违规类型和状态",
		ProductID:     "被处罚商品的商品 ID（商品链接 item/ 后面那串数字）",
		SKUs:          "这个商品有哪些规格（SKU），编号或名称都行；没有多个规格也请说一声",
		Category:      "商品的类目",
		Sites:         "商品卖到哪些国家的站点",
		Addresses:     "被处罚图片的网址（在违规详情里对图片点右键，复制图片地址）",
		Originals:     "原图保存在哪里（硬盘名或网盘链接），谁拍的",
		StoreID:       "店铺 ID",
		StoreName:     "店铺营业执照上的公司全称（中英文）",
		AI:            "图片有没有用 AI 做过；用了的话，是什么工具，有没有商用授权",
		People:        "图里有没有真人；有的话请发模特的肖像授权书",
		Brands:        "图上有没有别人的品牌；有授权的请发授权书",
	}
}

func askingEN() Asking {
	return Asking{
		Hello:    "Hello, for the picture appeal we still need what is listed below; please send it as soon as you can. The first window closes on {when} Beijing time; after that no appeal is possible.",
		HelloOne: "Hello, for the picture appeal we still need what is listed below; please send it as soon as you can. The window closes on {when} Beijing time; after that no appeal is possible.",
		HelloAny: "Hello, for the picture appeal we still need what is listed below; please send it as soon as you can.",
		Thanks:   "Please send photos and scans as files, not as screenshots. Do ask if anything is unclear. Thank you.",
		Nobody:   "There is nothing to ask a client.",
		Unjudged: "{n} thing that was found was not checked, and the texts do not speak of it: run this without --ask to see it|{n} things that were found were not checked, and the texts do not speak of them: run this without --ask to see them",

		Case: "[{name}]", Product: "product {id}", Number: "violation {id}",
		Until: "closes on {when}, {left} left", NoDay: "closing time not known yet",
		When: "{month}-{day} {time}", Year: "{year}-{month}-{day} {time}",

		Missing: "Missing:", Rejected: "Cannot be used; please replace or mend:", Unread: "Cannot be opened or read; please send again:", Look: "Please look at this and tell us:", Better: "Better mended too:",
		Again: "please send the original file again", Password: "it has a password; please tell us, or send it again without one", Needed: "wanted", Files: "{files} and others, {n} files",

		HowViolating: "the penalised pictures themselves; or right-click each on the violation page and copy us its address",
		HowSource:    "the files straight from the camera or phone",

		Deadline:      "A capture of the whole violation notice that shows when the penalty took effect or until when to appeal",
		ViolationID:   "The violation ID (it is on the notice)",
		ViolationType: "The type and state of the violation as the notice words them",
		ProductID:     "The ID of the penalised product (the digits after item/ in its address)",
		SKUs:          "The variants (SKUs) of this product, by number or name; tell us too if there is only one",
		Category:      "The category of the product",
		Sites:         "The countries' sites it is sold on",
		Addresses:     "The addresses of the penalised pictures (right-click one on the violation page, copy the image address)",
		Originals:     "Where the original photos are kept (a disk's name or a cloud link), and who took them",
		StoreID:       "The shop ID",
		StoreName:     "The company's full name on the shop's licence (Chinese and English)",
		AI:            "Whether AI made or changed any picture; if so, with what tool, and under which commercial licence",
		People:        "Whether real people are shown; if so, please send the models' releases",
		Brands:        "Whether a brand of others is shown; if you may use it, please send the letter that says so",
	}
}
