package material

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// testVocabulary is some of that in rules.yaml.
func testVocabulary() Vocabulary {
	return Vocabulary{
		Kinds: []Names{
			{ID: "notice", Aliases: []string{"违规通知", "通知截图"}},
			{ID: "violating", Aliases: []string{"违规图", "违规图片"}},
			{ID: "source", Aliases: []string{"原图", "原始图片", "源文件", "originals", "source files"}},
			{ID: "companion", Aliases: []string{"套图", "花絮"}},
			{ID: "authorization", Aliases: []string{"授权书", "授权", "letters"}},
			{ID: "commitment", Aliases: []string{"承诺书"}},
			{ID: "replacement", Aliases: []string{"替换图", "替换", "整改图", "合规图"}},
			{ID: "evidence", Aliases: []string{"证据", "举证"}},
			{ID: "upload_log", Aliases: []string{"上传日志", "upload log"}},
			{ID: "statement", Aliases: []string{"申诉理由"}},
			{ID: "ai_licence", Aliases: []string{"AI授权"}},
			{ID: "reference", Aliases: []string{"参考"}},
		},
		Slots: []Names{
			{ID: "main", Aliases: []string{"主图"}},
			{ID: "marketing_1x1", Aliases: []string{"1x1", "1比1"}},
			{ID: "marketing_3x4", Aliases: []string{"3x4", "3比4"}},
			{ID: "sku", Aliases: []string{"规格图"}},
			{ID: "detail", Aliases: []string{"详情"}},
		},
	}
}

func testOptions() Options {
	return Options{Vocabulary: testVocabulary(), PhotoSlot: "main", Ignore: []string{"Thumbs.db", "__MACOSX", "~$*"}, Sidecars: []string{"mov", "aae", "xmp", "thm", "json"}}
}

