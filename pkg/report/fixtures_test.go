package report

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"time"

	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// fixture is a report every format must cope with.
type fixture struct {
	name   string
	report func(lang.Lang) *verdict.Report
}

func fixtures() []fixture {
	return []fixture{
		{"empty", empty},
		{"passing", passing},
		{"mixed", mixed},
		{"awkward", awkward},
		{"errors", broken},
		{"batch", batch},
		{"clients", clients},
	}
}

func base(l lang.Lang) *verdict.Report {
	return &verdict.Report{
		Tool: verdict.Tool{Name: "aecheck", Version: "1.2.3"},
		Now:  "2026-11-23T10:00:00+08:00",
		Lang: l.Tag(),
		Rules: verdict.Rules{Digest: "sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f9", Layers: []string{"built-in"},
			Kinds: []verdict.Named{
				{ID: "notice", Title: pick(l, "违规通知", "Violation notice")}, {ID: "violating", Title: pick(l, "违规图片", "Violating pictures")},
				{ID: "source", Title: pick(l, "原图", "Source files")}, {ID: "authorization", Title: pick(l, "授权书", "Authorization letters")},
				{ID: "commitment", Title: pick(l, "承诺书", "Commitment letter")}, {ID: "replacement", Title: pick(l, "替换图", "Replacement pictures")},
				{ID: "ai_licence", Title: pick(l, "AI 授权", "AI licence")}, {ID: "evidence", Title: pick(l, "举证材料", "Evidence")}, {ID: "statement", Title: pick(l, "申诉理由", "Statement")},
			},
			Slots: []verdict.Named{{ID: "main", Title: pick(l, "主图", "main")}, {ID: "sku", Title: pick(l, "SKU 图", "SKU")}}},
	}
}

func empty(l lang.Lang) *verdict.Report { return base(l) }

// pick returns the text of a language.
func pick(l lang.Lang, zh, en string) string {
	if l == lang.ZH {
		return zh
	}
	return en
}

// say is words in a language.
func say(l lang.Lang, zh, en string) verdict.Text { return verdict.Words(pick(l, zh, en)) }

// public is a value that anybody may see.
func public(v any, f verdict.Format) verdict.Value {
	return verdict.Value{Of: v, Format: f, Privacy: verdict.Public}
}

// add appends a finding to a case and keeps the summary.
func add(r *verdict.Report, c *verdict.Case, f verdict.Finding) {
	if f.Severity == "" {
		f.Severity = verdict.SeverityError
	}
	if f.Confidence == "" {
		f.Confidence = verdict.Certain
	}
	if f.Basis == "" {
		f.Basis = verdict.SeedOnly
	}
	f.Fingerprint = fmt.Sprintf("%x", sha256.Sum256([]byte(f.Rule+"\x00"+f.Kind+"\x00"+f.Asset)))
	c.Findings = append(c.Findings, f)
	if f.Suppressed == nil {
		count(&r.Summary, f.Outcome)
		return
	}
	r.Summary.Pass++
	r.Summary.Confirmed++
	if f.Suppressed.Overruled {
		r.Summary.Overruled++
	}
}

func count(s *verdict.Summary, o verdict.Outcome) {
	switch o {
	case verdict.Pass:
		s.Pass++
	case verdict.Fail:
		s.Fail++
	case verdict.Review:
		s.Review++
	case verdict.Skip:
		s.Skip++
	case verdict.Error:
		s.Error++
	}
}

