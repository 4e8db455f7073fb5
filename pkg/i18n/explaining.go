package i18n

// Explaining are the texts of explain where it looks for a word, explains a kind of
// material or shows a guide.
type Explaining struct {
	FlagPicture string
	// Next and More end a list of what was found; {name}, {n}.
	Next, More string
	// Nothing says that a word stands nowhere; Near and NothingAtAll what to do then;
	// {word}, {words}.
	Nothing, Near, NothingAtAll string
	// Kind heads the page of a kind, Obtain how to get it; {kind}.
	Kind, Obtain string
	// About heads the rules of a guide, Example how to see it drawn; {name}.
	About, Example, Drawn string
	// NoPicture says what is drawn; {word}, {names}. Wrote says where it went; {path}.
	NoPicture, Wrote string
}

func explainingZH() Explaining {
	return Explaining{
		FlagPicture:  "把图解（对的和错的并排）画成这个 SVG 文件，用浏览器打开看；有图解的：exif seal signature white mark notice",
		Next:         "看其中一条：aecheck explain {name}",
		More:         "还有 {n} 条没有列出：换一个更具体的词，或用空格隔开写两个词。",
		Nothing:      "没有找到“{word}”。",
		Near:         "是不是：{words}？",
		NothingAtAll: "换个词试试，如 aecheck explain 水印；全部规则：aecheck rules list；整个申诉怎么办：aecheck explain appeal",
		Kind:         "{kind}：要求什么",
		Obtain:       "怎样取得",
		About:        "有关的规则",
		Example:      "图解",
		Drawn:        "aecheck explain {name} --picture {name}.svg，再用浏览器打开 {name}.svg",
		NoPicture:    "“{word}”没有图解；有图解的：{names}",
		Wrote:        "已画好 {path}，用浏览器打开看。",
	}
}

func explainingEN() Explaining {
	return Explaining{
		FlagPicture:  "draw the example (right and wrong side by side) as this SVG file, to be opened in a browser; drawn are: exif seal signature white mark notice",
		Next:         "See one of them: aecheck explain {name}",
		More:         "{n} more are not listed: use a word that says more, or two.",
		Nothing:      "\"{word}\" was not found. ",
		Near:         "Did you mean: {words}?",
		NothingAtAll: "Try another word, such as aecheck explain watermark; all rules: aecheck rules list; the whole appeal: aecheck explain appeal",
		Kind:         "{kind}: what is asked of it",
		Obtain:       "How to get it",
		About:        "Rules about it",
		Example:      "Drawn example",
		Drawn:        "aecheck explain {name} --picture {name}.svg, then open {name}.svg in a browser",
		NoPicture:    "nothing is drawn of \"{word}\"; drawn are: {names}",
		Wrote:        "drew {path}: open it in a browser.",
	}
}
