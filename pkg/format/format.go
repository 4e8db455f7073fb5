// Package format says which file formats there are: how each is told by its
// first bytes, which extensions rightly go with it, and what it is good for.
// Every list of formats in the program is asked of here.
//
// It may import pkg/extract/file/tiffdir and pkg/extract/file/window.
package format

import (
	"slices"
	"strings"
)

// Classes lists what formats hold, each once, in the order of the table.
func Classes() []string {
	var out []string
	for _, f := range formats {
		if !slices.Contains(out, string(f.Class)) {
			out = append(out, string(f.Class))
		}
	}
	return out
}

// Names of formats, as in facts.File.Format.
const (
	JPEG    = "jpeg"
	PNG     = "png"
	WebP    = "webp"
	GIF     = "gif"
	BMP     = "bmp"
	TIFF    = "tiff"
	HEIC    = "heic"
	AVIF    = "avif"
	DNG     = "dng"
	CR2     = "cr2"
	CR3     = "cr3"
	NEF     = "nef"
	ARW     = "arw"
	RAF     = "raf"
	ORF     = "orf"
	RW2     = "rw2"
	PSD     = "psd"
	PDF     = "pdf"
	DOCX    = "docx"
	DOC     = "doc"
	XLSX    = "xlsx"
	CSV     = "csv"
	Text    = "text"
	ZIP     = "zip"
	MOV     = "mov"
	Unknown = "unknown"
)

// Class is what a format holds.
type Class string

// The classes, as in facts.File.Class.
const (
	Picture  Class = "picture"  // pixels
	RAW      Class = "raw"      // a sensor's data, which nothing here develops
	Document Class = "document" // pages or text
	Sheet    Class = "sheet"    // rows
	Archive  Class = "archive"
	Video    Class = "video"
	Other    Class = "other"
)

// Format is one file format.
type Format struct {
	Name  string
	Class Class
	// Extensions rightly go with it: lower case, without the dot.
	Extensions []string
	// Camera: cameras and phones write photos in it.
	Camera bool
	// MIME are the media types C2PA claims use for it.
	MIME []string

	// starts tells it by its first bytes; nil for members of a family, which
	// Sniff takes apart.
	starts func(header []byte) bool
}

// formats are those that are told apart, in the order their first bytes are
// looked at.
var formats = []Format{
	{Name: JPEG, Class: Picture, Camera: true, Extensions: []string{"jpg", "jpeg", "jpe", "jfif"}, MIME: []string{"image/jpeg"}, starts: magic("\xFF\xD8\xFF")},
	{Name: PNG, Class: Picture, Extensions: []string{"png"}, MIME: []string{"image/png"}, starts: magic("\x89PNG\r\n\x1a\n")},
	{Name: WebP, Class: Picture, Extensions: []string{"webp"}, MIME: []string{"image/webp"}, starts: isWebP},
	{Name: GIF, Class: Picture, Extensions: []string{"gif"}, MIME: []string{"image/gif"}, starts: magic("GIF87a", "GIF89a")},
	{Name: BMP, Class: Picture, Extensions: []string{"bmp", "dib"}, starts: isBMP},
	{Name: TIFF, Class: Picture, Camera: true, Extensions: []string{"tif", "tiff"}, MIME: []string{"image/tiff"}},
	{Name: HEIC, Class: Picture, Camera: true, Extensions: []string{"heic", "heif", "hif"}, MIME: []string{"image/heic", "image/heif"}},
	{Name: AVIF, Class: Picture, Camera: true, Extensions: []string{"avif"}, MIME: []string{"image/avif"}},
	{Name: DNG, Class: RAW, Camera: true, Extensions: []string{"dng"}},
	{Name: CR2, Class: RAW, Camera: true, Extensions: []string{"cr2"}},
	{Name: CR3, Class: RAW, Camera: true, Extensions: []string{"cr3"}},
	{Name: NEF, Class: RAW, Camera: true, Extensions: []string{"nef", "nrw"}},
	{Name: ARW, Class: RAW, Camera: true, Extensions: []string{"arw", "srf", "sr2"}},
	// RAW formats that nothing is read from.
	{Name: RAF, Class: Other, Camera: true, Extensions: []string{"raf"}, starts: magic("FUJIFILMCCD-RAW")},
	{Name: ORF, Class: Other, Camera: true, Extensions: []string{"orf"}, starts: magic("IIRO", "IIRS", "MMOR")},
	{Name: RW2, Class: Other, Camera: true, Extensions: []string{"rw2"}, starts: magic("IIU\x00")},
	{Name: PSD, Class: Other, Extensions: []string{"psd", "psb"}, starts: magic("8BPS\x00")},
	{Name: PDF, Class: Document, Extensions: []string{"pdf"}},
	{Name: DOCX, Class: Document, Extensions: []string{"docx", "docm"}},
	{Name: DOC, Class: Document, Extensions: []string{"doc", "wps"}},
	{Name: Text, Class: Document, Extensions: []string{"txt", "md", "csv", "tsv", "yaml", "yml", "json", "log", "ini", "xml", "htm", "html", "svg", "rtf", "eml", "mht", "mhtml"}},
	{Name: XLSX, Class: Sheet, Extensions: []string{"xlsx", "xlsm"}},
	{Name: CSV, Class: Sheet, Extensions: []string{"csv", "tsv", "txt"}},
	{Name: ZIP, Class: Archive, Extensions: []string{"zip"}},
	{Name: MOV, Class: Video, Extensions: []string{"mov", "mp4", "m4v"}},
	{Name: Unknown, Class: Other},
}

