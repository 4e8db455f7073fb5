// Package draft is a paper to be printed and signed: a title, rows of labels and
// values, paragraphs, and the place for hand and seal. How it becomes a file is the
// matter of the rooms below it.
//
// It imports nothing of ours.
package draft

// Paper is a paper to be printed. What is to be filled in by hand is written as
// underscores in its texts.
type Paper struct {
	// Lang is the tag of the language it is written in: "zh" indents paragraphs by two
	// characters and takes quotation marks for Chinese ones.
	Lang  string
	Title string
	// Blocks follow one another from top to bottom.
	Blocks []Block
	// PageOf numbers the pages where there are several: {page}, {pages}.
	PageOf string
}

// Block is a part of a paper: the first of its fields that is set.
type Block struct {
	// Line is a paragraph that is not indented, Para one that is.
	Line, Para string
	// Rows are a table of two columns.
	Rows []Row
	// Sign are the lines of the place for hand and seal; they stay on one page, with
	// room between them.
	Sign []string
}

// Row is a label with its value.
type Row struct{ Label, Value string }
