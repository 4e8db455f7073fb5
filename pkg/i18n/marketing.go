package i18n

// Marketing are the texts of marketplaces' packs.
type Marketing struct {
	FlagPack   string
	CmdNewPack string
	// Wrote says what new-pack wrote and how to try it; {path}, {name}.
	Wrote string
	// BadName says that a pack cannot be called so; {name}.
	BadName string
	// Pack is what messages call one.
	Pack string
	// Stale says that what is known of a marketplace is old; {pack}, {date}.
	Stale string
	// NoSlot says that {n} pictures have no slot.
	NoSlot string
	// NoCase says that what a command does needs the built-in pack; {packs}.
	NoCase string
	// The page of a slot: its heading {slot}, the labels of what is asked, of folders and words
	// in names that place a picture there, and of the rules by severity.
	Slot, Asks, Folders, Errors, Warnings, Notes string
	// OfPack heads the part of a pack; {pack}, {date}.
	OfPack string
	// From and Until say when a rule holds; {date}.
	From, Until string
}

func marketingZH() Marketing {
	return Marketing{
		FlagPack:   "按这些平台的规则检查（可重复）：aliexpress、amazon、ebay、google、mercadolibre、walmart，或规则包文件；不含 aliexpress 时只检查商品图片",
		CmdNewPack: "写一个平台规则包的雏形（名称.yaml）",
		Wrote:      "已写好 {path}。试一试：aecheck rules test --pack {path}",
		BadName:    "规则包不能叫 {name}：用小写字母、数字和横线，以字母开头；已有的名称不能再用",
		Pack:       "规则包",
		Stale:      "{pack} 的规则上次核对是 {date}，已经过了一年：平台可能改了要求，请再看一遍它的页面（aecheck explain 规则编号 会列出来源）。",
		NoSlot:     "{n} 张图片不知道是主图还是别的图，只检查了各种图共同的要求：按平台的写法命名，放进 main（主图）、additional（附加图）等文件夹，或加上 --slot main；要求见 aecheck explain main。",
		NoCase:     "这个命令用于速卖通的申诉，而现在只选了 {packs}：去掉 --pack（或设置里的 packs）再运行。",
		Slot:       "{slot}：图片要满足什么",
		Asks:       "要求", Folders: "放在这样的文件夹里，或文件名里有", Errors: "不满足就不通过", Warnings: "不满足会提醒", Notes: "只作提示",
		OfPack: "{pack}（{date} 核对）",
		From:   "{date} 起", Until: "到 {date} 为止",
	}
}

func marketingEN() Marketing {
	return Marketing{
		FlagPack:   "judge by the rules of these marketplaces (repeatable): aliexpress, amazon, ebay, google, mercadolibre, walmart, or a pack's file; without aliexpress listing pictures alone are judged",
		CmdNewPack: "write the beginnings of a marketplace's pack (NAME.yaml)",
		Wrote:      "wrote {path}. Try it: aecheck rules test --pack {path}",
		BadName:    "a pack cannot be called {name}: lower-case letters, digits and dashes, a letter first, and none that there is",
		Pack:       "pack",
		Stale:      "the rules of {pack} were last checked on {date}, more than a year ago: the marketplace may ask for other things by now. Look at its pages again (aecheck explain ID lists them).",
		NoSlot:     "one picture is not known to be a main or another picture, so only what is asked of all was judged: name it as the marketplace does, put it into a folder called main, additional …, or give --slot main. aecheck explain main says what is asked.|{n} pictures are not known to be main or other pictures, so only what is asked of all was judged: name them as the marketplace does, put them into folders called main, additional …, or give --slot main. aecheck explain main says what is asked.",
		NoCase:     "this command is for AliExpress appeals and {packs} alone is chosen: leave out --pack (or packs in the settings).",
		Slot:       "{slot}: what a picture must be",
		Asks:       "Asked for", Folders: "Folders and words in names that do", Errors: "Fails", Warnings: "Warns", Notes: "Notes",
		OfPack: "{pack} (checked on {date})",
		From:   "from {date} on", Until: "until {date}",
	}
}
