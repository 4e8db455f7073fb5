package facts

import "time"

// File describes the file itself. Path, Name and Extension come from the
// folder, everything else from the bytes.
type File struct {
	Path                   string   `json:"path" privacy:"path" en:"path below the scanned folder, with /" zh:"在扫描的文件夹之下的路径，用 / 分隔"`
	Name                   string   `json:"name" privacy:"path" en:"file name" zh:"文件名"`
	Extension              string   `json:"extension" en:"extension, lower case, without the dot" zh:"扩展名，小写，不带点"`
	Format                 string   `json:"format" privacy:"public" en:"format by content" zh:"按内容判定的格式" oneof:"formats"`
	Class                  string   `json:"class" privacy:"public" en:"what such a format holds" zh:"这种格式装的是什么" oneof:"classes"`
	FormatMatchesExtension bool     `json:"format_matches_extension" en:"the extension names the format the bytes have" zh:"扩展名与内容的格式一致"`
	Bytes                  int64    `json:"bytes" en:"size" zh:"大小" unit:"bytes"`
	SHA256                 string   `json:"sha256" en:"SHA-256 of the content, hex" zh:"内容的 SHA-256，十六进制"`
	Troubles               []string `json:"troubles" privacy:"public" en:"why the file could not be read or placed: stable codes of pkg/material" zh:"文件读不了或归不了类的原因：pkg/material 的固定代码"`
	TroubleDetail          string   `json:"trouble_detail" en:"the same in the words of the operating system or reader" zh:"同一原因，用操作系统或读取程序的原话"`
	Truncated              bool     `json:"truncated" en:"the file ends before its format says it should" zh:"文件没有到格式规定的结尾就断了"`
}

// Image is what a picture's header says, and whether its pixels decode.
type Image struct {
	Width        int     `json:"width" en:"width of the upright picture" zh:"摆正后图片的宽度" unit:"px"`
	Height       int     `json:"height" en:"height of the upright picture" zh:"摆正后图片的高度" unit:"px"`
	ShortSide    int     `json:"short_side" en:"the shorter side" zh:"较短的边" unit:"px"`
	LongSide     int     `json:"long_side" en:"the longer side" zh:"较长的边" unit:"px"`
	Aspect       float64 `json:"aspect" en:"width / height of the upright picture" zh:"摆正后图片的宽 / 高"`
	Megapixels   float64 `json:"megapixels" en:"width × height / 10⁶" zh:"宽 × 高 / 10⁶" unit:"MP"`
	HasAlpha     bool    `json:"has_alpha" en:"some pixel is not opaque" zh:"有像素不是完全不透明"`
	Animated     bool    `json:"animated" en:"more than one frame" zh:"不止一帧"`
	Orientation  int     `json:"orientation" en:"EXIF orientation 1..8, 1 where none is given" zh:"EXIF 方向 1..8，没有写时为 1"`
	ColorProfile string  `json:"color_profile" en:"name of the embedded ICC profile, empty for none" zh:"内嵌 ICC 色彩配置的名称，没有为空"`
	ColorModel   string  `json:"color_model" privacy:"public" en:"rgb, gray, palette or cmyk" zh:"rgb、gray、palette 或 cmyk"`
	Progressive  bool    `json:"progressive" en:"progressive JPEG" zh:"渐进式 JPEG"`
	Decodable    bool    `json:"decodable" en:"all pixels could be decoded" zh:"所有像素都能解码"`
}

