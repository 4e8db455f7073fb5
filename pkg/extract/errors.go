package extract

import (
	"context"
	"errors"
	"fmt"

	"github.com/aecheck/aecheck/pkg/facts"
)

// Reason is why a fact could not be had, in plain words of both languages.
type Reason struct{ EN, ZH string }

func (r Reason) status(s facts.State) facts.Status {
	return facts.Status{State: s, Why: r.EN, WhyZH: r.ZH}
}

func notForFormat(format string) Reason {
	return Reason{"not to be had from a file of format " + format, format + " 格式的文件没有这项信息"}
}

// texter is an error that can say itself in a language ("zh" or "en").
type texter interface{ Text(lang string) string }

// FailedStatus is the state of facts that an extractor of this name could not
// find because of err.
func FailedStatus(extractor string, err error) facts.Status {
	return reasonFor(extractor, err).status(facts.Failed)
}

// reasonFor puts the error of an extractor into words.
func reasonFor(extractor string, err error) Reason {
	var t texter
	var p *PanicError
	switch {
	case errors.As(err, &t):
		return Reason{t.Text("en"), t.Text("zh")}
	case errors.As(err, &p):
		return Reason{err.Error(), "程序在处理这个文件时出错（" + p.Extractor + "）"}
	case errors.Is(err, context.DeadlineExceeded):
		return Reason{extractor + " took longer than the time limit", "处理时间超过上限（" + extractor + "）"}
	case errors.Is(err, context.Canceled):
		return Reason{"interrupted", "检查被中断"}
	}
	return Reason{err.Error(), "文件内容无法读取（" + extractor + "：" + err.Error() + "）"}
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
