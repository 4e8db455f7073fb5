// Package material finds out what lies in a seller's folder: which folders are
// cases, which kind of material each file is, and which files cannot be read
// or placed. It opens files for reading only, never follows a link out of a
// case, and looks at names and sizes, not at contents; [Open] is the one way
// to a file's bytes for everything that comes after.
//
// It may import pkg/archive, pkg/casefile, pkg/config, pkg/facts, pkg/format and
// pkg/pinyin.
package material

import (
	"cmp"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/aecheck/aecheck/pkg/casefile"
)

// Names are what a kind or a slot goes by, from rules.yaml. A name matches after
// Unicode compatibility folding (which includes NFC), case folding and trimming
// of numbering such as "01_" or "3、"; see [Matcher].
type Names struct {
	ID      string
	Aliases []string // names of folders and files
	// Files are what whole file names look like, extension included.
	Files []*regexp.Regexp
}

// Vocabulary is what kinds and slots there are, in the order of rules.yaml.
type Vocabulary struct {
	Kinds []Names
	Slots []Names
}

// Limits bound a walk. Zero fields take the value of [DefaultLimits].
type Limits struct {
	Entries   int   // files and folders seen in one walk
	CaseFiles int   // files of one case
	Cases     int   // cases of one walk
	Depth     int   // folders below the scanned one
	FileBytes int64 // size of one file
}

// DefaultLimits are far above honest use: an agency's day is some hundred
// cases of some fifty files, a raw photo is below 150 MB.
func DefaultLimits() Limits {
	return Limits{Entries: 200_000, CaseFiles: 5_000, Cases: 5_000, Depth: 16, FileBytes: 512 << 20}
}

// OwnHead is how much of a file Options.Own sees.
const OwnHead = 1 << 10

// Options of a walk.
type Options struct {
	Vocabulary Vocabulary
	// Ignore are patterns (path.Match, case-folded) for base names of files
	// and folders to leave out. Ignored names are listed in Case.Ignored.
	// Names with a leading dot are always ignored.
	Ignore []string
	// BesidePhotos are further patterns for plain folders of photos, where papers
	// and texts are no material; files the user names one by one are not left out.
	BesidePhotos []string
	// Sidecars are extensions, lower case and without the dot, of files to leave
	// out where they lie beside a photo of the same name (IMG_1.xmp) or are called
	// after one (IMG_1.JPG.xmp).
	Sidecars []string
	// Own reports, of a file that is there and its first OwnHead bytes, whether it
	// is no material but something this program writes or has written: a report
	// of an earlier run, or the file this run's report goes to. Such files are
	// listed in Case.Ignored; so is a folder or zip file below the scanned one whose
	// manifest.json is this program's: a package made to be handed in, with copies
	// of the materials. May be nil; info is, too, of a file in a zip file.
	Own func(info fs.FileInfo, head []byte) bool
	// As is the kind of files that neither folder nor name places; of single
	// files it is the kind, whatever their names say.
	As string
	// Slot is the slot of replacement pictures that neither case.yaml, folder
	// nor name gives one.
	Slot string
	// PhotoSlot is the slot of product photos of a plain folder that nothing at all
	// places; may be empty.
	PhotoSlot string
	// Photos takes every folder for one of product photos: there are no cases.
	Photos bool
	// Tracks are the tracks of rules.yaml that appeal.track may name; nil
	// leaves it unchecked.
	Tracks []string
	// Files are files that a program listed; what a walk of their folders would
	// leave out is left out.
	Files []string
	// Whole: a file in a case stands for the case, not for itself.
	Whole bool
	// Only narrows down what is asked about; nil for everything.
	Only *Only
	// Excluded reports whether a file or folder is to be left out, and Placed what
	// kind and slot a file was given, "" for none: by settings that are not the
	// case's own. Paths are absolute with links resolved. May be nil.
	Excluded func(path string) bool
	Placed   func(path string) (kind, slot string)
	Limits   Limits
}

// known is what case.yaml may refer to of rules.yaml.
func (o *Options) known() casefile.Known {
	known := casefile.Known{Tracks: o.Tracks}
	for _, s := range o.Vocabulary.Slots {
		known.Slots = append(known.Slots, s.ID)
	}
	for _, k := range o.Vocabulary.Kinds {
		known.Kinds = append(known.Kinds, k.ID)
	}
	return known
}

// Case is one folder to be judged.
type Case struct {
	// Path is the folder below the scanned one, with "/", "." for itself.
	// With several paths scanned it starts with the name of the path.
	Path string
	// Dir is the folder in the operating system's form, for programs that
	// write case.yaml (init, confirm); seller's files are opened with Open.
	Dir string
	// Listing is true for a plain folder of product photos and for single
	// files: no material is missing, nothing about an appeal is judged.
	Listing bool
	// Packed: it lies in a zip file, so nothing can be written beside it.
	Packed bool
	// File is case.yaml as read, nil where there is none. FileName is its
	// name, empty where there is none.
	File     *casefile.File
	FileName string
	// Err is what is wrong with case.yaml; Walk's error joins those of all
	// cases.
	Err error
	// Assets in path order.
	Assets []*Asset
	// Ignored lists the paths left out (.DS_Store, Live Photo videos …) in
	// path order, for one note.
	Ignored []string
	// Problems are files that cannot be read or placed, in path order.
	Problems []Problem
	// Part: only so many (Asked) of its files (Of) are asked about, the others are
	// Beside; nothing is asked about the case as a whole.
	Part      bool
	Asked, Of int

	real string // Dir, absolute and with links resolved
}

