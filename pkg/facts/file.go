package facts

import "time"

// File describes the file itself. Path, Name and Extension come from the
// folder, everything else from the bytes.
type File struct {
	Path                   string   `json:"path" doc:"path below the scanned folder, with /"`
	Name                   string   `json:"name" doc:"file name"`
	Extension              string   `json:"extension" doc:"extension, lower case, without the dot"`
	Format                 string   `json:"format" doc:"format by content, see pkg/format: jpeg png webp gif bmp tiff heic avif dng cr2 cr3 nef arw pdf docx doc text xlsx csv zip mov unknown"`
	Class                  string   `json:"class" doc:"what such a format holds: picture raw document sheet archive video other"`
	FormatMatchesExtension bool     `json:"format_matches_extension" doc:"the extension names the format the bytes have"`
	Bytes                  int64    `json:"bytes" doc:"size" unit:"bytes"`
	SHA256                 string   `json:"sha256" doc:"SHA-256 of the content, hex"`
	Troubles               []string `json:"troubles" doc:"why the file could not be read or placed: stable codes of pkg/material"`
	TroubleDetail          string   `json:"trouble_detail" doc:"the same in the words of the operating system or reader"`
	Truncated              bool     `json:"truncated" doc:"the file ends before its format says it should"`
}

// Image is what a picture's header says, and whether its pixels decode.
type Image struct {
	Width        int     `json:"width" doc:"width of the upright picture" unit:"px"`
	Height       int     `json:"height" doc:"height of the upright picture" unit:"px"`
	ShortSide    int     `json:"short_side" doc:"the shorter side" unit:"px"`
	LongSide     int     `json:"long_side" doc:"the longer side" unit:"px"`
	Aspect       float64 `json:"aspect" doc:"width / height of the upright picture"`
	Megapixels   float64 `json:"megapixels" doc:"width × height / 10⁶" unit:"MP"`
	HasAlpha     bool    `json:"has_alpha" doc:"some pixel is not opaque"`
	Animated     bool    `json:"animated" doc:"more than one frame"`
	Orientation  int     `json:"orientation" doc:"EXIF orientation 1..8, 1 where none is given"`
	ColorProfile string  `json:"color_profile" doc:"name of the embedded ICC profile, empty for none"`
	ColorModel   string  `json:"color_model" doc:"rgb, gray, palette or cmyk"`
	Progressive  bool    `json:"progressive" doc:"progressive JPEG"`
	Decodable    bool    `json:"decodable" doc:"all pixels could be decoded"`
}

// Exif is the camera metadata, from JPEG, TIFF, PNG, WebP, HEIC/AVIF and RAW.
// Times are as the camera wrote them; without an offset they are read as UTC
// wall-clock time and HasOffset is false.
type Exif struct {
	Present      bool      `json:"present" doc:"the file has a readable EXIF block, or the CIFF block of Canon's first cameras"`
	Make         string    `json:"make" doc:"camera maker"`
	Model        string    `json:"model" doc:"camera model"`
	Lens         string    `json:"lens" doc:"lens model"`
	Serial       string    `json:"serial" doc:"body serial number"`
	Software     string    `json:"software" doc:"firmware or program that wrote the file"`
	Artist       string    `json:"artist" doc:"Artist tag"`
	Copyright    string    `json:"copyright" doc:"Copyright tag"`
	Description  string    `json:"description" doc:"ImageDescription tag"`
	UserComment  string    `json:"user_comment" doc:"UserComment tag, decoded"`
	XPText       string    `json:"xp_text" doc:"Windows title, subject, comment, keywords and author tags, joined with '; '"`
	TakenAt      time.Time `json:"taken_at,omitzero" doc:"DateTimeOriginal"`
	TakenRaw     string    `json:"taken_raw" doc:"DateTimeOriginal as written; shows dates that are none"`
	HasTakenAt   bool      `json:"has_taken_at" doc:"DateTimeOriginal is there and is a date"`
	ModifiedAt   time.Time `json:"modified_at,omitzero" doc:"DateTime (last change)"`
	DigitizedAt  time.Time `json:"digitized_at,omitzero" doc:"DateTimeDigitized"`
	Offset       string    `json:"offset" doc:"OffsetTimeOriginal, e.g. +08:00"`
	SubSec       string    `json:"sub_sec" doc:"SubSecTimeOriginal"`
	ExposureTime string    `json:"exposure_time" doc:"exposure time as a fraction" unit:"s"`
	FNumber      float64   `json:"f_number" doc:"aperture"`
	ISO          int       `json:"iso" doc:"sensitivity"`
	FocalLength  float64   `json:"focal_length" doc:"focal length" unit:"mm"`
	ExifVersion  string    `json:"exif_version" doc:"ExifVersion, e.g. 0232"`
	PixelWidth   int       `json:"pixel_width" doc:"PixelXDimension" unit:"px"`
	PixelHeight  int       `json:"pixel_height" doc:"PixelYDimension" unit:"px"`
	Orientation  int       `json:"orientation" doc:"orientation tag, 0 where none is given"`
	GPS          bool      `json:"gps" doc:"a position is recorded"`
	Latitude     float64   `json:"latitude,omitzero" doc:"latitude" unit:"°"`
	Longitude    float64   `json:"longitude,omitzero" doc:"longitude" unit:"°"`
	MakerNote    int       `json:"maker_note" doc:"size of the maker's own block, 0 for none" unit:"bytes"`
	Thumbnail    int       `json:"thumbnail" doc:"size of the embedded preview, 0 for none" unit:"bytes"`
	ThumbWidth   int       `json:"thumb_width" doc:"width of the embedded preview" unit:"px"`
	ThumbHeight  int       `json:"thumb_height" doc:"height of the embedded preview" unit:"px"`
	Damaged      bool      `json:"damaged" doc:"the block was cut short or partly unreadable; what could be read is given"`
	CoreCount    int       `json:"core_count" doc:"how many of Make, Model, DateTimeOriginal are there" unit:"0..3"`
	StrongCount  int       `json:"strong_count" doc:"how many of ExposureTime, FNumber, ISO, FocalLength, ExifVersion, PixelXDimension are there" unit:"0..6"`
}

// Hash identifies content: byte for byte, and as it looks.
type Hash struct {
	SHA256 string `json:"sha256" doc:"SHA-256 of the bytes, hex"`
	DHash  string `json:"dhash" doc:"64-bit difference hash, hex"`
	PDQ    string `json:"pdq" doc:"256-bit PDQ hash, hex"`
}

// Preview is a JPEG of at most 320 px on the longer side, for reports.
type Preview struct {
	JPEG   []byte `json:"jpeg" doc:"JPEG bytes (base64 in JSON)"`
	Width  int    `json:"width" unit:"px" doc:"width"`
	Height int    `json:"height" unit:"px" doc:"height"`
}
