package i18n

// Scheduling are the texts of the command that plans submissions.
type Scheduling struct {
	Command, How                                                                                 string
	FlagFormat, FlagOut, FlagPerDay, FlagHours, FlagDays, FlagRemind, FlagReadNotices, FlagWrite string
	// What does not go together or cannot be: {path}.
	NoCalendar, NoWriteThere, InCase string

	// Title heads the plan; {now}, {n}. Limits says by what it was made; {max}, {from},
	// {to}, {days}.
	Title, Limits, DaysAll, DaysWorking string
	// Until which year holidays are known; {year}.
	KnownUntil, KnownNot string
	// Weekdays from Sunday, with blanks between.
	Weekdays string
	// DayHead heads a day; {day}, {weekday}. Today and DayOff are behind it; Count is how
	// many appeals, {n}.
	DayHead, Today, DayOff, Count string

	// What is said of a case; {product}, {store}, {network}, {at}, {left}, {basis}.
	Product, Store, Network, Until, By, ByNotice string
	// Marks of a line: planned before; {at}, {years}.
	AlreadyPlanned, Outside, WasPast, WasLate, Estimated, LastDay string

	// Sections below the days; {n}.
	DroppedHead, UnknownHead, ClosedHead, ClosedAt string
	// Why a case finds no day: {network}, {store}, {max}.
	WhyNetwork, WhyStore, WhyBoth, NoNetwork string
	// What helps; {n}.
	Enough, DaysOffToo, OtherNetwork, Nothing string
	// Why a deadline is not known, and what helps; {path}.
	NoFile, BadFile, NoTimes, NoTimesUnread, NoTimesRead string
	// Counts at the end; {n}.
	WithSubmitted, WithDone string
	// NothingOpen says that nothing is to be submitted.
	NothingOpen string

	// Remarks: notices not read yet {n}, a plan not proved to be the best, how to write it
	// {path}.
	Unread, NotProved, HowWrite string
	// What was written; {file}, {at}; that could not {path}, {why}; counts {n}.
	Wrote, NotWritten, Packed, Unusual, WroteAll, KeptOwn, Note string

	// A reminder's head {n}, {span}; what is due {what}, {left}; nothing due {span};
	// deadlines that are not known {n}.
	RemindHead, RemindDeadline, RemindPlanned, RemindOver, RemindNothing, RemindUnknown string

	// Of the calendar: its name, events {case}, {at}, and their text.
	CalendarName, EventSubmit, EventDeadline, EventSubmitted string
	EventProposed, EventPlanned, EventFolder, EventOver      string
}

