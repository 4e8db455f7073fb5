package i18n

// Handing are the texts of handing in: the package and its sheet, the platform's answer.
type Handing struct {
	// Commands and their flags.
	CmdPack, FlagOut, FlagZip, FlagMaxPart, FlagForce, FlagVerify, FlagAgainst                     string
	CmdOutcome, FlagText, FlagTextFile, FlagID, FlagAt, FlagManifest                               string
	NeedOut, VerifyAlone, AgainstOther, NotCase, NoCases, NotResult, TextTwice, OneCase, NeedsFile string

	// Refused heads what stands against packing; {n}, {case}. Lacking is an item that is
	// missing, HowForce says what to do.
	Refused, Lacking, HowForce string
	// Whys of a package that could not be made; {path}, NotWritten {why} too.
	Changed, Inside, HasContent, Exists, NotWritten string
	// Packed says what was made: {n} files, {path}. PackedZip the same of a zip file.
	Packed, PackedZip string
	// Converted, NotConverted say what became of {path}; LeftOut counts what is not in
	// the package, Oversize says that {path} alone is larger than a part.
	Converted, NotConverted, LeftOut, Oversize string
	// NextSheet says to open the sheet {path}.
	NextSheet string

	// Names of files and folders in a package.
	SheetName string
	PartHead  string // head of a part's listing; {part}, {parts}

	// The sheet.
	Title, Subtitle                                              string // Title: {id}
	Made                                                         string // {tool} {version} {now} {rules}
	Clear, Forced, Reviews                                       string // banners; Forced, Reviews: {n}
	Deadline, DeadlineAt, DeadlineLeft, DeadlinePast, NoLimit    string // {at}, {left}
	IDs, Violation, Product, Store, StoreName, Complaint, Appeal string
	Images, Originals, Blank                                     string
	Fields, FieldNo, FieldTick, FieldFiles, FieldState           string
	NoFiles                                                      string
	ConvertedFrom, AnnotatedAs, InPart, CannotConvert            string // {path}, {path}, {part}
	Statement, StatementHow, StatementNone                       string // StatementNone: {path}
	Stands, StandsHow                                            string
	Steps, Before, Submit, After                                 string
	Then, ThenReview, ThenProgress, Trouble, TroubleCapture      string // ThenReview: {from} {to}
	TroubleTicket, TicketIn                                      string // TicketIn: {language}
	Since, SinceNone, AddedFile, RemovedFile, ChangedFile        string
	Boxes, BoxesHow, BoxSeal, BoxSignature, BoxDate              string // {text}
	Left, LeftUnsorted, LeftNotHanded, LeftUnread                string
	Parts, PartsHow                                              string // {n}

	// Ticket is the text of a ticket to the platform's online service; {violation},
	// {product}, {store}, {appeal}, {time}, {page}.
	Ticket string

	// Verifying: a line each for {n} files, {path}.
	VerifySame, VerifyChanged, VerifyMissing, VerifyAdded, VerifyAll, VerifyNotAll, NotPackage, VerifyUnread string
	VerifyPart                                                                                               string // {part}, {parts}

	// The platform's answer.
	Noted, NotedAgain, Kept                      string // {path}, {result}
	Accepted, Returned, Rejected                 string
	AcceptedNext, AcceptedWeight, AcceptedKeep   string // {from}, {to}
	ReturnedUntil, ReturnedClosed, ReturnedNoEnd string // {at}, {left}
	ReturnedNext, RejectedFinal, RejectedMore    string // ReturnedNext: {case} {path}; RejectedMore: {n}
	// LastFolder stands for what was submitted, where it was not named. AtFuture: {at}.
	LastFolder, AtFuture string
	// ConfirmedBy and OverruledBy say what rests on the word of somebody; {n} {who}.
	ConfirmedBy, OverruledBy                   string
	ZipInside                                  string // {path} {out}
	RejectedRelease, RejectedRelist            string // {from}, {to}
	Understood, UnderstoodWords, NotUnderstood string // {words}
	LookAt, RuleNow, RuleClear                 string
	ByHand                                     string // {path}, {why}, {line}
	NoWords                                    string

	// The appeal of one case.
	CaseDates, Window, WindowFrom, WindowEnds, EndOfDay       string // {at}
	Planned, PlannedNone, PlannedOver, ReviewTime, ReviewFrom string // {at}; {from}, {to}
	KnownUntil, KnownNot, Release, Weight, Estimate           string // KnownUntil: {year}; KnownNot: {years}
	TimeLeft                                                  string // {left}
	Capture, CaptureItems                                     string
}