// finish fills the checklist from the findings and adds the case.
func finish(r *verdict.Report, c verdict.Case, states map[string]verdict.ItemState) {
	for _, kind := range []string{"notice", "violating", "source", "authorization", "commitment", "replacement", "ai_licence"} {
		state, ok := states[kind]
		if !ok {
			continue
		}
		item := verdict.ChecklistItem{Item: kind, State: state, Title: verdict.TitleOf(r.Rules.Kinds, kind)}
		for _, a := range c.Assets {
			if a.Kind == kind {
				item.Assets = append(item.Assets, a.Path)
			}
		}
		for _, f := range c.Findings {
			if itemOf(&finding{Finding: &f}) == kind && f.Outcome != verdict.Pass && f.Outcome != verdict.Skip {
				item.Findings = append(item.Findings, f.Fingerprint)
			}
		}
		c.Checklist = append(c.Checklist, item)
	}
	rank := 0
	c.Outcome = verdict.Pass
	for _, f := range c.Findings {
		if n := verdict.Rank(f.Outcome, f.Severity); n > rank && f.Suppressed == nil {
			rank, c.Outcome = n, f.Outcome
		}
	}
	r.Cases = append(r.Cases, c)
	r.Summary.Cases++
	r.Summary.Assets += len(c.Assets)
}

func passing(l lang.Lang) *verdict.Report {
	r := base(l)
	c := verdict.Case{Path: "honest", ID: "WG20261118000456", Deadline: &verdict.Deadline{
		At: "2026-11-28T09:30:00+08:00", RemainingSeconds: 430200, Basis: verdict.BasisEffective}}
	c.Assets = []verdict.Asset{{Path: "honest/source/IMG_2001.JPG", Kind: "source", Format: "jpeg", Bytes: 812345, Width: 2016, Height: 1512,
		SHA256: strings.Repeat("ab", 32), Preview: preview(color.RGBA{200, 120, 60, 255})}}
	add(r, &c, verdict.Finding{Rule: "AE201", Slug: "camera-metadata-missing", Outcome: verdict.Pass, Asset: "honest/source/IMG_2001.JPG", Kind: "source",
		Title: say(l, "原图缺少相机信息", "Camera metadata is missing")})
	add(r, &c, verdict.Finding{Rule: "AE230", Slug: "edited", Outcome: verdict.Pass, Asset: "honest/source/IMG_2001.JPG", Kind: "source", Confidence: verdict.Guess,
		Title:      say(l, "原图可能被编辑过", "The source may have been edited"),
		Suppressed: &verdict.Suppression{By: "confirmation", Person: "王五", At: "2026-11-19T10:00:00+08:00", Note: pick(l, "本人拍摄", "taken by me")}})
	add(r, &c, verdict.Finding{Rule: "AE211", Slug: "screenshot-as-source", Outcome: verdict.Fail, Asset: "honest/source/IMG_2001.JPG", Kind: "source", Confidence: verdict.Likely,
		Overrulable: true, Severity: verdict.SeverityError, Title: say(l, "用截图代替了原图", "A screenshot in place of an original"),
		Suppressed: &verdict.Suppression{By: "confirmation", Person: "王五", At: "2026-11-19T10:00:00+08:00", Note: pick(l, "屏幕就是商品", "the product is a screen"), Overruled: true}})
	add(r, &c, verdict.Finding{Rule: "AE250", Slug: "ai-unlabelled", Outcome: verdict.Skip, Asset: "honest/source/IMG_2001.JPG", Kind: "source",
		Title: say(l, "AI 图片未标注", "AI picture without a label")})
	finish(r, c, map[string]verdict.ItemState{"source": verdict.ItemReady, "ai_licence": verdict.ItemNotNeeded})
	return r
}

func mixed(l lang.Lang) *verdict.Report {
	r := base(l)
	fillMixed(r, "listing", l)
	return r
}

