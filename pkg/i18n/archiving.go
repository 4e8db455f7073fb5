package i18n

// Archiving are the texts about the archive of originals.
type Archiving struct {
	CmdArchive, CmdAdd, CmdFind, CmdVerify, CmdExport, CmdStamp       string
	LongArchive, LongAdd, LongFind, LongVerify, LongExport, LongStamp string
	FlagIndex, FlagJobs, FlagMost, FlagNow                            string
	FlagDeep, FlagOut, FlagCase, FlagIn, FlagAuthority                string

	NoHome  string // no place for the index
	NoIndex string // there is none yet
	Busy    string
	NotOne  string // a file is no index
	Damaged string

	Added      string // {n} new ones
	Again      string // {n}
	Unchanged  string // {n}
	Total      string // {n} {index}
	Others     string
	Plain      string
	Unseen     string
	NotRead    string
	NotAPhoto  string
	NothingNew string

	NoOriginal  string
	SameFile    string
	Rank        string // {n} {path} {sure}
	MaybeRank   string
	Taken       string
	NotTaken    string
	NoExif      string
	Camera      string
	Archived    string
	Here        string
	Offline     string
	OfflineDisk string
	Gone        string
	OtherThere  string
	HowExport   string
	CannotLook  string
	HowMirrored string
	HowTurned   string

	// Verify.
	States       map[string]string // by originals.State
	VerifyLine   string            // {state} {path} {to}
	VerifyTo     string
	VerifyAll    string // {n}
	VerifyCounts string // {ok} {moved} {changed} {missing} {offline} {unreadable}
	HowMoved     string
	HowLost      string
	HowOffline   string
	HowDeep      string
	Stamped      string // {n} {time} {authority}
	BadStamp     string // {n} {why}
	NeverStamped string

	// Export.
	NeedTarget   string
	Unknown      string // {name}
	Ambiguous    string
	NotHere      string // {path}
	NotHereDisk  string // {label}
	NoLonger     string
	OutHas       string // {path}
	CaseHas      string
	NoCaseFolder string
	Copied       string // {path}
	PaperThere   string
	NextExport   string // {case}
	NoStampYet   string
	Wrote        string

	// Stamp.
	Asking      string // {address}
	StampedNow  string // {n} {time} {authority}
	StampedThat string // {n} {time}
	NothingYet  string
	BadAddress  string // {address}
	NoAnswer    string // {address} {why}
	NoToken     string
	BadToken    string

	// Offered by scan.
	OfferMissing string // {case}
	Offer        string // {picture} {path} {sure}
	OfferMore    string // {id} {case}

	Paper ArchivePaper
}

// ArchivePaper are the words of the paper about one original.
type ArchivePaper struct {
	Name, Title, Intro, PageOf                                                 string
	File, Sum, Size, Taken, NotTaken, Camera, Serial, Added, Stamp, By, Digest string
	SizeOf, AddedOf, StampOf, ByOf                                             string
	Proves, NoStamp, Check, CheckStamp                                         string
}