func handingZH() Handing {
	return Handing{
		CmdPack:     "把案件整理成可以逐项上传的文件夹（和 zip），并生成“哪个文件传到哪一栏”的对照表",
		FlagOut:     "要生成的文件夹（还不存在，或是空的，不能在案件文件夹里）",
		FlagZip:     "另外打成这个 zip；超过 --max-part 就分成 -1.zip、-2.zip …",
		FlagMaxPart: "每个 zip 最多多少字节，可写 50MB（默认取 rules.yaml 的 params.pack.max_part）",
		FlagForce:   "还有没改好的也照样整理，并在对照表里写明",
		FlagVerify:  "检查一个整理好的文件夹或 zip：每个文件和当时是否一样",
		FlagAgainst: "与上次提交的比较：上次的 manifest.json，或上次的文件夹、zip",
		CmdOutcome:  "记下平台的答复（通过、退回、驳回），说明接下来怎么办",
		FlagText:    "平台答复的原话", FlagTextFile: "写有平台答复原话的文本文件",
		FlagID: "申诉编号", FlagAt: "提交或收到答复的时间（北京时间；默认是现在）",
		FlagManifest: "提交的是哪一份：manifest.json，或那个文件夹、zip",
		NeedOut:      "请用 --out 写明要生成的文件夹",
		VerifyAlone:  "--verify 只检查，不能和 --out、--zip、--force、--against 一起用",
		AgainstOther: "{path} 不是 {case} 的提交内容",
		NotCase:      "{path} 只是一个商品照片文件夹，不是申诉案件：先用 aecheck init 建案件文件夹",
		NoCases:      "{path} 里没有申诉案件",
		NotResult:    "结果写 accepted（通过）、returned（退回补充）或 refused（驳回）",
		TextTwice:    "--text 和 --text-file 只写一个",
		OneCase:      "{path} 里不止一个案件，请写明是哪个案件文件夹",
		NeedsFile:    "{path} 里还没有 case.yaml：先运行 aecheck init",

		Refused:      "{case}：还有 {n} 项没改好，先不要提交：",
		Lacking:      "缺少：{item}",
		HowForce:     "改好以后再运行一次；确实要现在整理，就加上 --force（对照表里会写明）。",
		Changed:      "{path} 在整理过程中变了，没有生成任何东西：请重新运行",
		Inside:       "{path} 在被检查的文件夹里面：请放到别处，不然下次检查会把它也算进去",
		HasContent:   "{path} 已经有内容了：请换一个文件夹名",
		Exists:       "{path} 已经有了：请换一个文件名",
		NotWritten:   "{path} 没有写成（{why}），没有留下任何东西",
		Packed:       "{path}：{n} 个文件，已整理好。",
		PackedZip:    "{path}：{n} 个文件，{size}",
		Converted:    "{path} 不是 JPG/PNG，旁边另存了一份 JPG（文件名带 _converted）。",
		NotConverted: "{path} 在这里转不成 JPG：请用相机厂商的软件另存一份 JPG，放在原文件旁边。",
		LeftOut:      "{n} 个文件没有放进去，对照表最后有说明。",
		Oversize:     "{path} 一个文件就超过了每个 zip 的大小限制。",
		NextSheet:    "打开 {path}，照着它一栏一栏上传。",

		SheetName: "00_上传对照表",
		PartHead:  "第 {part} 部分，共 {parts} 部分。里面有：",

		Title: "上传对照表 {id}", Subtitle: "哪个文件传到哪一栏",
		Made:     "{tool} {version} · {now}（北京时间） · 规则 {rules}",
		Clear:    "没有发现问题，可以提交。",
		Forced:   "注意：还有 {n} 项没改好，是用 --force 整理出来的。每个违规只能申诉一次，请先看下面“还没解决的”。",
		Reviews:  "有 {n} 项建议改正，或要请人再看一眼，见下面“还没解决的”。",
		Deadline: "截止时间", DeadlineAt: "北京时间 {at} 之前提交", DeadlineLeft: "整理时还剩 {left}", DeadlinePast: "已经过了截止时间（{at}），入口可能已关闭", NoLimit: "不知道截止时间：请看违规通知，填到 case.yaml",
		IDs: "要填的编号", Violation: "违规编号", Product: "商品 ID", Store: "店铺 ID", StoreName: "店铺主体", Complaint: "投诉编号", Appeal: "申诉编号",
		Images: "违规图片网址", Originals: "原图存放处", Blank: "（没有填）",
		Fields: "一栏一栏上传", FieldNo: "序号", FieldTick: "传好打勾", FieldFiles: "文件，按这个顺序", FieldState: "状态",
		NoFiles:       "没有文件",
		ConvertedFrom: "由 {path} 转成的 JPG，没有相机信息：平台收原格式就传原文件，不收再传这份",
		AnnotatedAs:   "带框标注的副本：{path}（给自己看，或在平台要求指出位置时用；栏里传没有标注的原文件）",
		InPart:        "第 {part} 个 zip",
		CannotConvert: "这个格式在这里转不成 JPG：平台不收时，请用相机厂商的软件另存一份",
		Statement:     "申诉理由（可以直接复制粘贴）",
		StatementHow:  "文字由文件读出，粘贴后对照原文件看一遍。",
		StatementNone: "这个案件还没有申诉理由。运行 aecheck statement {path} 可以按事实起草一份。",
		Stands:        "还没解决的", StandsHow: "带 ✗ 的先改好；带 ! 的建议改正；带 ? 的请人看过再提交。",
		Steps: "还要自己做的", Before: "提交之前", Submit: "提交的时候", After: "提交之后",
		Then:       "提交之后",
		ThenReview: "审核通常要 3–7 个工作日，节假日顺延：大约在 {from} 至 {to} 之间有结果。这是估计，不是承诺；不收费，也不能加急。",

		ThenProgress:   "进度在“违规中心”→“申诉记录”里看。提交后把申诉编号记下来；有了答复就运行 aecheck outcome {path} accepted|returned|refused（通过|退回|驳回），把平台的原话写在 --text 后面。",
		Trouble:        "提交出错时",
		TroubleCapture: "先不要刷新：截下整个错误页面，要看得到网址和时间，把图留好。",
		TroubleTicket:  "然后在“帮助中心”→“在线客服”写工单，不要打电话（电话没有记录）。下面的文字可以直接粘贴，空白处自己填：",
		TicketIn:       "工单文字（{language}），贴到“帮助中心”→“在线客服”",
		Since:          "和上次提交相比", SinceNone: "文件和上次一样，没有变化。",
		AddedFile: "新增 {path}", RemovedFile: "去掉 {path}", ChangedFile: "改过 {path}",
		Boxes: "标注的副本里框的是什么", BoxesHow: "在 annotated 文件夹里，按编号看。原文件没有动过。",
		BoxSeal: "公章 {text}", BoxSignature: "手写签名", BoxDate: "日期 {text}",
		Left: "没有放进去的文件", LeftUnsorted: "不知道属于哪一栏：放进对应的文件夹再整理一次",
		LeftNotHanded: "只供比对，不提交", LeftUnread: "打不开",
		Parts: "zip 分成几部分", PartsHow: "一共 {n} 个 zip，每个都不超过大小限制，里面有各自的清单。",

		Ticket: "您好，提交图片违规申诉时出错，请协助处理。\n违规编号：{violation}\n商品 ID：{product}\n店铺：{store}\n申诉编号：{appeal}\n出错时间（北京时间）：{time}\n出错页面网址：{page}\n附件：整个错误页面的截图（含网址和时间）。\n请确认申诉是否已经收到；如果没有收到，请在申诉期限内重新开放入口。",

		VerifySame: "没有变：{path}", VerifyChanged: "变了：{path}", VerifyMissing: "缺少：{path}", VerifyAdded: "多出来：{path}",
		VerifyAll: "{path}：{n} 个文件都和整理时一样。", VerifyNotAll: "{path}：{same} 个没有变，{changed} 个变了，{missing} 个缺少，{added} 个多出来。",
		NotPackage: "{path} 不是 aecheck 整理出来的文件夹或 zip（{why}）", VerifyUnread: "读不出来：{path}（{why}）",
		ConfirmedBy: "其中 {n} 处只凭 {who} 的确认。", OverruledBy: "其中 {n} 处「不通过」被 {who} 推翻。",
		ZipInside:  "{path} 在要生成的文件夹 {out} 里：请把 zip 放在它旁边",
		VerifyPart: "这是第 {part} 部分，共 {parts} 部分；只检查这一部分。",

		Noted: "已记到 {path}：{result}", NotedAgain: "{path} 里那次提交的结果已改为：{result}", Kept: "提交的内容和平台的答复存在 {path}",
		Accepted: "通过", Returned: "退回补充", Rejected: "驳回",
		AcceptedNext:    "申诉通过了：到商品页确认处罚已解除，把通过的页面截图留底。",
		AcceptedWeight:  "搜索权重通常 2–4 周恢复，大约在 {from} 至 {to} 之间。这是估计，不是承诺。",
		AcceptedKeep:    "把带 EXIF 的原图和这份材料按商品存档，下次用得上。",
		ReturnedUntil:   "退回的可以改好再交：北京时间 {at} 之前，还剩 {left}。",
		ReturnedClosed:  "退回的本来可以改好再交，但截止时间（{at}）已经过了；如果入口还开着就马上交，否则看下面的办法。",
		ReturnedNoEnd:   "退回的可以改好再交，但不知道截止时间：请看违规通知，填到 case.yaml。",
		ReturnedNext:    "改好后先运行 aecheck scan {case}，再运行 aecheck pack {case} --out 新文件夹 --against {path}，对照表里会列出改了什么。",
		RejectedFinal:   "驳回是最终结果，同一个违规不能再申诉。",
		RejectedMore:    "这个申诉通道还可以提交 {n} 次：先弄清驳回的原因再交。",
		RejectedRelease: "可以等自动解除：大约在 {from} 至 {to} 之间。这是估计，不是承诺。",
		RejectedRelist:  "也可以删除商品重新上架：销量和评价会丢失。两样可以同时准备。",
		Understood:      "答复里的这句话通常是指：", UnderstoodWords: "“{words}”",
		NotUnderstood: "这段答复里没有认得出的说法。请到“申诉记录”看有没有更具体的原因，或在“在线客服”问清楚是哪一份材料、缺什么。",
		LookAt:        "怎么看：", RuleNow: "现在检查的结果", RuleClear: "现在检查没有发现问题",
		LastFolder: "上次的文件夹", AtFuture: "--at {at} 还没有到：写提交或收到答复的时间（北京时间）",
		ByHand:  "{path} 没有改动（{why}）。请自己在 appeal.attempts 里加上这一行：\n  {line}",
		NoWords: "没有写平台的原话：用 --text 或 --text-file 补上，可以看到要检查什么。",

		CaseDates: "{case} 的日期", Window: "申诉窗口", WindowFrom: "从 {at} 起算", WindowEnds: "北京时间 {at} 截止", EndOfDay: "平台可能按整天计算，最晚到 {at}；按更早的准备",
		Planned: "计划提交时间", PlannedNone: "没有写（appeal.planned_at）；下面从现在算起", PlannedOver: "已经过了；下面从现在算起",
		ReviewTime: "审核", ReviewFrom: "大约 {from} 至 {to} 有结果（3–7 个工作日，已跳过周末和法定节假日）",
		KnownUntil: "法定节假日数据到 {year} 年底为止。", KnownNot: "没有 {years} 年的法定节假日数据，只跳过了周末：实际会更晚。",
		Release: "自动解除（不申诉时）", Weight: "搜索权重恢复（通过后）", Estimate: "审核、权重、自动解除的日期都是估计，不是承诺。",
		TimeLeft:     "还剩 {left}",
		Capture:      "提交出错时要截什么",
		CaptureItems: "1. 整个错误页面，不要只截提示框\n2. 地址栏里的网址\n3. 电脑右下角的日期和时间\n4. 上传到哪一栏、哪个文件时出错\n5. 页面上的违规编号和申诉编号（有的话）",
	}
}