func schedulingZH() Scheduling {
	return Scheduling{
		Command:         "排一份提交计划：每个案件哪天几点提交，不误截止时间，同一网络不扎堆；可导出日历、定时提醒",
		How:             "只读 case.yaml 和违规通知上的时间，不检查图片，所以很快。通知只用以前检查时读过的结果；要现在就读，加 --read-notices。\n先保证不误截止时间；再让同一网络同一天的份数尽量少；然后尽量早交。已提交的和已写 appeal.planned_at 的都算在内，不会改动。\n退出码：0 都排好了；1 有案件排不进去（--remind：有快到期的）；3 有案件的截止时间不知道；4 没有案件；2 用法或 case.yaml 有错；5 文件写不出来。",
		FlagFormat:      "输出格式：text（文字）、json 或 ics（日历文件，可导入手机和电脑的日历，再次导入会更新、不会重复）",
		FlagOut:         "写到这个文件（原有的会被替换）；不写就输出到屏幕",
		FlagPerDay:      "同一网络、同一店铺一天最多提交几份",
		FlagHours:       "每天几点到几点可以提交（北京时间），如 9-18 或 9:30-18:00",
		FlagDays:        "哪些日子可以排：all（每天）或 working（只排工作日，按国务院公布的节假日和调休）",
		FlagRemind:      "只列出这段时间内（如 6h）到截止时间或计划提交时间、还没提交的案件；有就以退出码 1 结束，适合定时任务",
		FlagReadNotices: "还没读过的违规通知现在就读（每张图约几秒）；通知上的时间更早时以它为准",
		FlagWrite:       "把排好的时间写进各案件的 case.yaml（appeal.planned_at）；已经写了的不动",
		NoCalendar:      "--remind 只能输出 text 或 json",
		NoWriteThere:    "--remind 不能和 --write 一起用",
		InCase:          "{path} 在案件文件夹里，会被当成申诉材料；请写到别处",

		Title:       "提交计划 · {now} 北京时间 · {n} 个案件",
		Limits:      "同一网络、同一店铺一天最多 {max} 份，{from}–{to} 提交，{days}",
		DaysAll:     "周末和节假日也可以排",
		DaysWorking: "只排工作日",
		KnownUntil:  "节假日安排已知到 {year}-12-31；之后的年份还没有官方数据，不作猜测",
		KnownNot:    "没有 {year} 年的节假日安排：工作日只按周末算，可能不准。请在规则文件的 holidays 里补上",
		Weekdays:    "周日 周一 周二 周三 周四 周五 周六",
		DayHead:     "{day} {weekday}", Today: "今天", DayOff: "休息日", Count: "{n} 份",

		Product: "商品 {product}", Store: "店铺 {store}", Network: "网络 {network}",
		Until: "截止 {at}，还剩 {left}", By: "按{basis}计算", ByNotice: "违规通知上的时间",
		AlreadyPlanned: "case.yaml 里已计划",
		Outside:        "截止前没有更晚的工作时间了，请在这个时间提交",
		WasPast:        "原计划 {at} 已经过了，没有提交记录",
		WasLate:        "原计划 {at} 晚于截止时间，请改成这里的时间",
		Estimated:      "{years} 年的节假日还不知道，截止时间只按周末推算，可能不准，请以通知为准",
		LastDay:        "最后一天",

		DroppedHead:   "排不进去，会误截止时间（{n} 个）",
		UnknownHead:   "不知道截止时间，没有排（{n} 个）",
		ClosedHead:    "已经过了截止时间（{n} 个）",
		ClosedAt:      "{at} 截止",
		WhyNetwork:    "截止前的每一天，{network}都已经排满 {max} 份",
		WhyStore:      "截止前的每一天，店铺 {store} 都已经排满 {max} 份",
		WhyBoth:       "截止前的每一天，{network}或店铺 {store} 已经排满 {max} 份",
		NoNetwork:     "同一网络（没有写 appeal.network 的算同一个）",
		Enough:        "最少要一天 {n} 份（--per-day {n}）才能全部赶上。误了截止时间就不能申诉，一天多交几份只是审核可能变慢。",
		DaysOffToo:    "休息日也提交（--days all）的话，赶不上的剩 {n} 个。",
		OtherNetwork:  "或者让其中一些从别的网络提交：在它们的 case.yaml 里写 appeal.network（给网络起个名字），再排一次。",
		Nothing:       "排哪个、不排哪个：先让赶不上的最少，再让同一天的最少。",
		NoFile:        "没有 case.yaml：运行 aecheck init {path}",
		BadFile:       "case.yaml 有错误，见上面的提示",
		NoTimes:       "case.yaml 没有写处罚或通知时间，也没有违规通知：请填 violation.effective_at 或 violation.notified_at",
		NoTimesUnread: "case.yaml 没有写处罚或通知时间，违规通知还没读过：加 --read-notices，或运行 aecheck init {path}",
		NoTimesRead:   "case.yaml 没有写处罚或通知时间，违规通知上也没读到：请填 violation.effective_at 或 violation.notified_at",
		WithSubmitted: "已提交、等结果：{n} 个",
		WithDone:      "已有结果或不能再申诉：{n} 个",
		NothingOpen:   "没有要提交的申诉。",

		Unread:    "{n} 个案件的违规通知还没读过，只按 case.yaml 写的时间排：通知上的时间可能更早。用 --read-notices 读一遍，或先用 aecheck scan 检查。",
		NotProved: "有店铺用了几个网络，又排得很紧：这份计划不误能赶上的案件，但不能证明没有更好的排法。",
		HowWrite:  "这是建议，什么都没有写。同意的话加 --write，时间就写进各案件的 case.yaml。",
		Wrote:     "{file}：appeal.planned_at: {at}", NotWritten: "{path} 没有改动，请自己填写 appeal.planned_at: {at}（{why}）",
		Packed:   "它在压缩包里",
		Unusual:  "它的写法特殊，例如用了 {…}，自动改有风险",
		WroteAll: "已写入 {n} 个案件的 case.yaml。",
		KeptOwn:  "{path} 里的 planned_at 没有改动，请自己改成 {at}",
		Note:     "由 aecheck schedule 排定",

		RemindHead:     "{span}内要处理的申诉：{n} 个",
		RemindDeadline: "截止时间 {at}，还剩 {left}",
		RemindPlanned:  "计划 {at} 提交，还有 {left}",
		RemindOver:     "计划 {at} 提交，时间已过，还没有提交记录",
		RemindNothing:  "{span}内没有要提交的申诉。",
		RemindUnknown:  "另有 {n} 个案件的截止时间不知道，无法提醒：运行 aecheck schedule 查看。",

		CalendarName: "速卖通申诉", EventSubmit: "提交申诉：{case}", EventDeadline: "申诉截止：{case}", EventSubmitted: "已提交申诉：{case}",
		EventProposed: "aecheck 排的建议时间，还没有写进 case.yaml。", EventPlanned: "case.yaml 里的计划时间。", EventFolder: "文件夹：{path}", EventOver: "截止时间：{at} 北京时间（{basis}）",
	}
}