func fillMixed(r *verdict.Report, root string, l lang.Lang) {
	c := verdict.Case{Path: root, ID: "WG20261118000123", Deadline: &verdict.Deadline{
		At: "2026-11-25T09:30:00+08:00", RemainingSeconds: 171000, Basis: verdict.BasisEffective}}
	file := func(name string) string { return root + "/" + name }
	for _, a := range []struct{ name, kind, slot, format string }{
		{"违规通知/notice.png", "notice", "", "png"},
		{"违规图/1.jpg", "violating", "", "jpeg"},
		{"原图/IMG_2001.JPG", "source", "", "jpeg"},
		{"原图/Screenshot_20261119-101500.png", "source", "", "png"},
		{"替换图/主图/m1.jpg", "replacement", "main", "jpeg"},
		{"替换图/主图/m2.jpg", "replacement", "main", "jpeg"},
		{"授权书/acme-loa.pdf", "authorization", "", "pdf"},
	} {
		asset := verdict.Asset{Path: file(a.name), Kind: a.kind, Slot: a.slot, Format: a.format, Bytes: 345678, SHA256: strings.Repeat("cd", 32)}
		if a.format != "pdf" {
			asset.Width, asset.Height = 1000, 1000
			asset.Preview = preview(color.RGBA{uint8(len(a.name) * 9), 90, 160, 255})
		}
		c.Assets = append(c.Assets, asset)
	}
	add(r, &c, verdict.Finding{Rule: "AE210", Slug: "screenshot-as-original", Outcome: verdict.Fail, Kind: "source",
		Asset:   file("原图/Screenshot_20261119-101500.png"),
		Title:   say(l, "拿手机截图当原图", "A phone screenshot instead of the original"),
		Message: say(l, "尺寸 1170×2532 与 iPhone 屏幕一致，且没有相机型号和拍摄时间。", "1170×2532 is the size of an iPhone screen, and camera model and time are missing."),
		Remedy:  say(l, "在拍摄用的手机或相机里找到这张照片，用数据线或「原图/文件」方式导出后放进 原图 文件夹。", "Find this photo on the phone or camera it was taken with, export it by cable or as a file, and put it into the source folder."),
		Sources: []string{"M20", "M31(1)"}, Confidence: verdict.Likely, Overrulable: true,
		Evidence: []verdict.Evidence{
			{Fact: "origin.screenshot.score", Observed: 0.92, Required: verdict.Want(0.8), Unit: "0..1"},
			{Fact: "exif.present", Observed: false, Required: verdict.Want(true)},
		}})
	for i, shade := range []string{"#f4f1ea", "#f6f3ee"} {
		add(r, &c, verdict.Finding{Rule: "AE311", Slug: "background-not-white", Outcome: verdict.Fail, Kind: "replacement",
			Asset:   file(fmt.Sprintf("替换图/主图/m%d.jpg", i+1)),
			Title:   say(l, "主图背景不是白色", "The background of the main picture is not white"),
			Message: verdict.Say(l, lang.T("背景颜色 {color},边缘只有 {share} 是白色。", "The background is {color}; only {share} of the edge is white."), "color", public(shade, verdict.Plain), "share", public(0.03, verdict.Percent)),
			Remedy:  say(l, "把背景换成纯白 #ffffff；可以用 aecheck fix 生成修正的副本。", "Make the background pure white #ffffff; aecheck fix writes a mended copy."),
			Sources: []string{"M13", "M43", "https://www.example.org/image-rules"}, Basis: verdict.Several,
			Evidence: []verdict.Evidence{{Fact: "background.color", Observed: shade, Privacy: verdict.Public, Required: verdict.WantWords("#ffffff")}, {Fact: "background.ring_white_share", Observed: 0.0312, Required: &verdict.Required{Op: ">=", Value: verdict.Value{Of: 0.97}}, Unit: "0..1"}}})
	}
	add(r, &c, verdict.Finding{Rule: "AE321", Slug: "contact-details-in-image", Outcome: verdict.Fail, Kind: "replacement", Asset: file("替换图/主图/m1.jpg"),
		Title:   say(l, "图片里有联系方式", "Contact details in the picture"),
		Message: say(l, "读到 5 处联系方式。", "5 contact details were read."),
		Remedy:  say(l, "去掉联系方式后重新导出。", "Remove them and export again."), Sources: []string{"M13"},
		Evidence: []verdict.Evidence{
			{Fact: "text.contacts", Observed: "wechat", Quote: "微信:abc_888", Box: &[4]int{20, 900, 310, 40}},
			{Fact: "text.contacts", Observed: "phone", Quote: "13800138000", Box: &[4]int{20, 940, 310, 40}},
			{Fact: "text.contacts", Observed: "url", Quote: "www.shop.example", Box: &[4]int{500, 940, 310, 40}},
			{Fact: "text.contacts", Observed: "qq", Quote: "QQ 12345678", Box: &[4]int{20, 20, 310, 40}},
			{Fact: "text.contacts", Observed: "email", Quote: "a@b.example", Box: &[4]int{500, 20, 310, 40}},
		}})
	add(r, &c, verdict.Finding{Rule: "AE330", Slug: "many-pixels", Outcome: verdict.Fail, Severity: verdict.SeverityWarning, Kind: "replacement", Asset: file("替换图/主图/m2.jpg"),
		Title: say(l, "文件偏大", "The file is rather large"), Message: verdict.Say(l, lang.T("{size}，图片银行上传接口只收 3 MiB。", "{size}; the photo bank takes 3 MiB."), "size", public(4404019, verdict.Bytes)),
		Remedy: say(l, "压缩到 3 MiB 以内。", "Compress it below 3 MiB."), Sources: []string{"M13"}, Basis: verdict.Official,
		Evidence: []verdict.Evidence{{Fact: "file.bytes", Observed: 4404019, Required: &verdict.Required{Op: "<=", Value: public(3145728, verdict.Plain)}, Unit: "bytes"}}})
	add(r, &c, verdict.Finding{Rule: "AE512", Slug: "letter-edited", Outcome: verdict.Review, Cause: verdict.Judgement, Kind: "authorization", Asset: file("授权书/acme-loa.pdf"),
		Title: say(l, "授权书可能被修改过", "The letter may have been edited"), Message: verdict.Say(l, lang.T("文件由 {program} 保存。", "The file was saved by {program}."), "program", "Adobe Photoshop"),
		Remedy: say(l, "核对纸质原件；确认无误后用 aecheck confirm 记录。", "Compare it with the paper; record it with aecheck confirm."), Sources: []string{"M23"}, Confidence: verdict.Guess,
		Evidence: []verdict.Evidence{{Fact: "meta.xmp", Observed: "Adobe Photoshop 25.0", Page: 1, Related: &verdict.Related{Asset: file("授权书/acme-loa.pdf"), Box: &[4]int{1, 2, 3, 4}}}}})
	add(r, &c, verdict.Finding{Rule: "AE520", Slug: "letter-category", Outcome: verdict.Review, Cause: verdict.MissingInput, Kind: "authorization", Asset: file("授权书/acme-loa.pdf"),
		Title: say(l, "授权类目是否覆盖本商品", "Whether the letter covers the product's category"), Message: verdict.Say(l, lang.T("case.yaml 没有 {key}。", "case.yaml has no {key}."), "key", verdict.Word("product.category")),
		Remedy: say(l, "填写 product.category。", "Fill in product.category."), Sources: []string{"M24"}})
	add(r, &c, verdict.Finding{Rule: "AE601", Slug: "material-missing", Outcome: verdict.Fail, Kind: "case", Item: "commitment",
		Title: say(l, "缺少承诺书", "The commitment letter is missing"), Message: say(l, "没有找到《图片合规承诺书》。", "No commitment letter was found."),
		Remedy: say(l, "从平台下载模板，手写签名并加盖公章，扫描后放进 承诺书 文件夹。", "Download the platform's template, sign it by hand, stamp it, and put the scan into the commitment folder."), Sources: []string{"M10"}})
	add(r, &c, verdict.Finding{Rule: "AE130", Slug: "many-violations", Outcome: verdict.Fail, Severity: verdict.SeverityInfo, Kind: "case",
		Title: say(l, "90 天内已有 4 次同类违规", "4 similar violations within 90 days"), Message: say(l, "成功率会降低。", "This lowers the odds."), Sources: []string{"M34"}})
	for _, a := range []string{"原图/IMG_2001.JPG", "替换图/主图/m1.jpg", "替换图/主图/m2.jpg"} {
		add(r, &c, verdict.Finding{Rule: "AE301", Slug: "too-small", Outcome: verdict.Pass, Kind: "replacement", Asset: file(a), Title: say(l, "图片太小", "The picture is too small")})
	}
	c.Steps = []verdict.Step{
		{ID: "keep-error-page", Phase: "after", Title: pick(l, "保存出错页面", "Keep the error page"), Detail: say(l, "整页截图，带网址和时间。", "Capture all of it with address and time."), Sources: []string{"M6"}},
		{ID: "platform-checker", Phase: "before", Title: pick(l, "用平台的图片检测工具检查替换图", "Run the replacements through the platform's picture checker"), Sources: []string{"M39"}},
		{ID: "sensitive", Phase: "before", Title: pick(l, "确认没有政治、宗教敏感内容", "Make sure nothing political or religious is shown")},
	}
	finish(r, c, map[string]verdict.ItemState{
		"notice": verdict.ItemReady, "violating": verdict.ItemReady, "source": verdict.ItemProblem, "authorization": verdict.ItemReview,
		"commitment": verdict.ItemMissing, "replacement": verdict.ItemProblem, "ai_licence": verdict.ItemNotNeeded,
	})
}