// All lists the formats that are told apart.
func All() []Format { return slices.Clone(formats) }

// Of returns a format by name; Unknown where there is none of that name.
func Of(name string) Format {
	for _, f := range formats {
		if f.Name == name {
			return f
		}
	}
	return Format{Name: Unknown, Class: Other}
}

// Is reports whether a format is of one of the classes.
func Is(name string, classes ...Class) bool { return slices.Contains(classes, Of(name).Class) }

// HasExtension reports whether files of one of the classes may have an extension, given
// in small letters and without a dot.
func HasExtension(ext string, classes ...Class) bool {
	for i := range formats {
		if slices.Contains(classes, formats[i].Class) && slices.Contains(formats[i].Extensions, ext) {
			return true
		}
	}
	return false
}

// ByMIME returns the name of the format of a media type, "" for none.
func ByMIME(media string) string {
	for _, f := range formats {
		if slices.Contains(f.MIME, media) {
			return f.Name
		}
	}
	return ""
}

// rawByName are extensions of RAW formats that are not told apart by content.
func rawByName() []string { return []string{"pef", "srw", "x3f", "3fr", "iiq"} }

// otherByName are extensions of files that are no pictures and whose content
// is not looked into.
func otherByName() []string {
	return []string{"xls", "ppt", "pptx", "jsonl", "rar", "7z", "gz", "tar", "db", "exe", "msi", "dll",
		"avi", "mkv", "mp3", "wav", "m4a", "url", "lnk", "ics", "go", "py", "js", "sh", "bat", "ps1"}
}

// PhotoName reports whether an extension is one that cameras and phones give
// their photos.
func PhotoName(extension string) bool {
	return slices.Contains(rawByName(), extension) ||
		slices.ContainsFunc(formats, func(f Format) bool { return f.Camera && slices.Contains(f.Extensions, extension) })
}

// NeverPicture reports whether an extension says that a file is no picture. One
// that is not known says nothing. SVG is text to us and a picture to its owner.
func NeverPicture(extension string) bool {
	return extension != "svg" && (slices.Contains(otherByName(), extension) ||
		slices.ContainsFunc(formats, func(f Format) bool {
			return f.Class != Picture && f.Class != RAW && !f.Camera && slices.Contains(f.Extensions, extension)
		}))
}

// Names lists the names of all formats, for documentation.
func Names() string {
	var out []string
	for _, f := range formats {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}
