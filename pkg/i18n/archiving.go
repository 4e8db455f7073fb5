package i18n

// Archiving are the texts about the archive of originals.
type Archiving struct {
	CmdArchive, CmdAdd, CmdFind, LongArchive, LongAdd, LongFind string
	FlagIndex, FlagJobs, FlagMost, FlagNow                      string

	NoHome  string // no place for the index
	NoIndex string // there is none yet
	Busy    string
	NotOne  string // a file is no index
	Damaged string

	Added      string // {new} {again} {changed} {unchanged}
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
}

func archivingZH() Archiving {
	return Archiving{
		CmdArchive:  "原图档案：登记原图，找出违规图对应的原图",
		CmdAdd:      "把文件夹里的原图登记进档案",
		CmdFind:     "找出一张图是由哪张原图裁剪、缩小或加水印而来的",
		LongArchive: "申诉最常见的驳回原因是拿不出带拍摄信息（EXIF）的原图。把存放原图的文件夹登记一次，以后哪张图被判违规，都能马上查到它的原图是哪个文件、放在哪块硬盘上，硬盘没接上也能查。档案只记录信息，不会移动、改动或上传您的照片。",
		LongAdd:     "照片只读取，不改动。登记过、大小和修改时间都没变的不再重读，所以可以随时中断，下次接着登记；照片有增减时再运行一次即可。",
		LongFind:    "裁剪、缩小、重新压缩、加了文字或水印、左右翻转、旋转过的图都能找到原图。查找只看档案，不需要接上存放原图的硬盘。",
		FlagIndex:   "档案文件；默认放在您的用户数据文件夹里",
		FlagJobs:    "同时读取几张照片",
		FlagMost:    "每张图最多列出几张可能的原图",
		FlagNow:     "按此时间记为登记时间（RFC 3339）",

		NoHome:  "不知道档案放在哪里：请用 --index 文件 指定",
		NoIndex: "还没有原图档案（{path}）。先登记存放原图的文件夹：aecheck archive add 文件夹",
		Busy:    "另一个 aecheck 正在登记这个档案（{path}），等它结束后再运行一次。",
		NotOne:  "{path} 不是原图档案，请检查 --index",
		Damaged: "档案文件 {path} 已损坏（第 {offset} 字节处，之前的 {n} 条完好）。请用备份替换它；没有备份就把它移走，重新运行 aecheck archive add。",

		Added:      "新登记 {new} 张，另有 {again} 张内容已在档案中、记下了新位置，{unchanged} 张没有变化。",
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
	}
}

func archivingEN() Archiving {
	return Archiving{
		CmdArchive:  "archive of originals: take photos in, find the one a penalised picture was made from",
		CmdAdd:      "take the originals in folders into the archive",
		CmdFind:     "find the original a picture was cropped, scaled or marked from",
		LongArchive: "Most appeals fail for want of the original with its camera data (EXIF). Take the folders your originals lie in into the archive once; whichever picture is penalised later, you see at once which file it was made from and on which disk that lies, also while the disk is not connected. The archive only takes notes: it never moves, changes or uploads your photos.",
		LongAdd:     "Photos are only read. Those taken in before whose size and time of change are the same are not read again, so it can be stopped at any time and goes on from there; run it again when photos have come or gone.",
		LongFind:    "Pictures that were cropped, scaled, saved again, marked with text or a watermark, mirrored or turned lead to their originals. Only the archive is looked at; the disk the originals lie on need not be connected.",
		FlagIndex:   "the archive's file; by default in your user data folder",
		FlagJobs:    "how many photos are read at the same time",
		FlagMost:    "how many possible originals are listed for each picture",
		FlagNow:     "take this as the time of taking in (RFC 3339)",

		NoHome:  "there is no place for the archive: name one with --index FILE",
		NoIndex: "there is no archive of originals yet ({path}). Take the folders of your originals in first: aecheck archive add FOLDER",
		Busy:    "another aecheck is adding to this archive ({path}); run this again when it is done.",
		NotOne:  "{path} is no archive of originals; check --index",
		Damaged: "the archive's file {path} is damaged (at byte {offset}; the {n} entries before are sound). Put a backup in its place; without one, move it away and run aecheck archive add again.",

		Added:      "{new} new, {again} already known by content whose new place was noted, {unchanged} unchanged.",
		Total:      "Originals in the archive now: {n} ({index})",
		Others:     "{n} files are no photos and were left out",
		Plain:      "{n} of the new photos have no camera data (EXIF) and prove little. They may be screenshots or copies from a messenger: look for the files on the camera or phone.",
		Unseen:     "{n} of the new photos cannot be looked at (RAW, or damaged): they can be verified and exported, but no changed copy leads to them.",
		NotRead:    "{path} could not be read and was left out: {why}",
		NotAPhoto:  "its content is not that of a photo",
		NothingNew: "There are no photos in these folders.",

		NoOriginal:  "no original of it was found in the archive.",
		SameFile:    "{n}. {path}  is this very file",
		Rank:        "{n}. {path}  {sure}% sure",
		MaybeRank:   "{n}. {path}  perhaps, {sure}% sure: open both and compare",
		Taken:       "taken {time}",
		NotTaken:    "no time of taking",
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
	}
}
