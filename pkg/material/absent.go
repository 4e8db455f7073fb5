package material

import (
	"bytes"
	"os"
	"slices"
	"strings"
)

// unfinished are the extensions behind the name of a file that browsers, download
// managers and clouds' programs put while its download is not done: Chrome, Firefox,
// Safari, Opera, Baidu's and Aliyun's drives, Thunder, aria2, BitTorrent programs.
var unfinished = []string{".crdownload", ".part", ".partial", ".download", ".downloading", ".opdownload", ".filepart", ".aria2", ".xltd", ".td", ".!qb", ".!ut", ".bc!"}

// documents are the extensions of what Google Drive puts in place of a document that
// is in the cloud alone.
var documents = []string{"gdoc", "gsheet", "gslides", "gdraw"}

// placeholder is the name of the file in place of which name lies while its bytes are
// not here: ".NAME.icloud" of iCloud, an unfinished download, a document of Google's.
func placeholder(name string) (of string, ok bool) {
	if of, ok = strings.CutSuffix(name, ".icloud"); ok {
		of, dot := strings.CutPrefix(of, ".")
		return of, dot && of != ""
	}
	if _, ext := stemExt(name); slices.Contains(documents, ext) {
		return name, true
	}
	low := strings.ToLower(name)
	for _, end := range unfinished {
		if strings.HasSuffix(low, end) && len(low) > len(end) {
			of := strings.TrimSuffix(name[:len(name)-len(end)], ".baiduyun.p")
			return of, of != ""
		}
	}
	return "", false
}

// What stands in a repository in place of a file: a pointer of Git LFS (git-lfs,
// docs/spec.md; hawser is its first name), at most pointerMost bytes, or the path of
// git-annex (git-annex.branchable.com/internals/pointer_file).
var pointers = [][]byte{
	[]byte("version https://git-lfs.github.com/spec/"), []byte("version https://hawser.github.com/spec/"), []byte("version http://git-media.io/v/"),
	[]byte("/annex/objects/"),
}

const pointerMost = 1 << 10

// isPointer reports whether a file is what Git LFS or git-annex leave of one.
func isPointer(f *os.File, size int64) bool {
	if size > pointerMost {
		return false
	}
	head := make([]byte, size)
	if n, err := f.ReadAt(head, 0); int64(n) < size && err != nil {
		return false
	}
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	if slices.ContainsFunc(pointers, func(start []byte) bool { return bytes.HasPrefix(head, start) }) {
		return true
	}
	// A link into the annex where the system has no links.
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(line, []byte("../")) && bytes.Contains(line, []byte(".git/annex/objects/")) && len(bytes.TrimSpace(rest)) == 0
}

// otherArchive reports whether a name is that of an archive that is not read.
func otherArchive(name string) bool {
	_, ext := stemExt(name)
	return slices.Contains([]string{"rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab"}, ext)
}

// notHere reports whether the bytes of a file are in a cloud and not on this
// machine: reading it would fetch it, or fail where there is no network.
func notHere(root *os.Root, name string) bool {
	info, err := root.Stat(name)
	return err == nil && info.Mode().IsRegular() && cloudOnly(info)
}