// lay makes files below a new folder: path → content.
func lay(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for p, content := range files {
		full := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(p, "/") {
			if err := os.MkdirAll(full, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// names lays files with content "x".
func names(t *testing.T, paths ...string) string {
	files := make(map[string]string, len(paths))
	for _, p := range paths {
		files[p] = "x"
	}
	return lay(t, files)
}

func walk(t *testing.T, opt Options, paths ...string) ([]*Case, []Problem) {
	t.Helper()
	cases, problems, err := Walk(context.Background(), paths, opt)
	if err != nil {
		t.Fatalf("Walk: %v", err)
	}
	return cases, problems
}

// shape prints cases and problems, one line each.
func shape(cases []*Case, outside []Problem) string {
	var b strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&b, "case %s", c.Path)
		if c.Listing {
			b.WriteString(" listing")
		}
		b.WriteString("\n")
		for _, a := range c.Assets {
			fmt.Fprintf(&b, "  %s %s/%s %s", a.Path, a.Kind, a.Slot, a.Placed)
			if a.Unread != "" {
				fmt.Fprintf(&b, " unread=%s", a.Unread)
			}
			b.WriteString("\n")
		}
		for _, tr := range c.Problems {
			fmt.Fprintf(&b, "  ! %s %s\n", tr.Code, tr.Path)
		}
		for _, p := range c.Ignored {
			fmt.Fprintf(&b, "  - %s\n", p)
		}
	}
	for _, tr := range outside {
		fmt.Fprintf(&b, "! %s %s\n", tr.Code, tr.Path)
	}
	return b.String()
}

func TestWalk(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		opt   func(*Options)
		want  string
	}{{
		name:  "case by its folders",
		files: []string{"01_违规通知/n.png", "02_原图/IMG_1.JPG", "替换图/主图/a.jpg", "替换图/SKU-红/b.jpg", "替换图/详情3.jpg", "承诺书.pdf", "笔记.txt"},
		want: `case .
  01_违规通知/n.png notice/ folder
  02_原图/IMG_1.JPG source/ folder
  承诺书.pdf commitment/ name
  替换图/SKU-红/b.jpg replacement/sku folder
  替换图/主图/a.jpg replacement/main folder
  替换图/详情3.jpg replacement/detail folder
  笔记.txt unsorted/ nothing
  ! unplaced 笔记.txt
`,
	}, {
		name:  "flat case by its file names",
		files: []string{"违规通知截图.png", "ACME授权书(2026).pdf", "主图1.jpg", "x.jpg"},
		want: `case .
  ACME授权书(2026).pdf authorization/ name
  x.jpg unsorted/ nothing
  主图1.jpg replacement/main name
  违规通知截图.png notice/ name
  ! unplaced x.jpg
`,
	}, {
		name:  "--as places what nothing else does",
		files: []string{"notice/n.png", "evidence/e.png", "x.jpg"},
		opt:   func(o *Options) { o.As = "replacement"; o.Slot = "sku" },
		want: `case .
  evidence/e.png evidence/ folder
  notice/n.png notice/ folder
  x.jpg replacement/sku option
`,
	}, {
		name:  "innermost exact folder wins, a containing name only outermost",
		files: []string{"证据材料/notice/a.png", "证据/原图截图/b.png", "授权书/AI授权/c.pdf"},
		want: `case .
  授权书/AI授权/c.pdf ai_licence/ folder
  证据/原图截图/b.png evidence/ folder
  证据材料/notice/a.png notice/ folder
`,
	}, {
		name:  "plain folder of product photos",
		files: []string{"a.jpg", "dress/b.PNG", "dress/sku/c.jpg", "detail-2.webp", "README.md", "odd.dat"},
		want: `case . listing
  README.md unsorted/ nothing
  a.jpg replacement/main listing
  detail-2.webp replacement/detail listing
  dress/b.PNG replacement/main listing
  dress/sku/c.jpg replacement/sku listing
  odd.dat replacement/main listing
  ! unplaced README.md
`,
	}, {
		name:  "one folder named like a kind does not make a photo repository a case",
		files: []string{"originals/a.jpg", "web/b.jpg"},
		want: `case . listing
  originals/a.jpg source/ folder
  web/b.jpg replacement/main listing
`,
	}, {
		name:  "one folder named like a kind, alone, does",
		files: []string{"原图/a.jpg", "b.jpg"},
		want: `case .
  b.jpg unsorted/ nothing
  原图/a.jpg source/ folder
  ! unplaced b.jpg
`,
	}, {
		name:  "tree of cases with things beside them",
		files: []string{"甲/case.yaml", "甲/原图/a.jpg", "组/乙/notice/n.png", "组/乙/evidence/e.png", "misc/x.jpg", "授权书/l.pdf", "报价.xlsx", "空/"},
		want: `case 甲
  原图/a.jpg source/ folder
case 组/乙
  evidence/e.png evidence/ folder
  notice/n.png notice/ folder
! outside_case misc
! outside_case 报价.xlsx
! outside_case 授权书
! empty_folder 空
`,
	}, {
		name:  "case.yaml further down outweighs kind folders above",
		files: []string{"授权书/l.pdf", "承诺书/c.pdf", "甲/case.yaml"},
		want: `case 甲
! outside_case 承诺书
! outside_case 授权书
`,
	}, {
		name:  "two kind folders outweigh a case without case.yaml below",
		files: []string{"notice/n.png", "替换图/m.jpg", "旧/原图/a.jpg"},
		want: `case .
  notice/n.png notice/ folder
  旧/原图/a.jpg source/ folder
  替换图/m.jpg replacement/ folder
`,
	}, {
		name:  "slot folders alone are a listing",
		files: []string{"主图/1.jpg", "SKU图/2.jpg"},
		want: `case . listing
  SKU图/2.jpg replacement/sku listing
  主图/1.jpg replacement/main listing
`,
	}, {
		name:  "ignored names",
		files: []string{"notice/n.png", "evidence/.DS_Store", "evidence/THUMBS.DB", "evidence/~$a.docx", "evidence/e.png", "__MACOSX/x", "source/IMG_1.HEIC", "source/IMG_1.MOV", "source/img_1.aae", "source/lonely.mov"},
		want: `case .
  evidence/e.png evidence/ folder
  notice/n.png notice/ folder
  source/IMG_1.HEIC source/ folder
  source/lonely.mov source/ folder
  - __MACOSX
  - evidence/.DS_Store
  - evidence/THUMBS.DB
  - evidence/~$a.docx
  - source/IMG_1.MOV
  - source/img_1.aae
`,
	}, {
		name:  "a case inside a case is a case of its own",
		files: []string{"Case.YAML", "notice/n.png", "旧/乙/case.yaml", "旧/乙/原图/s.jpg", "旧/x.jpg", "原图/case.yaml", "散/y.jpg"},
		want: `case .
  notice/n.png notice/ folder
  原图/case.yaml source/ folder
  散/y.jpg unsorted/ nothing
  ! unplaced 散/y.jpg
  ! outside_case 旧/x.jpg
case 旧/乙
  原图/s.jpg source/ folder
`,
	}, {
		name:  "sidecars of photos",
		files: []string{"原图/DSC_1.NEF", "原图/DSC_1.xmp", "原图/dsc_1.nef.XMP", "原图/DSC_1.NEF.supplemental-metadata.json", "原图/DSC_12.json", "原图/lonely.xmp", "承诺书.pdf"},
		want: `case .
  原图/DSC_1.NEF source/ folder
  原图/DSC_12.json source/ folder
  原图/lonely.xmp source/ folder
  承诺书.pdf commitment/ name
  - 原图/DSC_1.NEF.supplemental-metadata.json
  - 原图/DSC_1.xmp
  - 原图/dsc_1.nef.XMP
`,
	}, {
		name:  "a repository of photos",
		files: []string{"photos/a.jpg", "photos/README.md", "LICENSE", "package.json", "notes.pdf"},
		opt:   func(o *Options) { o.BesidePhotos = []string{"*.md", "*.json", "licence", "license"} },
		want: `case . listing
  notes.pdf unsorted/ nothing
  photos/a.jpg replacement/main listing
  ! unplaced notes.pdf
  - LICENSE
  - package.json
  - photos/README.md
`,
	}, {
		name:  "a folder of letters",
		files: []string{"texts/a.txt", "texts/b.pdf"},
		opt: func(o *Options) {
			o.BesidePhotos = []string{"*.txt"}
			o.As = "authorization"
		},
		want: `case . listing
  texts/a.txt authorization/ option
  texts/b.pdf authorization/ option
`,
	}, {
		name:  "nothing",
		files: []string{"a/b/"},
		want:  "",
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			opt := testOptions()
			if tt.opt != nil {
				tt.opt(&opt)
			}
			content := map[string]string{}
			for _, f := range tt.files {
				content[f] = "x"
				if strings.EqualFold(filepath.Base(f), "case.yaml") {
					content[f] = "schema_version: 1\n"
				}
			}
			if got := shape(walk(t, opt, lay(t, content))); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestWalkSeveralPaths(t *testing.T) {
	dir := names(t, "a/notice/n.png", "a/evidence/e.png", "b/notice/n.png", "b/evidence/e.png", "c/原图/s.jpg", "c/承诺书.pdf", "c/m.jpg")
	cases, outside := walk(t, testOptions(),
		filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "a"), filepath.Join(dir, "a", "notice", "n.png"),
		filepath.Join(dir, "c", "m.jpg"), filepath.Join(dir, "c", "承诺书.pdf"), filepath.Join(dir, "c", "原图", "s.jpg"))
	got := strings.ReplaceAll(shape(cases, outside), filepath.ToSlash(dir), "DIR")
	want := `case a
  evidence/e.png evidence/ folder
  notice/n.png notice/ folder
case b
  evidence/e.png evidence/ folder
  notice/n.png notice/ folder
case DIR/c listing
  m.jpg replacement/main listing
  承诺书.pdf commitment/ name
case DIR/c/原图 listing
  s.jpg source/ folder
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	// A folder inside a case that was walked is not walked again; one beside
	// the cases of a tree is, when it is named.
	more := names(t, "a/notice/n.png", "misc/x.jpg")
	cases, outside = walk(t, testOptions(), more, filepath.Join(more, "a", "notice"), filepath.Join(more, "misc"))
	root := filepath.Base(more)
	if got, want := shape(cases, outside), "case "+root+"/a\n  notice/n.png notice/ folder\ncase misc listing\n  x.jpg replacement/main listing\n! outside_case "+root+"/misc\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if _, _, err := Walk(context.Background(), []string{filepath.Join(dir, "gone")}, testOptions()); !os.IsNotExist(err) {
		t.Errorf("missing path: %v", err)
	}
}

// TestWalkSpellings: a folder or file named twice, in another spelling, is judged
// once; the spellings that a system tells apart are left out.
func TestWalkSpellings(t *testing.T) {
	dir := names(t, "case/原图/a.jpg", "case/替换图/b.jpg", "case/违规图/c.jpg")
	spelled := []string{filepath.Join(dir, "case"), filepath.Join(dir, "case") + string(filepath.Separator) + "."}
	for _, other := range []string{"CASE", "link"} {
		if other == "link" && os.Symlink("case", filepath.Join(dir, "link")) != nil {
			continue // Windows needs a privilege for it
		}
		if _, err := os.Stat(filepath.Join(dir, other)); err == nil {
			spelled = append(spelled, filepath.Join(dir, other))
		}
	}
	for _, below := range []string{"", filepath.Join("原图", "a.jpg")} {
		paths := make([]string, len(spelled))
		for i, p := range spelled {
			paths[i] = filepath.Join(p, below)
		}
		cases, _ := walk(t, testOptions(), paths...)
		if len(cases) != 1 || below != "" && len(cases[0].Assets) != 1 {
			t.Errorf("%q: %d cases\n%s", paths, len(cases), shape(cases, nil))
		}
	}
	if cases, _ := walk(t, testOptions(), append(spelled, dir)...); len(cases) != 1 {
		t.Errorf("with the folder around it: %s", shape(cases, nil))
	}
}

func TestWalkLimits(t *testing.T) {
	dir := names(t, "notice/1.png", "notice/2.png", "notice/3.png", "evidence/a/b/c.png", "evidence/big.png", "evidence/empty.png")
	if err := os.WriteFile(filepath.Join(dir, "evidence", "big.png"), make([]byte, 11), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(dir, "evidence", "empty.png"), 0); err != nil {
		t.Fatal(err)
	}
	opt := testOptions()
	opt.Limits = Limits{Depth: 2, FileBytes: 10, CaseFiles: 4}
	want := `case .
  evidence/big.png evidence/ folder unread=too_large
  evidence/empty.png evidence/ folder unread=empty
  notice/1.png notice/ folder
  notice/2.png notice/ folder
  ! too_many .
  ! too_deep evidence/a/b
  ! too_large evidence/big.png
  ! empty evidence/empty.png
`
	if got := shape(walk(t, opt, dir)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}

	opt.Limits = Limits{Entries: 4}
	cases, _ := walk(t, opt, dir)
	var codes []Code
	for _, tr := range cases[0].Problems {
		codes = append(codes, tr.Code)
	}
	if len(codes) == 0 || len(cases[0].Assets) > 4 {
		t.Errorf("entries limit: %d assets, problems %v", len(cases[0].Assets), codes)
	}

	opt.Limits = Limits{Cases: 1}
	tree := names(t, "a/notice/n.png", "b/notice/n.png")
	cases, outside := walk(t, opt, tree)
	if len(cases) != 1 || len(outside) != 1 || outside[0].Code != TooMany {
		t.Errorf("cases limit: %d cases, %v", len(cases), outside)
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Walk(ctx, []string{dir}, testOptions()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