// awkward has names and texts that would break a careless format.
func awkward(l lang.Lang) *verdict.Report {
	r := base(l)
	c := verdict.Case{Path: ".", ID: "=1+1"}
	names := []string{
		"原图/红色 S 码 (正面)#1 100%.jpg",
		"a\x1b[31mred\x1b[0m\nb.jpg",
		"photo\u202egpj.exe",
		"<script>alert(1)</script>&amp;.png",
		"`code` |pipe| *star* [link](x) @someone.jpg",
		"]]>\u0007\u200b.jpg",
		`back\slash"quote".jpg`,
		"=cmd|'/c calc'!A1.jpg",
		"::error file=x::injected,%0A.jpg",
		"很长的文件名" + strings.Repeat("很长", 40) + ".jpg",
		"é/ü\ufeff.jpg",
	}
	for i, n := range names {
		c.Assets = append(c.Assets, verdict.Asset{Path: n, PathRawBase64: "//8=", Kind: "unsorted", Format: "jpeg"})
		outcome := []verdict.Outcome{verdict.Fail, verdict.Review, verdict.Error, verdict.Pass, verdict.Skip}[i%5]
		add(r, &c, verdict.Finding{Rule: fmt.Sprintf("AE%d", 901+i%3), Slug: "hostile-name", Outcome: outcome, Kind: "unsorted", Asset: n,
			Title: say(l, "文件放不进任何一类", "The file fits no kind"), Message: append(verdict.Value{Of: n, Format: verdict.Exact}.Text(), append(verdict.Words("\n"), verdict.Value{Of: n, Format: verdict.Exact, Privacy: verdict.Path}.Text()...)...), Remedy: verdict.Value{Of: n, Format: verdict.Exact}.Text(), Sources: []string{"M20", "javascript:alert(1)", "https://example.org/?a=1&b=<2>"},
			Evidence: []verdict.Evidence{
				{Fact: "file.name", Observed: n, Privacy: verdict.Path, Quote: n},
				{Fact: "text.lines", Observed: []any{n, 1.5, true, nil}, Required: verdict.Want(map[string]any{"z": 1, "a": n})},
			}})
	}
	finish(r, c, map[string]verdict.ItemState{})
	return r
}