// Name is what the folder itself is called, without those above it.
func (c *Case) Name() string { return filepath.Base(c.real) }

// Untouched reports whether nothing of the case is asked about: it was found to
// compare others with.
func (c *Case) Untouched() bool { return c.Part && c.Asked == 0 }

// Place is where a path of the case lies: absolute, links on the way resolved; rel
// has "/" between its parts, "" for the case itself.
func (c *Case) Place(rel string) string { return filepath.Join(c.real, filepath.FromSlash(rel)) }

// ProblemsOf lists what is wrong with one file.
func (c *Case) ProblemsOf(path string) []Problem {
	at, _ := slices.BinarySearchFunc(c.Problems, path, byPath)
	end := at
	for end < len(c.Problems) && c.Problems[end].Path == path {
		end++
	}
	return c.Problems[at:end]
}

// StrayProblems lists what is wrong with files that are no assets.
func (c *Case) StrayProblems() []Problem {
	assets := make(map[string]bool, len(c.Assets))
	for _, a := range c.Assets {
		assets[a.Path] = true
	}
	return slices.DeleteFunc(slices.Clone(c.Problems), func(p Problem) bool { return assets[p.Path] })
}

func byPath(p Problem, path string) int { return cmp.Compare(p.Path, path) }

// Asset is one file of a case.
type Asset struct {
	// Path below the case folder, with "/". Bytes that are not UTF-8 are
	// written as \xNN; RawBase64 then holds the true name.
	Path      string
	RawBase64 string
	Kind      string
	Slot      string // empty where unknown
	// Placed says what placed it: folder, case_file, name, option, listing, settings,
	// or nothing (Kind is Unsorted). SlotBy says the same of the slot.
	Placed Placement
	SlotBy Placement
	// Size in bytes when the folder was walked, and what the file system said of the
	// file then (of the zip file that it lies in).
	Size  int64
	Stamp Stamp
	// Beside: it is not asked about, see [Only].
	Beside bool
	// Unread is the code of the problem that keeps its bytes from being
	// read; empty where Open may be called.
	Unread Code

	at location
}

// Placement says how the kind of an asset was found.
type Placement string

// The ways a file is placed, strongest first.
const (
	BySettings Placement = "settings"
	ByFolder   Placement = "folder"
	ByCaseFile Placement = "case_file"
	ByName     Placement = "name"
	ByOption   Placement = "option"
	ByListing  Placement = "listing"
	ByNothing  Placement = "nothing"
)

// Code names a sort of problem; codes are stable.
type Code string

// Codes of problem.
const (
	LinkOutside  Code = "link_outside"   // a link leaves the case folder; not followed
	LinkBroken   Code = "link_broken"    // a link leads nowhere or in a circle
	LinkFolder   Code = "link_folder"    // a link to a folder; its files are read where they lie
	NotRegular   Code = "not_regular"    // FIFO, socket, device
	Encrypted    Code = "encrypted"      // a file in a zip file that needs a password
	BadArchive   Code = "bad_archive"    // a zip file that cannot be listed; judged as the file it is
	NameTwice    Code = "name_twice"     // a zip file with two files of one name; the first was read
	OtherArchive Code = "other_archive"  // rar, 7z and the like, which are not read
	NotHere      Code = "not_downloaded" // its bytes are in a cloud (iCloud, OneDrive), not on this machine
	LFSPointer   Code = "lfs_pointer"    // what Git LFS leaves in place of a file that was not pulled
	Unreadable   Code = "unreadable"     // permission or I/O error
	Vanished     Code = "vanished"       // it was there when the folder was walked, and not when it was to be read
	Changed      Code = "changed"        // its size is another than when the folder was walked
	Empty        Code = "empty"          // zero bytes
	TooLarge     Code = "too_large"      // over Limits.FileBytes
	TooMany      Code = "too_many"       // over Limits.Entries, CaseFiles or Cases; the rest was not looked at
	TooDeep      Code = "too_deep"       // over Limits.Depth; not looked at
	NameEncoding Code = "name_encoding"  // the name is not UTF-8, or was garbled when unpacked; the file is read
	Unplaced     Code = "unplaced"       // no kind could be told
	OutsideCase  Code = "outside_case"   // lies beside cases, in none of them
	EmptyFolder  Code = "empty_folder"   // a folder beside cases in which there is nothing
	TwoCaseFiles Code = "two_case_files" // a second case.yaml beside the one that was read
)

// Unjudged reports whether such a problem outside of all assets means that
// something was found and not judged.
func (c Code) Unjudged() bool {
	switch c {
	case NameEncoding, Unplaced, TwoCaseFiles, BadArchive: // told; what they are about is judged
		return false
	}
	return true
}

// Problem is something about one file or folder that a person should know.
type Problem struct {
	Path      string // as Asset.Path, or below the scanned folder outside a case
	RawBase64 string
	Code      Code
	// Detail is what was seen: the system's message, a size, the readable
	// guess of a garbled name. Language-neutral.
	Detail string
}