// Exif is the camera metadata, from JPEG, TIFF, PNG, WebP, HEIC/AVIF and RAW.
// Times are as the camera wrote them; without an offset they are read as UTC
// wall-clock time and HasOffset is false.
type Exif struct {
	Present        bool      `json:"present" en:"the file has a readable EXIF block, or the CIFF block of Canon's first cameras" zh:"文件有可读的 EXIF，或佳能早期相机的 CIFF"`
	Make           string    `json:"make" en:"camera maker" zh:"相机厂商"`
	Model          string    `json:"model" en:"camera model" zh:"相机型号"`
	Lens           string    `json:"lens" en:"lens model" zh:"镜头型号"`
	Serial         string    `json:"serial" en:"body serial number" zh:"机身序列号"`
	Owner          string    `json:"owner" en:"CameraOwnerName: the name the owner gave the camera" zh:"CameraOwnerName（相机里登记的机主姓名）"`
	Software       string    `json:"software" en:"firmware or program that wrote the file" zh:"写入该文件的固件或程序"`
	Artist         string    `json:"artist" en:"Artist tag" zh:"Artist 标签"`
	Copyright      string    `json:"copyright" en:"Copyright tag" zh:"Copyright 标签"`
	Description    string    `json:"description" en:"ImageDescription tag" zh:"ImageDescription 标签"`
	UserComment    string    `json:"user_comment" en:"UserComment tag, decoded" zh:"UserComment 标签，已解码"`
	XPText         string    `json:"xp_text" en:"Windows title, subject, comment, keywords and author tags, joined with '; '" zh:"Windows 的标题、主题、备注、关键词和作者标签，用 '; ' 连接"`
	TakenAt        time.Time `json:"taken_at,omitzero" en:"DateTimeOriginal; without an offset in the zone of the GPS data, else Beijing's" zh:"DateTimeOriginal（拍摄时间）；没写时区的按 GPS 数据的时区，没有 GPS 的按北京时间"`
	TakenRaw       string    `json:"taken_raw" en:"DateTimeOriginal as written; shows dates that are none" zh:"DateTimeOriginal 的原文；不成日期的也能看到"`
	HasTakenAt     bool      `json:"has_taken_at" en:"DateTimeOriginal is there and is a date" zh:"有 DateTimeOriginal，而且是个日期"`
	ModifiedAt     time.Time `json:"modified_at,omitzero" en:"DateTime (last change)" zh:"DateTime（最后修改）"`
	DigitizedAt    time.Time `json:"digitized_at,omitzero" en:"DateTimeDigitized" zh:"DateTimeDigitized（数字化时间）"`
	HasDigitizedAt bool      `json:"has_digitized_at" en:"DateTimeDigitized is there and is a date" zh:"有 DateTimeDigitized，而且是个日期"`
	Offset         string    `json:"offset" en:"OffsetTimeOriginal, e.g. +08:00" zh:"OffsetTimeOriginal，如 +08:00"`
	SubSec         string    `json:"sub_sec" en:"SubSecTimeOriginal" zh:"SubSecTimeOriginal（拍摄时间不足一秒的部分）"`
	ExposureTime   string    `json:"exposure_time" en:"exposure time as a fraction" zh:"曝光时间，分数" unit:"s"`
	FNumber        float64   `json:"f_number" en:"aperture" zh:"光圈"`
	ISO            int       `json:"iso" en:"sensitivity" zh:"感光度"`
	FocalLength    float64   `json:"focal_length" en:"focal length" zh:"焦距" unit:"mm"`
	ExifVersion    string    `json:"exif_version" en:"ExifVersion, e.g. 0232" zh:"ExifVersion，如 0232"`
	PixelWidth     int       `json:"pixel_width" en:"PixelXDimension" zh:"PixelXDimension（像素宽度）" unit:"px"`
	PixelHeight    int       `json:"pixel_height" en:"PixelYDimension" zh:"PixelYDimension（像素高度）" unit:"px"`
	Orientation    int       `json:"orientation" en:"orientation tag, 0 where none is given" zh:"方向标签，没有为 0"`
	GPS            bool      `json:"gps" en:"a position is recorded" zh:"记录了拍摄位置"`
	Latitude       float64   `json:"latitude,omitzero" privacy:"private" en:"latitude" zh:"纬度" unit:"°"`
	Longitude      float64   `json:"longitude,omitzero" privacy:"private" en:"longitude" zh:"经度" unit:"°"`
	MakerNote      int       `json:"maker_note" en:"size of the maker's own block, 0 for none" zh:"厂商自有数据块的大小，没有为 0" unit:"bytes"`
	Thumbnail      int       `json:"thumbnail" en:"size of the embedded preview, 0 for none" zh:"内嵌预览图的大小，没有为 0" unit:"bytes"`
	ThumbWidth     int       `json:"thumb_width" en:"width of the embedded preview" zh:"内嵌预览图的宽度" unit:"px"`
	ThumbHeight    int       `json:"thumb_height" en:"height of the embedded preview" zh:"内嵌预览图的高度" unit:"px"`
	Damaged        bool      `json:"damaged" en:"the block was cut short or partly unreadable; what could be read is given" zh:"数据块被截断或部分不可读；能读的照样给出"`
	CoreCount      int       `json:"core_count" en:"how many of Make, Model, DateTimeOriginal are there" zh:"Make、Model、DateTimeOriginal 中有几个" unit:"0..3"`
	StrongCount    int       `json:"strong_count" en:"how many of ExposureTime, FNumber, ISO, FocalLength, ExifVersion, PixelXDimension are there" zh:"ExposureTime、FNumber、ISO、FocalLength、ExifVersion、PixelXDimension 中有几个" unit:"0..6"`
}

// Hash identifies content: byte for byte, and as it looks.
type Hash struct {
	SHA256 string `json:"sha256" en:"SHA-256 of the bytes, hex" zh:"全部字节的 SHA-256，十六进制"`
	DHash  string `json:"dhash" en:"64-bit difference hash, hex" zh:"64 位差异哈希，十六进制"`
	PDQ    string `json:"pdq" en:"256-bit PDQ hash, hex" zh:"256 位 PDQ 哈希，十六进制"`
}

// Preview is a JPEG of at most 320 px on the longer side, for reports.
type Preview struct {
	JPEG   []byte `json:"jpeg" en:"JPEG bytes (base64 in JSON)" zh:"JPEG 数据（JSON 中为 base64）"`
	Width  int    `json:"width" unit:"px" en:"width" zh:"宽度"`
	Height int    `json:"height" unit:"px" en:"height" zh:"高度"`
}