func handingEN() Handing {
	return Handing{
		CmdPack:     "lay a case out as a folder (and zip) to upload field by field, with a sheet \"this file into this field\"",
		FlagOut:     "folder to make; it must not exist or be empty, and not lie in the case folder",
		FlagZip:     "make this zip file as well; -1.zip, -2.zip … where it would exceed --max-part",
		FlagMaxPart: "most bytes of a zip file, also as 50MB (params.pack.max_part of rules.yaml when left out)",
		FlagForce:   "pack although something fails; the sheet says so",
		FlagVerify:  "check a packed folder or zip file: is every file what it was",
		FlagAgainst: "compare with what was submitted last: its manifest.json, folder or zip file",
		CmdOutcome:  "note what the platform answered (accepted, returned, refused) and say what comes next",
		FlagText:    "the platform's words", FlagTextFile: "a text file with the platform's words",
		FlagID: "appeal ID", FlagAt: "when it was submitted or answered (Beijing time; now when left out)",
		FlagManifest: "what was submitted: its manifest.json, folder or zip file",
		NeedOut:      "say with --out which folder to make",
		VerifyAlone:  "--verify only looks; it does not go with --out, --zip, --force or --against",
		AgainstOther: "{path} is no submission of {case}",
		NotCase:      "{path} is a plain folder of photos and no case: make a case folder with aecheck init first",
		NoCases:      "there is no case in {path}",
		NotResult:    "the result is accepted, returned or refused",
		TextTwice:    "give either --text or --text-file",
		OneCase:      "there are several cases in {path}: name the folder of one",
		NeedsFile:    "{path} has no case.yaml yet: run aecheck init first",

		Refused:      "{case}: {n} thing must still be fixed; do not submit yet:|{case}: {n} things must still be fixed; do not submit yet:",
		Lacking:      "missing: {item}",
		HowForce:     "Run it again when they are mended; to pack it as it is, add --force (the sheet will say so).",
		Changed:      "{path} changed while it was packed, so nothing was made: run it again",
		Inside:       "{path} lies in the folder that is checked: put it elsewhere, or the next check takes it for material",
		HasContent:   "{path} has something in it already: name another folder",
		Exists:       "{path} is there already: name another file",
		NotWritten:   "{path} could not be written ({why}); nothing was left behind",
		Packed:       "{path}: {n} file packed.|{path}: {n} files packed.",
		PackedZip:    "{path}: {n} file, {size}|{path}: {n} files, {size}",
		Converted:    "{path} is no JPG or PNG; a JPG lies beside it (its name ends in _converted).",
		NotConverted: "{path} cannot be made a JPG here: save one with the camera maker's program and put it beside the file.",
		LeftOut:      "{n} file was left out; the end of the sheet says why.|{n} files were left out; the end of the sheet says why.",
		Oversize:     "{path} alone is larger than a zip file may be.",
		NextSheet:    "Open {path} and upload field by field.",

		SheetName: "00_upload sheet",
		PartHead:  "Part {part} of {parts}. In it:",

		Title: "Upload sheet {id}", Subtitle: "this file into this field",
		Made:     "{tool} {version} · {now} Beijing time · rules {rules}",
		Clear:    "Nothing found against it; ready to submit.",
		Forced:   "Careful: {n} thing still fails; this was packed with --force. There is one appeal for a violation, so read \"Still open\" below first.|Careful: {n} things still fail; this was packed with --force. There is one appeal for a violation, so read \"Still open\" below first.",
		Reviews:  "{n} thing should be mended or looked at by a person, see \"Still open\" below.|{n} things should be mended or looked at by a person, see \"Still open\" below.",
		Deadline: "Deadline", DeadlineAt: "submit before {at} Beijing time", DeadlineLeft: "{left} left when this was packed", DeadlinePast: "the deadline ({at}) is past; the entrance may be closed", NoLimit: "the deadline is not known: look at the notice and fill in case.yaml",
		IDs: "IDs to fill in", Violation: "Violation ID", Product: "Product ID", Store: "Shop ID", StoreName: "Company of the shop", Complaint: "Complaint ID", Appeal: "Appeal ID",
		Images: "Addresses of the violating pictures", Originals: "Where the originals are kept", Blank: "(not given)",
		Fields: "Field by field", FieldNo: "No.", FieldTick: "tick when done", FieldFiles: "files, in this order", FieldState: "state",
		NoFiles:       "no file",
		ConvertedFrom: "a JPG made of {path}, without camera data: upload the file itself where the platform takes it, this one where it does not",
		AnnotatedAs:   "copy with boxes: {path} (for yourself, or where the platform asks for the place; the untouched file goes into the field)",
		InPart:        "zip {part}",
		CannotConvert: "cannot be made a JPG here: where the platform does not take it, save one with the camera maker's program",
		Statement:     "Appeal statement (ready to paste)",
		StatementHow:  "The text was read from the file; compare it after pasting.",
		StatementNone: "This case has no statement yet. aecheck statement {path} drafts one from the facts.",
		Stands:        "Still open", StandsHow: "Mend what has a ✗, and better what has a ! too; have a person look at what has a ? before it is submitted.",
		Steps: "Left for you to do", Before: "before submitting", Submit: "when submitting", After: "after submitting",
		Then:       "After handing in",
		ThenReview: "The review usually takes 3–7 working days, longer over holidays: expect an answer between {from} and {to} or so. An estimate, no promise; it is free and cannot be hurried.",

		ThenProgress:   "Follow it in the violation centre under appeal records. Note the appeal ID after submitting, and when there is an answer run aecheck outcome {path} accepted|returned|refused, with the platform's words behind --text.",
		Trouble:        "When submitting fails",
		TroubleCapture: "Do not reload: capture the whole error page with its address and the time, and keep the picture.",
		TroubleTicket:  "Then write a ticket in the help centre under online service; do not phone, a call leaves no record. Paste this and fill in the blanks:",
		TicketIn:       "Text of the ticket, to paste in the help centre under online service ({language})",
		Since:          "Since the last submission", SinceNone: "The files are the same as last time.",
		AddedFile: "added {path}", RemovedFile: "removed {path}", ChangedFile: "changed {path}",
		Boxes: "What the boxes on the copies show", BoxesHow: "They lie in the folder annotated; go by the numbers. The files themselves are untouched.",
		BoxSeal: "seal {text}", BoxSignature: "handwritten signature", BoxDate: "date {text}",
		Left: "Files left out", LeftUnsorted: "its field is not known: put it into the folder of its kind and pack again",
		LeftNotHanded: "for comparing only, not handed in", LeftUnread: "cannot be opened",
		Parts: "Zip files", PartsHow: "{n} zip file within the size limit; it lists what is in it.|{n} zip files, each within the size limit; each lists what is in it.",

		Ticket: "Hello, submitting an appeal for an image violation failed; please help.\nViolation ID: {violation}\nProduct ID: {product}\nShop: {store}\nAppeal ID: {appeal}\nTime of the error (Beijing time): {time}\nAddress of the error page: {page}\nAttached: a capture of the whole error page with address and time.\nPlease tell whether the appeal arrived; if it did not, please open the entrance again within the appeal window.",

		VerifySame: "unchanged: {path}", VerifyChanged: "changed: {path}", VerifyMissing: "missing: {path}", VerifyAdded: "added: {path}",
		VerifyAll: "{path}: {n} file as it was packed.|{path}: all {n} files are as they were packed.", VerifyNotAll: "{path}: {same} unchanged, {changed} changed, {missing} missing, {added} added.",
		NotPackage: "{path} is no folder or zip file packed by aecheck ({why})", VerifyUnread: "cannot be read: {path} ({why})",
		ConfirmedBy: "{n} thing passes on the word of {who} alone.|{n} things pass on the word of {who} alone.", OverruledBy: "{n} failure was overruled by {who}.|{n} failures were overruled by {who}.",
		ZipInside:  "{path} lies in the folder {out} that is made: put the zip file beside it",
		VerifyPart: "This is part {part} of {parts}; only this part is checked.",

		Noted: "noted in {path}: {result}", NotedAgain: "the result of that submission in {path} is now: {result}", Kept: "what was submitted and the platform's answer are kept in {path}",
		Accepted: "accepted", Returned: "returned", Rejected: "rejected",
		AcceptedNext:    "The appeal was accepted: make sure on the listing that the penalty is lifted, and keep a capture of the page that says so.",
		AcceptedWeight:  "The search weight usually returns in 2–4 weeks, between {from} and {to} or so. An estimate, no promise.",
		AcceptedKeep:    "Archive the originals with EXIF and these papers by product; they will be of use again.",
		ReturnedUntil:   "What was returned may be corrected and handed in again before {at} Beijing time; {left} left.",
		ReturnedClosed:  "What was returned could be corrected, but the deadline ({at}) is past; hand it in at once if the entrance is still open, else see below.",
		ReturnedNoEnd:   "What was returned may be corrected and handed in again, but the deadline is not known: look at the notice and fill in case.yaml.",
		ReturnedNext:    "When mended run aecheck scan {case}, then aecheck pack {case} --out NEW_FOLDER --against {path}: its sheet shows what changed.",
		RejectedFinal:   "A rejection is final: the same violation cannot be appealed again.",
		RejectedMore:    "This track allows {n} more submission: find out why it was rejected first.|This track allows {n} more submissions: find out why it was rejected first.",
		RejectedRelease: "You can wait for automatic release, between {from} and {to} or so. An estimate, no promise.",
		RejectedRelist:  "Or delete the product and list it again: sales history and reviews are lost. Both can be prepared side by side.",
		Understood:      "What the answer says usually means:", UnderstoodWords: "\"{words}\"",
		NotUnderstood: "No phrase of this answer is known. Look in the appeal records for a more particular reason, or ask online service which paper is meant and what it lacks.",
		LookAt:        "Look at: ", RuleNow: "the check says now", RuleClear: "the check finds nothing now",
		LastFolder: "LAST_FOLDER", AtFuture: "--at {at} is still to come: give the time (in Beijing) when it was submitted or answered",
		ByHand:  "{path} was left alone ({why}). Add this line to appeal.attempts yourself:\n  {line}",
		NoWords: "The platform's words were not given: add them with --text or --text-file to be told what to look at.",

		CaseDates: "Dates of {case}", Window: "Window to appeal", WindowFrom: "counted from {at}", WindowEnds: "closes {at} Beijing time", EndOfDay: "the platform may count whole days, until {at} at the latest; prepare for the earlier one",
		Planned: "Planned submission", PlannedNone: "not given (appeal.planned_at); counted from now below", PlannedOver: "past; counted from now below",
		ReviewTime: "Review", ReviewFrom: "an answer between {from} and {to} or so (3–7 working days, weekends and public holidays left out)",
		KnownUntil: "Public holidays are known up to the end of {year}.", KnownNot: "Public holidays of {years} are not known; only weekends were left out, so it will be later.",
		Release: "Automatic release (without an appeal)", Weight: "Search weight back (after success)", Estimate: "Review, search weight and release are estimates, no promise.",
		TimeLeft:     "{left} left",
		Capture:      "What to capture when submitting fails",
		CaptureItems: "1. the whole error page, not just the message\n2. the address in the address bar\n3. date and time of the computer\n4. at which field and file it failed\n5. violation ID and appeal ID on the page, where there are any",
	}
}
