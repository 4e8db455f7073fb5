package extract

import (
	"context"
	"errors"
	"fmt"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/lang"
)

func notForFormat(format string) lang.Text {
	return lang.T("{format} 格式的文件没有这项信息", "not to be had from a file of format {format}", "format", format)
}

// ErrMemory: the file needs more memory than it may have.
var ErrMemory error = memoryError{}

type memoryError struct{}

func (memoryError) Error() string { return memoryError{}.Text().In(lang.EN) }

// Text says the error.
func (memoryError) Text() lang.Text {
	return lang.T("检查它需要的内存超过程序的上限，没有检查；请另存为更小、更简单的文件（如降低分辨率重新扫描，或重新「打印为 PDF」），再检查一次",
		"to check it takes more memory than the program may have: save it anew, smaller or simpler (scan it at a lower resolution, or print it to PDF again), and check again")
}

// texter is an error that can say itself.
type texter interface{ Text() lang.Text }

// FailedStatus is the state of facts that an extractor of this name could not
// find because of err.
func FailedStatus(extractor string, err error) facts.Status {
	return facts.Status{State: facts.Failed, Why: reasonFor(extractor, err)}
}

// reasonFor puts the error of an extractor into words.
func reasonFor(extractor string, err error) lang.Text {
	var t texter
	var p *PanicError
	switch {
	case errors.As(err, &t):
		return t.Text()
	case errors.As(err, &p):
		return lang.T("程序在处理这个文件时出错（{extractor}）", "{why}", "extractor", p.Extractor, "why", err.Error())
	case errors.Is(err, context.DeadlineExceeded):
		return lang.T("处理时间超过上限（{extractor}）；用 --file-timeout 可放宽", "{extractor} took longer than the time limit; --file-timeout allows more", "extractor", extractor)
	case errors.Is(err, context.Canceled):
		return lang.T("检查被中断", "interrupted")
	}
	return lang.T("文件内容无法读取（{extractor}：{why}）", "{why}", "extractor", extractor, "why", err.Error())
}

// TooLargeError: the file is larger than this tool reads.
type TooLargeError struct{ Size, Limit int64 }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("file of %d bytes is larger than the %d bytes that are read", e.Size, e.Limit)
}

// PanicError: an extractor, or a library under it, broke on the content.
type PanicError struct {
	Extractor string
	Value     string
	Stack     []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("%s broke on this file: %s", e.Extractor, e.Value)
}
