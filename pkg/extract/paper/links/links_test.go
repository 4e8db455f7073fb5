package links

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/facts"
)

type linksFile struct{ *bytes.Reader }

func (linksFile) Close() error { return nil }

func TestLinks(t *testing.T) {
	runner := extract.NewRunner([]extract.Extractor{Extractor{}}, extract.DefaultLimits(), nil)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("违规图片链接：\r\nhttps://ae01.alicdn.com/kf/S1.jpg\r\n")
	if err != nil {
		t.Fatal(err)
	}
	const one = "https://ae01.alicdn.com/kf/S1.jpg"
	for _, c := range []struct {
		name, text, want string
		only             bool
	}{
		{"one", one + "\r\n", one, true},
		{"numbered, with labels", "违规图片网址\n1. " + one + "\n主图2：https://ae-pic-a1.aliexpress-media.com/kf/S2.jpg_640x640.jpg\n", one + " https://ae-pic-a1.aliexpress-media.com/kf/S2.jpg_640x640.jpg", true},
		{"of an old Windows", gbk, one, true},
		{"parted by commas", one + ",https://ae01.alicdn.com/kf/S2.jpg", one + " https://ae01.alicdn.com/kf/S2.jpg", true},
		{"a note that names one", "运营备注：这张图是去年从 " + one + " 下载的，当时没有核对版权，请法务看一下怎么处理比较好。", one, false},
		{"no address", "明天补上\n", "", false},
		{"a name without http", "www.example.com\n", "", false},
	} {
		set, err := runner.Run(context.Background(), extract.Source{Open: func() (extract.ReadCloser, int64, error) {
			return linksFile{bytes.NewReader([]byte(c.text))}, int64(len(c.text)), nil
		}}, extract.Request{Facts: []string{"file", "links"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(set.Links.Addresses, " "); got != c.want || set.Links.Only != c.only {
			t.Errorf("%s: %q, only %v; want %q, %v", c.name, got, set.Links.Only, c.want, c.only)
		}
		if st := set.Status("links").State; (st == facts.Present) != (c.want != "") || st == facts.Failed {
			t.Errorf("%s: %s", c.name, st)
		}
	}
}