func archivingZH() Archiving {
	return Archiving{
		CmdArchive:  "原图档案：登记原图，找出违规图对应的原图",
		CmdAdd:      "把文件夹里的原图登记进档案",
		CmdFind:     "找出一张图是由哪张原图裁剪、缩小或加水印而来的",
		LongArchive: "申诉最常见的驳回原因是拿不出带拍摄信息（EXIF）的原图。把存放原图的文件夹登记一次，以后哪张图被判违规，都能马上查到它的原图是哪个文件、放在哪块硬盘上，硬盘没接上也能查。档案只记录信息，不会移动、改动或上传您的照片。",
		LongAdd:     "照片只读取，不改动。登记过、大小和修改时间都没变的不再重读，所以可以随时中断，下次接着登记；照片有增减时再运行一次即可。",
		LongFind:    "裁剪、缩小、重新压缩、加了文字或水印、左右翻转、旋转过的图都能找到原图。查找只看档案，不需要接上存放原图的硬盘。同一款的其他颜色、同一场景的连拍也可能排在前面，提交前请打开对照。",
		FlagIndex:   "档案文件；默认放在您的用户数据文件夹里",
		FlagJobs:    "同时读取几张照片",
		FlagMost:    "每张图最多列出几张可能的原图",
		FlagNow:     "按此时间记为登记时间（RFC 3339）",

		NoHome:  "不知道档案放在哪里：请用 --index 文件 指定",
		NoIndex: "还没有原图档案（{path}）。先登记存放原图的文件夹：aecheck archive add 文件夹",
		Busy:    "另一个 aecheck 正在登记这个档案（{path}），等它结束后再运行一次。",
		NotOne:  "{path} 不是原图档案，请检查 --index",
		Damaged: "档案文件 {path} 已损坏（第 {offset} 字节处，之前的 {n} 条完好）。请用备份替换它；没有备份就把它移走，重新运行 aecheck archive add。",

		Added:      "新登记 {n} 张",
		Again:      "{n} 张内容已在档案里，记下了新位置",
		Unchanged:  "{n} 张没有变化",
		Total:      "档案里现有 {n} 张原图：{index}",
		Others:     "有 {n} 个文件不是照片，没有登记",
		Plain:      "新登记的照片里有 {n} 张没有拍摄信息（EXIF），用来举证的作用不大。可能是微信传过来的或截图，请找相机、手机里的原文件。",
		Unseen:     "新登记的照片里有 {n} 张看不到完整画面（RAW 格式或文件损坏）：可以核对、导出，但不能用改过的图找到它。",
		NotRead:    "{path} 读不了，没有登记：{why}",
		NotAPhoto:  "内容不是照片",
		NothingNew: "这些文件夹里没有照片。",

		NoOriginal:  "档案里没有找到它的原图。",
		SameFile:    "{n}. {path}  就是这个文件",
		Rank:        "{n}. {path}  把握 {sure}%",
		MaybeRank:   "{n}. {path}  可能是，把握 {sure}%，请打开对照",
		Taken:       "拍摄于 {time}",
		NotTaken:    "没有拍摄时间",
		NoExif:      "没有拍摄信息（EXIF），不能当原图提交",
		Camera:      "相机 {camera}",
		Archived:    "{date} 登记",
		Here:        "文件现在可以打开",
		Offline:     "文件夹现在打不开：接上存放它的硬盘",
		OfflineDisk: "硬盘没有接上：请接上“{label}”",
		Gone:        "文件不在原来的位置了：运行 aecheck archive verify 查找",
		OtherThere:  "原来的位置上现在是另一个文件",
		HowExport:   "放进申诉材料：aecheck archive export {id} --case 案件文件夹",
		CannotLook:  "{path} 的画面读不出来，只按文件内容核对了",
		HowMirrored: "左右翻转过",
		HowTurned:   "旋转过",

		CmdVerify:     "核对档案里的原图还在不在、有没有变",
		CmdExport:     "取出一张原图和它的存档说明，用于申诉",
		CmdStamp:      "请时间戳机构给档案签上时间（需要联网）",
		LongVerify:    "逐张核对：文件还在原处、被移走、被改过、不见了，还是硬盘没接上；同时核对时间戳。默认只比较大小和修改时间，加 --deep 会重读每个文件、比较内容。",
		LongExport:    "指定原图可以用编号（archive find 给出的那串字符）、登记时的路径，或内容相同的文件。--case 把照片放进案件的原图文件夹、把存档说明（PDF）放进证据文件夹；--out 另建一个文件夹，里面还有可供他人验证的时间戳和数据。",
		LongStamp:     "只有这一条命令会联网，而且只在您运行它时联网。它只发送档案摘要（32 个字节），不发送照片、文件名或任何信息；时间戳机构签名后的回执保存在档案里，以后核对不再联网。有了它，就能证明这些原图在那个时间之前已经存在。登记新照片后可以再运行一次。",
		FlagDeep:      "重读每个文件，比较内容",
		FlagOut:       "把照片、存档说明、时间戳放进这个新文件夹",
		FlagCase:      "把照片和存档说明放进这个案件文件夹",
		FlagIn:        "存档说明用哪种语言：{languages}；默认与界面相同",
		FlagAuthority: "时间戳机构的网址（RFC 3161）",

		States:       map[string]string{"ok": "在原处", "moved": "已移动", "changed": "被改过", "missing": "不见了", "offline": "硬盘未接", "unreadable": "读不了"},
		VerifyLine:   "{state}  {path}",
		VerifyTo:     "现在在：{path}",
		VerifyAll:    "档案里的 {n} 张原图都在原处，没有变化。",
		VerifyCounts: "在原处 {ok} · 已移动 {moved} · 被改过 {changed} · 不见了 {missing} · 硬盘未接 {offline} · 读不了 {unreadable}",
		HowMoved:     "移动过的：对新的文件夹再运行一次 aecheck archive add，档案就会记住新位置。",
		HowLost:      "被改过或不见了的：从备份里找回原文件（内容必须完全一样），放回原处；修过的图不能当原图。",
		HowOffline:   "硬盘未接的没有核对：接上硬盘再运行一次。",
		HowDeep:      "只比较了大小和修改时间；要比较内容，请加 --deep。",
		Stamped:      "时间戳：前 {n} 张，北京时间 {time}，由 {authority} 签发，签名有效",
		BadStamp:     "时间戳无效（前 {n} 张）：{why}",
		NeverStamped: "还没有时间戳。需要证明原图早就存在时，可以运行 aecheck archive stamp（联网）。",

		NeedTarget:   "请用 --case 案件文件夹 或 --out 新文件夹 说明放到哪里",
		Unknown:      "档案里没有「{name}」。请用 archive find 查到的编号、登记时的路径，或先登记它所在的文件夹。",
		Ambiguous:    "「{name}」对应不止一张原图，请把编号多写几位。",
		NotHere:      "原图现在打不开：{path}。请接上存放它的硬盘，或把文件找回来（aecheck archive verify），然后再运行。",
		NotHereDisk:  "原图在“{label}”上：{path}。请接上这块硬盘再运行。",
		NoLonger:     "{path} 的内容已经和登记时不一样，不能当作原图取出。请找回原文件。",
		OutHas:       "{path} 已经存在且不是空文件夹，请换一个",
		CaseHas:      "{path} 已经存在，但是另一个文件，没有覆盖。请先给它改名。",
		NoCaseFolder: "{path} 不是文件夹",
		Copied:       "已复制：{path}",
		PaperThere:   "已经有了，没有重写：{path}",
		NextExport:   "下一步：aecheck scan {case}",
		NoStampYet:   "这张原图还没有时间戳，存档说明里只有本机记录的登记时间。运行 aecheck archive stamp 之后再取出，说服力更强。",
		Wrote:        "已写入：{path}",

		Asking:      "正在请 {address} 签时间，只发送 32 个字节的摘要……",
		StampedNow:  "已签时间戳：{n} 张原图，北京时间 {time}，由 {authority} 签发。已存入档案。",
		StampedThat: "{n} 张原图在北京时间 {time} 已经签过，之后没有新增，不用再签。",
		NothingYet:  "档案是空的，先登记原图：aecheck archive add 文件夹",
		BadAddress:  "--authority 应是 http:// 或 https:// 开头的网址：{address}",
		NoAnswer:    "连不上时间戳机构 {address}：{why}。检查网络后再试，或用 --authority 换一家。",
		NoToken:     "时间戳机构 {address} 没有给出时间戳：{why}",
		BadToken:    "{address} 给的时间戳无效，没有保存：{why}",

		OfferMissing: "{case} 缺少可用的原图，原图档案里找到了：",
		Offer:        "{picture} ← {path}（把握 {sure}%）",
		OfferMore:    "放进案件：aecheck archive export {id} --case {case}",

		Paper: ArchivePaper{
			Name: "原图存档说明", Title: "原图存档说明", PageOf: "第 {page} 页，共 {pages} 页",
			Intro: "本页说明一张原始照片的文件指纹、拍摄信息和存档时间，由 aecheck 根据原图档案生成。",
			File:  "文件名", Sum: "文件指纹（SHA-256）", Size: "大小", Taken: "拍摄时间（相机记录）", NotTaken: "未记录", Camera: "相机", Serial: "机身编号",
			Added: "登记时间", Stamp: "时间戳", By: "签发机构", Digest: "档案摘要（SHA-256）",
			SizeOf: "{bytes} 字节，{width}×{height} 像素", AddedOf: "{time}（北京时间，按登记时的电脑时钟）", StampOf: "{time}（北京时间）", ByOf: "{authority}（证书颁发者：{issuer}）",
			Proves:     "时间戳机构在上述时间对档案摘要签名，摘要由档案里前 {entries} 张照片的文件指纹按 RFC 6962 计算而成，这张照片是其中第 {number} 张。因此，与上述指纹一致的文件在该时间之前已经存在。",
			NoStamp:    "这张照片还没有第三方时间戳，登记时间只是电脑上的记录。",
			Check:      "核对方法：计算所附照片文件的 SHA-256，应与上面的文件指纹一致；用任何 EXIF 工具打开照片，应看到上面的拍摄信息。",
			CheckStamp: "时间戳的签名已由 aecheck 离线核对。完整的时间戳（RFC 3161）和计算路径可以用 aecheck archive export --out 导出，交给任何支持 RFC 3161 的工具验证。",
		},
	}
}