// broken is a run that was interrupted, with things that could not be done.
func broken(l lang.Lang) *verdict.Report {
	r := base(l)
	r.Interrupted = true
	r.Now = "not a time"
	c := verdict.Case{Path: "case", Deadline: &verdict.Deadline{At: "2026-11-20T09:30:00+08:00", RemainingSeconds: -261000, Basis: verdict.BasisTyped}}
	c.Assets = []verdict.Asset{{Path: "case/source/a.jpg", Kind: "source", Format: "unknown"}}
	add(r, &c, verdict.Finding{Rule: "AE901", Slug: "unreadable", Outcome: verdict.Error, Kind: "source", Asset: "case/source/a.jpg",
		Title: say(l, "文件读不出来", "The file cannot be read"), Message: say(l, "文件在第 1024 字节处中断。", "The file ends at byte 1024.")})
	add(r, &c, verdict.Finding{Rule: "AE321", Slug: "contact-details-in-image", Outcome: verdict.Review, Cause: verdict.Unavailable, Asked: true, Kind: "source", Asset: "case/source/a.jpg",
		Title: say(l, "图片里有联系方式", "Contact details in the picture"), Message: say(l, "没有读取文字。", "Text was not read."),
		Evidence: []verdict.Evidence{{Fact: "text.lines", Observed: "not_extracted", Privacy: verdict.Public, Why: lang.T("没有读取文字（{n}，{what}）", "text was not read ({n}, {what})", "n", 2, "what", lang.T("关闭：{by}", "off: {by}", "by", "--no-ocr"))}}})
	add(r, &c, verdict.Finding{Rule: "AE322", Slug: "watermark", Outcome: verdict.Review, Cause: verdict.Unavailable, Kind: "source", Asset: "case/source/a.jpg",
		Title: say(l, "图片里有水印", "A watermark in the picture"), Message: say(l, "图片无法解码。", "The picture could not be decoded.")})
	finish(r, c, map[string]verdict.ItemState{"source": verdict.ItemReview})
	r.Problems = []verdict.Problem{{Path: "case/link", Code: "link_outside", Message: verdict.Say(l, lang.T("points outside\n{where}", "points outside\n{where}"), "where", "the folder")}, {Code: "cache", Message: verdict.Words("cache not writable")}}
	return r
}