func schedulingEN() Scheduling {
	return Scheduling{
		Command:         "plan when to submit each appeal: no deadline missed, few of one network on one day; as text, JSON or a calendar, with reminders for cron",
		How:             "Only case.yaml and the times on notices are read, no picture is checked: that is quick. Of notices what earlier checks read counts; --read-notices reads the rest now.\nFirst no deadline is missed; then as few appeals of one network go in on one day as can be; then as early as can be. What is submitted, and what has appeal.planned_at, counts and stays.\nExit codes: 0 all are planned; 1 some find no day (--remind: something is due); 3 a deadline is not known; 4 no case; 2 wrong usage or a case.yaml with errors; 5 the file could not be written.",
		FlagFormat:      "text, json or ics (a calendar file for phone and computer; importing it again updates it and doubles nothing)",
		FlagOut:         "write to this file (what is there is replaced) instead of the screen",
		FlagPerDay:      "most appeals of one network, and of one store, on one day",
		FlagHours:       "when on a day appeals may be submitted (Beijing time), as 9-18 or 9:30-18:00",
		FlagDays:        "days to use: all, or working (working days alone, by the official holidays)",
		FlagRemind:      "list only what is to be submitted within this time (as 6h): cases whose deadline or planned time is that near and that are not submitted; exit code 1 where there are any, for cron",
		FlagReadNotices: "read the notices that no check has read yet (some seconds a picture); where a notice shows an earlier time that counts",
		FlagWrite:       "write the planned times into each case.yaml (appeal.planned_at); those that have one keep it",
		NoCalendar:      "--remind gives text or json only",
		NoWriteThere:    "--remind and --write do not go together",
		InCase:          "{path} lies in a case folder and would be taken for material of the appeal; write it elsewhere",

		Title:       "Plan for submitting · {now} Beijing time · {n} case|Plan for submitting · {now} Beijing time · {n} cases",
		Limits:      "at most {max} a day of one network and of one store, {from}–{to}, {days}",
		DaysAll:     "weekends and holidays too",
		DaysWorking: "working days only",
		KnownUntil:  "holidays are known to {year}-12-31; there is no official data for later years yet, and none is made up",
		KnownNot:    "no holiday data for {year}: working days are counted by weekends alone and may be wrong. Add the year under holidays in a rules file",
		Weekdays:    "Sun Mon Tue Wed Thu Fri Sat",
		DayHead:     "{weekday} {day}", Today: "today", DayOff: "day off", Count: "{n} appeal|{n} appeals",

		Product: "product {product}", Store: "store {store}", Network: "network {network}",
		Until: "appeal by {at}, {left} left", By: "counted from {basis}", ByNotice: "the times on the notice",
		AlreadyPlanned: "planned in case.yaml",
		Outside:        "no later working hour is left before the deadline: submit it then",
		WasPast:        "was planned for {at}, which is past; nothing says that it was submitted",
		WasLate:        "was planned for {at}, which is after the deadline: change it to this time",
		Estimated:      "the holidays of {years} are not known: the deadline counts weekends alone and may be wrong, go by the notice",
		LastDay:        "last day",

		DroppedHead:   "No day left, the deadline would be missed ({n} case)|No day left, the deadline would be missed ({n} cases)",
		UnknownHead:   "Deadline not known, not planned ({n} case)|Deadline not known, not planned ({n} cases)",
		ClosedHead:    "Deadline past ({n} case)|Deadline past ({n} cases)",
		ClosedAt:      "closed {at}",
		WhyNetwork:    "{network} has {max} on every day before the deadline",
		WhyStore:      "store {store} has {max} on every day before the deadline",
		WhyBoth:       "{network} or store {store} has {max} on every day before the deadline",
		NoNetwork:     "the one network (cases without appeal.network share one)",
		Enough:        "It takes {n} a day (--per-day {n}) to keep all. A missed deadline ends the appeal; several a day only make review slower.",
		DaysOffToo:    "With days off used too (--days all) {n} would be left out.",
		OtherNetwork:  "Or submit some from another network: give it a name in appeal.network of their case.yaml and plan again.",
		Nothing:       "Which ones are left out: as few as can be, then what leaves the fewest on one day.",
		NoFile:        "no case.yaml: run aecheck init {path}",
		BadFile:       "case.yaml has errors, see the message about it",
		NoTimes:       "case.yaml gives no time of the penalty or the notice, and there is no notice: fill in violation.effective_at or violation.notified_at",
		NoTimesUnread: "case.yaml gives no time of the penalty or the notice, and the notice has not been read yet: add --read-notices, or run aecheck init {path}",
		NoTimesRead:   "case.yaml gives no time of the penalty or the notice, and none was read on the notice: fill in violation.effective_at or violation.notified_at",
		WithSubmitted: "submitted, under review: {n}",
		WithDone:      "decided, or no further appeal: {n}",
		NothingOpen:   "There is nothing to submit.",

		Unread:    "the notice of {n} case has not been read yet, only case.yaml counted: the notice may show an earlier time. Read it with --read-notices, or run aecheck scan first.|the notices of {n} cases have not been read yet, only case.yaml counted: they may show earlier times. Read them with --read-notices, or run aecheck scan first.",
		NotProved: "some stores use several networks and the days are full: this plan keeps all that can be kept as far as was found, but a better one was not ruled out.",
		HowWrite:  "This is a proposal, nothing was written. Add --write to put the times into each case.yaml.",
		Wrote:     "{file}: appeal.planned_at: {at}", NotWritten: "{path} was left alone; fill in appeal.planned_at: {at} yourself ({why})",
		Packed:   "it is in a zip file",
		Unusual:  "it is written in an unusual way, as in {…}, and a change might break it",
		WroteAll: "{n} case.yaml was written.|{n} case.yaml were written.",
		KeptOwn:  "planned_at in {path} was left alone; change it to {at} yourself",
		Note:     "planned by aecheck schedule",

		RemindHead:     "{n} appeal to see to within {span}|{n} appeals to see to within {span}",
		RemindDeadline: "deadline {at}, {left} left",
		RemindPlanned:  "planned for {at}, in {left}",
		RemindOver:     "planned for {at}, which is past; nothing says that it was submitted",
		RemindNothing:  "Nothing is to be submitted within {span}.",
		RemindUnknown:  "The deadline of {n} more case is not known, so nothing can remind of it: see aecheck schedule.|The deadlines of {n} more cases are not known, so nothing can remind of them: see aecheck schedule.",

		CalendarName: "AliExpress appeals", EventSubmit: "Submit the appeal: {case}", EventDeadline: "Appeal closes: {case}", EventSubmitted: "Appeal submitted: {case}",
		EventProposed: "Proposed by aecheck, not in case.yaml yet.", EventPlanned: "As planned in case.yaml.", EventFolder: "Folder: {path}", EventOver: "Deadline: {at} Beijing time ({basis})",
	}
}
