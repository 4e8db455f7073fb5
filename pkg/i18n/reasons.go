package i18n

// Reasons say in a few words why something could not be read or written, where the
// system's own words would be another language's. Each but Stopped stands behind a path
// and a colon.
type Reasons struct {
	// UnderFile: a folder on the way is a file. Folder: a folder where a file is wanted.
	UnderFile, Folder string
	// Full, ReadOnly and TooLong are about the place to write to.
	Full, ReadOnly, TooLong string
	// TooLarge is more than what is read; {max}.
	TooLarge string
	// Changed and Vanished: the file is not as it was found.
	Changed, Vanished string
	// NotZip, Bomb, Password, Method, Damaged are about zip files and what is in them.
	NotZip, Bomb, Password, Method, Damaged string
	// NotFile: a link or a device.
	NotFile string
	// NoManifest and BadManifest are about packages; {detail}.
	NoManifest, BadManifest string
	// Stopped says that a run was interrupted that leaves nothing behind.
	Stopped string
}

func reasonsZH() Reasons {
	return Reasons{
		UnderFile: "路径中有一段是文件，不是文件夹", Folder: "这是一个文件夹，不是文件",
		Full: "磁盘满了", ReadOnly: "这个磁盘或文件夹只能读", TooLong: "名字太长，请换一个短的",
		TooLarge: "超过 {max} 字节，没有读取",
		Changed:  "正在读的时候被改动了，请重新运行", Vanished: "正在读的时候不见了，请重新运行",
		NotZip: "不是 zip，或已经损坏", Bomb: "解开后大得不正常，没有打开", Password: "有密码", Method: "这种压缩方式读不了", Damaged: "在 zip 里已经损坏",
		NotFile:    "是链接或设备，不是文件",
		NoManifest: "里面没有 manifest.json", BadManifest: "里面的 manifest.json 被改过，或不是 aecheck 写的：{detail}",
		Stopped: "已中断。",
	}
}

func reasonsEN() Reasons {
	return Reasons{
		UnderFile: "a part of the path is a file and no folder", Folder: "it is a folder and no file",
		Full: "the disk is full", ReadOnly: "this disk or folder can only be read", TooLong: "the name is too long, choose a shorter one",
		TooLarge: "more than {max} bytes, not read",
		Changed:  "changed while it was read, run it again", Vanished: "vanished while it was read, run it again",
		NotZip: "no zip file, or damaged", Bomb: "unpacks to an abnormal size and was not opened", Password: "needs a password", Method: "packed in a way that is not read here", Damaged: "damaged inside the zip file",
		NotFile:    "a link or a device, not a file",
		NoManifest: "no manifest.json in it", BadManifest: "its manifest.json was edited, or written by something else: {detail}",
		Stopped: "interrupted.",
	}
}
