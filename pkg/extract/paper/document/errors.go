package document

import (
	"context"
	"errors"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/extract/paper/docx"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/lang"
)

// errTooLong: a text file of more than maxTextFile.
var errTooLong = errors.New("a text of more than 4 MB, which was not read")

// readError is a paper that cannot be read, in words of both languages.
type readError struct{ error }

func (e readError) Unwrap() error { return e.error }

// Text says the error.
func (e readError) Text() lang.Text {
	for _, known := range []struct {
		err error
		zh  string
	}{
		{pdf.ErrEncrypted, "需要密码才能打开"},
		{render.ErrPassword, "需要密码才能打开"},
		{pdf.ErrNotPDF, "不是 PDF 文件"},
		{pdf.ErrTooManyPage, "页数太多，没有读取"},
		{pdf.ErrTooComplex, "结构过于复杂，没有读取"},
		{docx.ErrTooComplex, "结构过于复杂，没有读取"},
		{pdf.ErrNoPages, "找不到任何一页"},
		{render.ErrTime, "处理时间超过上限"},
		{render.ErrBroken, "文件损坏，无法读取"},
		{errTooLong, "文字超过 4 MB，没有读取"},
		{docx.ErrNotDocx, "不是 Word 文档，或文件损坏"},
	} {
		if errors.Is(e.error, known.err) {
			return lang.T(known.zh, "{why}", "why", e.Error())
		}
	}
	return lang.T("文件内容无法读取（{why}）", "{why}", "why", e.Error())
}

// inWords gives an error its words; the end of the time allowed has its own.
func inWords(err error) error {
	if errors.Is(err, render.ErrMemory) {
		return extract.ErrMemory
	}
	if err == nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return err
	}
	return readError{err}
}
