package facts

import "time"

// Meta is the metadata beside EXIF.
type Meta struct {
	XMP          map[string]string `json:"xmp" en:"XMP properties by prefix:name, with the usual prefixes; list items joined with '; '" zh:"XMP 属性，键为 prefix:name，用常用前缀；列表各项用 '; ' 连接"`
	IPTC         map[string]string `json:"iptc" en:"IPTC-IIM fields by name" zh:"IPTC-IIM 字段，按名称"`
	PNGText      map[string]string `json:"png_text" en:"PNG text chunks by keyword" zh:"PNG 文本块，按关键词"`
	Comments     []string          `json:"comments" en:"JPEG and GIF comments" zh:"JPEG 和 GIF 注释"`
	JFIF         bool              `json:"jfif" en:"JPEG has a JFIF header" zh:"JPEG 有 JFIF 头"`
	APP14        bool              `json:"app14" en:"JPEG has an Adobe APP14 segment" zh:"JPEG 有 Adobe APP14 段"`
	Photoshop    bool              `json:"photoshop" en:"has a Photoshop 8BIM block" zh:"有 Photoshop 8BIM 数据块"`
	QuantTable   string            `json:"quant_table" privacy:"public" en:"JPEG quantization tables: standard, camera or unknown" zh:"JPEG 量化表：standard（标准）、camera（相机）或 unknown（未知）"`
	QuantQuality int               `json:"quant_quality" en:"quality of standard (IJG) tables, 0 where not standard" zh:"标准（IJG）量化表的质量，不是标准表时为 0" unit:"1..100"`
	QuantStep    float64           `json:"quant_step" en:"mean step of the JPEG's first quantization table, the smaller the finer; 0 for other formats" zh:"JPEG 第一张量化表的平均步长，越小压缩越轻；其他格式为 0" unit:"0..65535"`
	OtherDates   []string          `json:"other_dates" en:"dates beside DateTimeOriginal that tell when the picture was made: name and value (DateTimeDigitized, GPS, XMP, IPTC, PNG text)" zh:"DateTimeOriginal 以外、说明图片何时产生的日期：名称和值（DateTimeDigitized、GPS、XMP、IPTC、PNG 文本）"`
	Contacts     []Contact         `json:"contacts" en:"contact details in the file name and in metadata people fill in (derived)" zh:"文件名和人工填写的元数据中的联系方式（推导得出）"`
	XMPHistory   []string          `json:"xmp_history" en:"steps of xmpMM:History" zh:"xmpMM:History 的各个步骤"`
	C2PA         C2PA              `json:"c2pa" en:"Content Credentials" zh:"内容凭证（Content Credentials）"`
}

// C2PA is what a C2PA manifest store in the file says and whether it holds.
type C2PA struct {
	Present     bool      `json:"present" en:"the file has a manifest store" zh:"文件带有清单库（manifest store）"`
	Valid       bool      `json:"valid" en:"signature and hash binding of the active manifest verify" zh:"当前清单的签名和哈希绑定都验证通过"`
	Trusted     bool      `json:"trusted" en:"the signer's certificate leads to a known root" zh:"签名者的证书可追溯到已知的根证书"`
	TrustList   string    `json:"trust_list" privacy:"public" en:"which list vouches for the signer: c2pa, interim (in use before 2026), given (--trust-list), empty for none" zh:"由哪份列表为签名者担保：c2pa、interim（2026 年以前使用）、given（--trust-list 给出），没有为空"`
	TrustLists  string    `json:"trust_lists" privacy:"public" en:"the lists the signer was looked for in, and how old they are" zh:"在哪些列表里查找签名者，以及列表的日期"`
	State       string    `json:"state" privacy:"public" en:"none, trusted, valid_unknown_signer, invalid or unreadable" zh:"none（没有）、trusted（可信）、valid_unknown_signer（有效但签名者未知）、invalid（无效）或 unreadable（读不出来）"`
	Errors      []string  `json:"errors" en:"why it is not valid" zh:"无效的原因"`
	Signer      string    `json:"signer" en:"organisation and name of the signing certificate" zh:"签名证书中的机构和名称"`
	Generator   string    `json:"generator" en:"claim generator" zh:"生成声明的程序（claim generator）"`
	SignedAt    time.Time `json:"signed_at,omitzero" en:"time of the time stamp over the claim; the stamp's own signature is not checked" zh:"声明上时间戳的时间；没有检查时间戳本身的签名"`
	Actions     []string  `json:"actions" en:"actions recorded, in order" zh:"记录的操作，按顺序"`
	Software    []string  `json:"software" en:"programs the actions name" zh:"操作中写到的程序"`
	Ingredients []string  `json:"ingredients" en:"what it was made from: relationship and title" zh:"由什么制作而成：关系和标题"`
	Sources     []string  `json:"sources" en:"digital source types named, short form" zh:"写到的数字来源类型，短名"`
	AI          bool      `json:"ai" en:"an action or assertion names an AI source type" zh:"有操作或断言写到 AI 来源类型"`
	Capture     bool      `json:"capture" en:"an action names a camera capture (digitalCapture or computationalCapture)" zh:"有操作写到相机拍摄（digitalCapture 或 computationalCapture）"`
}

// Origin says where a picture probably comes from.
type Origin struct {
	Camera       Judged `json:"camera" en:"straight from a camera or phone" zh:"相机或手机直出"`
	Screenshot   Judged `json:"screenshot" en:"a screenshot" zh:"是截图"`
	Messenger    Judged `json:"messenger" en:"a copy that went through a messenger" zh:"经聊天软件转发过的副本"`
	Edited       Judged `json:"edited" en:"changed in an editing program" zh:"用编辑软件改过"`
	AI           Judged `json:"ai" en:"made or changed by an AI generator" zh:"由 AI 生成或修改"`
	Generator    string `json:"generator" en:"name of the AI generator, where known" zh:"AI 生成工具的名称，知道时才有"`
	EvidenceKey  string `json:"evidence_key" en:"metadata key that names the AI generator" zh:"写明 AI 生成工具的元数据键"`
	LabelTC260   string `json:"label_tc260" en:"the implicit AI label of GB 45438-2025, raw, empty for none" zh:"GB 45438-2025 的 AI 隐式标识，原文，没有为空"`
	EditorName   string `json:"editor_name" en:"name of the editing program, where known" zh:"编辑软件的名称，知道时才有"`
	TransferTool string `json:"transfer_tool" en:"program that only copies or catalogues, where known" zh:"只拷贝或整理文件的程序，知道时才有"`
}
