package document

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/aecheck/aecheck/pkg/extract/paper/pdf"
	"github.com/aecheck/aecheck/pkg/extract/paper/pdf/render"
	"github.com/aecheck/aecheck/pkg/lang"
)

func TestErrorsInBothLanguages(t *testing.T) {
	tests := []struct {
		err    error
		zh, en string
	}{
		{pdf.ErrEncrypted, "需要密码才能打开", "needs a password"},
		{fmt.Errorf("%w: page 3 has no size", render.ErrBroken), "文件损坏，无法读取", "damaged beyond reading: page 3 has no size"},
		{errors.New("odd"), "文件内容无法读取（odd）", "odd"},
	}
	for _, tt := range tests {
		e := readError{tt.err}
		if e.Text().In(lang.ZH) != tt.zh || e.Text().In(lang.EN) != tt.en {
			t.Errorf("%v: %q, %q", tt.err, e.Text().In(lang.ZH), e.Text().In(lang.EN))
		}
	}
	if inWords(nil) != nil {
		t.Error("no error became one")
	}
	if !errors.Is(inWords(context.DeadlineExceeded), context.DeadlineExceeded) {
		t.Error("a deadline is no longer told from other errors")
	}
}