func archivingEN() Archiving {
	return Archiving{
		CmdArchive:  "archive of originals: take photos in, find the one a penalised picture was made from",
		CmdAdd:      "take the originals in folders into the archive",
		CmdFind:     "find the original a picture was cropped, scaled or marked from",
		LongArchive: "Most appeals fail for want of the original with its camera data (EXIF). Take the folders your originals lie in into the archive once; whichever picture is penalised later, you see at once which file it was made from and on which disk that lies, also while the disk is not connected. The archive only takes notes: it never moves, changes or uploads your photos.",
		LongAdd:     "Photos are only read. Those taken in before whose size and time of change are the same are not read again, so it can be stopped at any time and goes on from there; run it again when photos have come or gone.",
		LongFind:    "Pictures that were cropped, scaled, saved again, marked with text or a watermark, mirrored or turned lead to their originals. Only the archive is looked at; the disk the originals lie on need not be connected. Other colours of the product and other shots of the scene may come up too: compare before you hand one in.",
		FlagIndex:   "the archive's file; by default in your user data folder",
		FlagJobs:    "how many photos are read at the same time",
		FlagMost:    "how many possible originals are listed for each picture",
		FlagNow:     "take this as the time of taking in (RFC 3339)",

		NoHome:  "there is no place for the archive: name one with --index FILE",
		NoIndex: "there is no archive of originals yet ({path}). Take the folders of your originals in first: aecheck archive add FOLDER",
		Busy:    "another aecheck is adding to this archive ({path}); run this again when it is done.",
		NotOne:  "{path} is no archive of originals; check --index",
		Damaged: "the archive's file {path} is damaged (at byte {offset}; the {n} entries before are sound). Put a backup in its place; without one, move it away and run aecheck archive add again.",

		Added:      "{n} new",
		Again:      "{n} known by their content, whose new place was noted",
		Unchanged:  "{n} unchanged",
		Total:      "Originals in the archive now: {n} ({index})",
		Others:     "files left out because they are no photos: {n}",
		Plain:      "new photos without camera data (EXIF): {n}. They prove little and may be screenshots or copies from a messenger: look for the files on the camera or phone.",
		Unseen:     "new photos that cannot be looked at (RAW, or damaged): {n}. They can be verified and exported, but no changed copy leads to them.",
		NotRead:    "{path} could not be read and was left out: {why}",
		NotAPhoto:  "its content is not that of a photo",
		NothingNew: "There are no photos in these folders.",

		NoOriginal:  "no original of it was found in the archive.",
		SameFile:    "{n}. {path}  is this very file",
		Rank:        "{n}. {path}  {sure}% sure",
		MaybeRank:   "{n}. {path}  perhaps, {sure}% sure: open both and compare",
		Taken:       "taken {time}",
		NotTaken:    "no time of taking",
		NoExif:      "no camera data (EXIF): it will not do as an original",
		Camera:      "camera {camera}",
		Archived:    "taken in {date}",
		Here:        "the file is there",
		Offline:     "its folder cannot be reached now: connect the disk it lies on",
		OfflineDisk: "the disk is not connected: connect \"{label}\"",
		Gone:        "the file is not where it was: aecheck archive verify looks for it",
		OtherThere:  "another file lies in its place now",
		HowExport:   "put it into an appeal: aecheck archive export {id} --case CASE-FOLDER",
		CannotLook:  "{path} could not be looked at; only its content was compared",
		HowMirrored: "mirrored",
		HowTurned:   "turned",

		CmdVerify:     "look whether the originals are where they were, and what they were",
		CmdExport:     "take out one original with a paper about it, for an appeal",
		CmdStamp:      "have a time-stamping authority date the archive (uses the network)",
		LongVerify:    "Tells of each original whether it is where it was, was moved, changed or is missing, or lies on a disk that is not connected; timestamps are checked too. Sizes and times of change are compared; with --deep every file is read again and its content compared.",
		LongExport:    "Name an original by its ID (archive find tells it), by the path it was taken in from, or by a file with the same content. --case puts the photo into the case's folder of originals and a paper about it (PDF) into that of evidence; --out makes a folder that also holds the timestamp and the data to check it with.",
		LongStamp:     "The one command that uses the network, and only when you run it. It sends the archive's digest (32 bytes), no photo, no name, nothing else; what the authority signs is kept in the archive and checked without the network from then on. It proves that the originals existed before that time. Run it again after taking new photos in.",
		FlagDeep:      "read every file again and compare its content",
		FlagOut:       "put the photo, the paper about it and the timestamp into this new folder",
		FlagCase:      "put the photo and the paper about it into this case folder",
		FlagIn:        "language of the paper: {languages}; by default yours",
		FlagAuthority: "address of the time-stamping authority (RFC 3161)",

		States:       map[string]string{"ok": "in place", "moved": "moved", "changed": "changed", "missing": "missing", "offline": "disk not connected", "unreadable": "unreadable"},
		VerifyLine:   "{state}  {path}",
		VerifyTo:     "now at {path}",
		VerifyAll:    "all {n} originals of the archive are in place and unchanged.",
		VerifyCounts: "in place {ok} · moved {moved} · changed {changed} · missing {missing} · disk not connected {offline} · unreadable {unreadable}",
		HowMoved:     "Moved ones: run aecheck archive add on the new folder, and the archive knows where they are.",
		HowLost:      "Changed or missing ones: get the original back from a backup (its content must be the same); an edited picture is no original.",
		HowOffline:   "Those on disks that are not connected were not checked: connect the disk and run this again.",
		HowDeep:      "Only sizes and times of change were compared; --deep compares the content.",
		Stamped:      "timestamp: the first {n}, {time} Beijing time, signed by {authority}, valid",
		BadStamp:     "invalid timestamp (the first {n}): {why}",
		NeverStamped: "There is no timestamp yet. To prove that the originals existed early, run aecheck archive stamp (uses the network).",

		NeedTarget:   "say where to: --case CASE-FOLDER or --out NEW-FOLDER",
		Unknown:      "the archive has no {name}. Use the ID that archive find tells, the path it was taken in from, or take its folder in first.",
		Ambiguous:    "{name} is the beginning of more than one ID; give more digits.",
		NotHere:      "the original cannot be opened now: {path}. Connect the disk it lies on, or get the file back (aecheck archive verify), and run this again.",
		NotHereDisk:  "the original lies on \"{label}\": {path}. Connect that disk and run this again.",
		NoLonger:     "the content of {path} is no longer what was taken in; it cannot be handed out as the original. Get the original file back.",
		OutHas:       "{path} exists and is not an empty folder; name another",
		CaseHas:      "{path} exists and is another file; it was not replaced. Rename it first.",
		NoCaseFolder: "{path} is not a folder",
		Copied:       "copied: {path}",
		PaperThere:   "there already, left alone: {path}",
		NextExport:   "next: aecheck scan {case}",
		NoStampYet:   "this original has no timestamp yet; the paper tells only when this computer took it in. It is worth more after aecheck archive stamp.",
		Wrote:        "written: {path}",

		Asking:      "asking {address} for a timestamp; 32 bytes are sent …",
		StampedNow:  "dated: {n} originals, {time} Beijing time, by {authority}. The timestamp is kept in the archive.",
		StampedThat: "dated {time} Beijing time already: {n} originals, and none came since; there is nothing to do.",
		NothingYet:  "the archive is empty; take originals in first: aecheck archive add FOLDER",
		BadAddress:  "--authority is an address that begins with http:// or https://: {address}",
		NoAnswer:    "the time-stamping authority {address} could not be reached: {why}. Check the network and try again, or name another with --authority.",
		NoToken:     "the time-stamping authority {address} gave no timestamp: {why}",
		BadToken:    "the timestamp that {address} gave is not valid and was not kept: {why}",

		OfferMissing: "{case} lacks originals that can be used, and the archive of originals has them:",
		Offer:        "{picture} ← {path} ({sure}% sure)",
		OfferMore:    "put it into the case: aecheck archive export {id} --case {case}",

		Paper: ArchivePaper{
			Name: "original-record", Title: "Record of an original photograph", PageOf: "Page {page} of {pages}",
			Intro: "This page tells the fingerprint of an original photograph, what its camera recorded and when it was archived. It was made by aecheck from an archive of originals.",
			File:  "File name", Sum: "Fingerprint (SHA-256)", Size: "Size", Taken: "Taken (by the camera)", NotTaken: "not recorded", Camera: "Camera", Serial: "Serial number",
			Added: "Archived", Stamp: "Timestamp", By: "Signed by", Digest: "Digest of the archive (SHA-256)",
			SizeOf: "{bytes} bytes, {width}×{height} pixels", AddedOf: "{time} (Beijing time, by the computer's clock)", StampOf: "{time} (Beijing time)", ByOf: "{authority} (certified by {issuer})",
			Proves:     "At that time the authority signed the digest of the archive, which is made of the fingerprints of its first {entries} photographs as RFC 6962 describes; this is number {number} of them. A file with the fingerprint above therefore existed before that time.",
			NoStamp:    "No third party has dated this photograph yet; when it was archived is what the computer recorded.",
			Check:      "To check: the SHA-256 of the photograph that comes with this page must be the fingerprint above, and any EXIF reader must show what the camera recorded.",
			CheckStamp: "aecheck checked the signature without the network. The whole timestamp (RFC 3161) and the path to the digest are exported by aecheck archive export --out, for any tool that reads RFC 3161.",
		},
	}
}
