package i18n

// Confirming is what confirm says.
type Confirming struct {
	ConfirmNone    string
	ConfirmOpen    string // {n}
	ConfirmAsk     string // {rule} {file}
	ConfirmDone    string // {n} {file} {case}
	ConfirmHow     string
	ConfirmNoMatch string // {rule} {file}

	FlagOverrule, OverruleNone, OverruleHow string
	OverruleOpen, OverruleMay               string // {n}
	OverruleNoMatch                         string // {rule} {file}
}

func confirmingZH() Confirming {
	return Confirming{
		FlagOverrule:    "推翻判错的「不通过」，而不是确认待查看项；要用 --rule、--by 和 --note 写明哪一条、谁、为什么",
		ConfirmNone:     "没有待人工查看的项。",
		ConfirmOpen:     "还有 {n} 项需要人工查看：",
		ConfirmAsk:      "确认 {rule}（{file}）没有问题？[y/N] ",
		ConfirmDone:     "已把 {n} 项确认写入 {file}。再运行 aecheck scan {case} 看结果。",
		ConfirmHow:      "看过之后，用 --rule 和 --file 指定要确认的项（或 --all），并用 --by 写明确认人。",
		ConfirmNoMatch:  "{rule}（{file}）没有待查看的项。不通过的项不能靠确认变为通过；判错的可以用 --overrule 推翻。",
		OverruleNone:    "没有可以推翻的不通过：确定无疑的、规则不允许推翻的都不算。",
		OverruleOpen:    "{n} 项不通过在判错时可以推翻：",
		OverruleHow:     "推翻一项不通过，要逐条写明：--rule 和 --file 指定哪一条，--by 写明谁，--note 写明为什么；不能用 --all。",
		OverruleNoMatch: "{rule}（{file}）没有可以推翻的不通过：确定无疑的、规则不允许推翻的都不能推翻。请按报告改正。",
		OverruleMay:     "另有 {n} 项不通过在判错时可以推翻：aecheck confirm 文件夹 --overrule",
	}
}

func confirmingEN() Confirming {
	return Confirming{
		FlagOverrule:    "overrule a fail that is wrong, in place of confirming; say which, who and why with --rule, --by and --note",
		ConfirmNone:     "Nothing is waiting for a person.",
		ConfirmOpen:     "{n} item is waiting for a person:|{n} items are waiting for a person:",
		ConfirmAsk:      "Confirm that {rule} ({file}) is all right? [y/N] ",
		ConfirmDone:     "{n} confirmation written to {file}. Run aecheck scan {case} to see what is left.|{n} confirmations written to {file}. Run aecheck scan {case} to see what is left.",
		ConfirmHow:      "Once you have looked, name what to confirm with --rule and --file (or --all) and yourself with --by.",
		ConfirmNoMatch:  "{rule} ({file}) has nothing open. A failure cannot be confirmed away; one that is wrong can be overruled with --overrule.",
		OverruleNone:    "There is no fail that may be overruled: certain ones, and those whose rule forbids it, may not.",
		OverruleOpen:    "{n} fail may be overruled where it is wrong:|{n} fails may be overruled where they are wrong:",
		OverruleHow:     "To overrule a fail say which with --rule and --file, who with --by and why with --note, one by one; --all does not do.",
		OverruleNoMatch: "{rule} ({file}) has no fail that may be overruled: certain ones, and those whose rule forbids it, may not. Mend what the report says.",
		OverruleMay:     "{n} fail may be overruled where it is wrong: aecheck confirm FOLDER --overrule|{n} fails may be overruled where they are wrong: aecheck confirm FOLDER --overrule",
	}
}