// batch has several cases and findings between them.
func batch(l lang.Lang) *verdict.Report {
	r := passing(l)
	fillMixed(r, "shop/first", l)
	f := verdict.Finding{Rule: "AE701", Slug: "same-original-twice", Outcome: verdict.Fail, Severity: verdict.SeverityError, Confidence: verdict.Certain, Basis: verdict.Inferred, Kind: "batch",
		Title:   say(l, "同一张原图用于两个商品", "One original claimed for two products"),
		Message: say(l, "两个案件使用了同一个文件。", "Two cases use the same file."), Remedy: say(l, "为每个商品提供自己的原图。", "Give each product its own original."), Sources: []string{"M24"},
		Evidence: []verdict.Evidence{{Fact: "hash.sha256", Observed: strings.Repeat("cd", 32), Related: &verdict.Related{Case: "honest", Asset: "source/IMG_2001.JPG"}}}, Fingerprint: strings.Repeat("ef", 32)}
	r.Batch.Findings = append(r.Batch.Findings, f)
	count(&r.Summary, f.Outcome)
	return r
}

// preview is a small JPEG.
func preview(c color.Color) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 48, 36))
	for y := range 36 {
		for x := range 48 {
			img.Set(x, y, c)
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// clients are the cases of an agency in each state, in the order of folders, which is
// none of urgency.
func clients(l lang.Lang) *verdict.Report {
	r := base(l)
	none := map[string]verdict.ItemState{"notice": verdict.ItemReady, "source": verdict.ItemReady, "commitment": verdict.ItemReady}
	for _, k := range []struct {
		path, id string
		hours    float64 // until it closes; 0: not known
		states   map[string]verdict.ItemState
		findings []verdict.Finding
	}{
		{"乙记家居.zip/乙记/台灯", "WG20261114000002", -5.5, none, nil},
		{"丁成数码/2026-11/耳机", "WG20261119000004", 98.2, none, []verdict.Finding{{Rule: "AE535", Slug: "seal", Outcome: verdict.Review, Cause: verdict.Judgement, Kind: "commitment", Title: say(l, "公章名称可能不是授权方", "The seal may be of another name"), Remedy: say(l, "请人看清公章上的名称。", "Look at the name on the seal.")}}},
		{"丁成数码/2026-11/音箱", "WG20261119000005", 98.2, none, nil},
		{"丁成数码/2026-12/耳机", "", 0, none, []verdict.Finding{{Rule: "AE104", Slug: "deadline-unknown", Outcome: verdict.Fail, Severity: verdict.SeverityWarning, Kind: "case", Evidence: []verdict.Evidence{{Fact: "clock.deadline_known", Observed: false, Privacy: verdict.Public}}, Title: say(l, "不知道申诉截止时间", "The deadline is not known")}}},
		{"戊华箱包/帆布包", "WG20261115000006", 26.5, map[string]verdict.ItemState{"notice": verdict.ItemReady, "source": verdict.ItemMissing, "commitment": verdict.ItemMissing, "replacement": verdict.ItemProblem}, []verdict.Finding{
			{Rule: "AE133", Slug: "source-missing", Outcome: verdict.Fail, Kind: "case", Item: "source", Title: say(l, "缺少原图", "The source files are missing")},
			{Rule: "AE134", Slug: "commitment-missing", Outcome: verdict.Fail, Kind: "case", Item: "commitment", Title: say(l, "缺少承诺书", "The commitment letter is missing")},
			{Rule: "AE313", Slug: "border", Outcome: verdict.Fail, Kind: "replacement", Asset: "替换图/m1.jpg", Title: say(l, "图片带边框", "The picture has a border"), Remedy: say(l, "裁掉边框。", "Crop it off.")}}},
		{"己旺美妆旗舰店有限责任公司", "WG20261112000007", 2.1, none, []verdict.Finding{{Rule: "AE901", Slug: "unreadable", Outcome: verdict.Error, Kind: "source", Asset: "原图/a.jpg", Title: say(l, "文件读不出来", "The file cannot be read")}}},
		{"Kappa Trading Co., Ltd. (Hangzhou)/mug", "WG20261110000008", 50, none, []verdict.Finding{{Rule: "AE152", Slug: "accepted", Outcome: verdict.Fail, Closes: true, Kind: "case", Title: say(l, "申诉已经通过，没有东西可交", "The appeal was accepted; there is nothing to submit")}}},
		{"photos", "", 0, nil, nil},
		{"=cmd\x1b[31m/\u202ereversed", "=1+1", 26.5, none, nil},
	} {
		c := verdict.Case{Path: k.path, ID: k.id, Assets: []verdict.Asset{{Path: k.path + "/原图/a.jpg", Kind: "source", Format: "jpeg", Width: 1000, Height: 1000}, {Path: k.path + "/替换图/m1.jpg", Kind: "replacement", Format: "jpeg", Width: 1000, Height: 1000}}}
		if k.hours != 0 {
			now, err := time.Parse(time.RFC3339, r.Now)
			if err != nil {
				panic(err)
			}
			left := time.Duration(k.hours * float64(time.Hour))
			c.Deadline = &verdict.Deadline{At: now.Add(left).Format(time.RFC3339), RemainingSeconds: int64(left / time.Second), Basis: verdict.BasisNotified}
		}
		for _, f := range k.findings {
			f.Message = f.Title
			if f.Asset != "" {
				f.Asset = k.path + "/" + f.Asset
			}
			add(r, &c, f)
		}
		finish(r, c, k.states)
	}
	f := verdict.Finding{Rule: "AE702", Slug: "same-picture", Outcome: verdict.Fail, Severity: verdict.SeverityWarning, Confidence: verdict.Likely, Basis: verdict.Inferred, Kind: "batch",
		Title: say(l, "几个案件用了同一张图", "Several cases use one picture"), Message: say(l, "两个案件使用了同一个文件。", "Two cases use the same file."), Fingerprint: strings.Repeat("ab", 32)}
	r.Batch.Findings = append(r.Batch.Findings, f)
	count(&r.Summary, f.Outcome)
	return r
}
