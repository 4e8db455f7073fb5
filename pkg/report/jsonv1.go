package report

import (
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// schemaVersion of the JSON reports written and read.
const schemaVersion = 1

// The types here are the JSON contract, schema version 1, and nothing else:
// what pkg/verdict holds may change, these may not. Keys may be added; none is
// renamed, dropped or given another meaning or type. Their descriptions make
// the schema.
type (
	jsonReport struct {
		SchemaVersion int                   `json:"schema_version" zh:"格式版本，为 1" en:"schema version, 1"`
		Tool          object[jsonTool]      `json:"tool" zh:"生成报告的程序" en:"the program that made the report"`
		Now           string                `json:"now" zh:"检查的时刻，RFC 3339" en:"time of the run, RFC 3339"`
		Lang          string                `json:"lang" zh:"报告的语言" en:"language of the report"`
		Rules         object[jsonRules]     `json:"rules" zh:"所用的规则" en:"the rules used"`
		Cases         []object[jsonCase]    `json:"cases" zh:"各个案件" en:"the cases"`
		Batch         object[jsonBatch]     `json:"batch" zh:"案件之间的问题" en:"what is between the cases"`
		Summary       object[jsonSummary]   `json:"summary" zh:"汇总" en:"counts of all findings"`
		Problems      []object[jsonProblem] `json:"problems" zh:"检查本身遇到的问题" en:"trouble with the run itself"`
		Interrupted   bool                  `json:"interrupted,omitempty" zh:"检查被中断，报告不完整" en:"the run was interrupted: the report is not complete"`
	}
	jsonTool struct {
		Name    string `json:"name" zh:"名称" en:"name"`
		Version string `json:"version" zh:"版本" en:"version"`
	}
	jsonRules struct {
		Digest string              `json:"digest" zh:"规则内容的摘要" en:"digest of what the rules say"`
		Layers []string            `json:"layers" zh:"规则文件，后面的覆盖前面的" en:"rules files, later ones laid over earlier ones"`
		Packs  []string            `json:"packs,omitempty" zh:"选用的平台规则包" en:"the marketplaces' packs that are chosen"`
		Kinds  []object[jsonNamed] `json:"kinds" zh:"材料种类" en:"kinds of material"`
		Slots  []object[jsonNamed] `json:"slots" zh:"图位" en:"slots of a listing"`
	}
	jsonNamed struct {
		ID    string `json:"id" zh:"编号" en:"id"`
		Title string `json:"title" zh:"名称" en:"what people call it"`
	}
	jsonCase struct {
		Path      string                `json:"path" zh:"案件文件夹，相对于扫描的文件夹" en:"folder of the case below the scanned one"`
		ID        string                `json:"id" zh:"违规编号，没有为空" en:"violation ID, empty for none"`
		Outcome   verdict.Outcome       `json:"outcome" enum:"pass,fail,review,skip,error" zh:"结果" en:"outcome"`
		Deadline  *object[jsonDeadline] `json:"deadline" zh:"申诉截止时间，不知道时为 null" en:"deadline of the appeal, null where unknown"`
		Assets    []object[jsonAsset]   `json:"assets" zh:"文件" en:"files"`
		Findings  made[jsonFinding]     `json:"findings" zh:"各条规则对各个文件的结果" en:"what each rule says of each file, and of the case"`
		Checklist []object[jsonItem]    `json:"checklist" zh:"材料清单" en:"the checklist of materials"`
		Steps     []object[jsonStep]    `json:"steps" zh:"需人工完成的步骤" en:"what only a person can do"`
		State     verdict.State         `json:"state,omitempty" enum:"nothing_to_submit,expired,to_mend,not_checked,to_look_at,part,ready" zh:"案件现在的状态：没有东西可交、已过期、待改正、未查完、待查看、只查了部分、可提交" en:"what the case comes to in a word; ready also of photos without a fault"`
		Of        int                   `json:"of,omitempty" zh:"只检查了一部分文件时，案件共有多少个文件" en:"files of the case where only some of them, the assets, were asked about"`
	}
	jsonDeadline struct {
		At               string                `json:"at" zh:"截止时间，RFC 3339，北京时间" en:"when, RFC 3339, in Beijing time"`
		RemainingSeconds int64                 `json:"remaining_seconds" unit:"s" zh:"剩余秒数，过期为负" en:"seconds left, negative when past"`
		Basis            verdict.DeadlineBasis `json:"basis" enum:"typed,effective_at,notified_at,filed_at,notice" zh:"依据" en:"what it goes by"`
	}
	jsonAsset struct {
		Path          string `json:"path" zh:"路径，相对于扫描的文件夹，用 / 分隔" en:"path below the scanned folder, with /"`
		PathRawBase64 string `json:"path_raw_base64,omitempty" zh:"路径不是 UTF-8 时的原始字节" en:"the bytes of a path that is no UTF-8"`
		Kind          string `json:"kind" zh:"材料种类" en:"kind of material"`
		Slot          string `json:"slot" zh:"图位，没有为空" en:"slot, empty for none"`
		SHA256        string `json:"sha256" zh:"内容的 SHA-256" en:"SHA-256 of the content"`
		Bytes         int64  `json:"bytes" unit:"bytes" zh:"大小" en:"size"`
		Format        string `json:"format" zh:"按内容判定的格式" en:"format by content"`
		Width         int    `json:"width" unit:"px" zh:"宽度，不是图片为 0" en:"width, 0 of what is no picture"`
		Height        int    `json:"height" unit:"px" zh:"高度，不是图片为 0" en:"height, 0 of what is no picture"`
		Preview       []byte `json:"preview,omitempty" zh:"缩小的 JPEG，有显示图片的报告时才有" en:"a small JPEG, made where a report that shows pictures was asked for"`
	}
	jsonFinding struct {
		Rule         string                   `json:"rule" zh:"规则编号" en:"id of the rule"`
		Slug         string                   `json:"slug" zh:"规则短名" en:"short name of the rule"`
		Outcome      verdict.Outcome          `json:"outcome" enum:"pass,fail,review,skip,error" zh:"结果" en:"outcome"`
		Cause        verdict.Cause            `json:"cause,omitempty" enum:"judgement,unavailable,missing_input" zh:"需人工查看的原因" en:"cause of an outcome that is neither pass nor fail"`
		Severity     verdict.Severity         `json:"severity" enum:"error,warning,info" zh:"严重程度" en:"severity"`
		Confidence   verdict.Confidence       `json:"confidence" enum:"certain,likely,guess" zh:"把握" en:"how sure"`
		Basis        verdict.Basis            `json:"basis" enum:"official,several,one,seed_only,inferred" zh:"依据" en:"who says so"`
		Asset        string                   `json:"asset" zh:"文件，与案件整体或多个案件有关时为空" en:"the file; empty for a case and between cases"`
		Kind         string                   `json:"kind" zh:"材料种类，或 case、batch" en:"kind of material, case or batch"`
		Title        string                   `json:"title" zh:"标题" en:"title"`
		TitleParts   []object[jsonPart]       `json:"title_parts,omitempty" zh:"标题的各部分" en:"the parts of the title"`
		Message      string                   `json:"message" zh:"说明" en:"what is wrong"`
		MessageParts []object[jsonPart]       `json:"message_parts,omitempty" zh:"说明的各部分" en:"the parts of the message"`
		Remedy       string                   `json:"remedy" zh:"怎样改正" en:"how to mend it"`
		RemedyParts  []object[jsonPart]       `json:"remedy_parts,omitempty" zh:"改正方法的各部分" en:"the parts of the remedy"`
		Sources      []string                 `json:"sources" zh:"来源" en:"sources"`
		Evidence     []object[jsonEvidence]   `json:"evidence" zh:"看到的内容" en:"what was seen"`
		Fingerprint  string                   `json:"fingerprint" zh:"同一问题在各次检查中不变的编号" en:"what identifies it from run to run"`
		Suppressed   *object[jsonSuppression] `json:"suppressed" zh:"为什么不计入结果，计入时为 null" en:"why it does not count, null where it does"`
		Closes       bool                     `json:"closes,omitempty" zh:"没有东西可交" en:"there is nothing to submit"`
		Overrulable  bool                     `json:"overrulable,omitempty" zh:"判错时人可以推翻" en:"a person may overrule this fail where it is wrong"`
		Fix          string                   `json:"fix,omitempty" zh:"aecheck fix 可以怎样自动修正" en:"the mend that aecheck fix can do"`
		Item         string                   `json:"item,omitempty" zh:"所属的清单项" en:"the item of the checklist it counts for"`
		Asked        bool                     `json:"asked,omitempty" zh:"因使用者关闭了某项检查而没有查" en:"not checked because the user switched something off"`
	}
	jsonSuppression struct {
		By     string `json:"by" enum:"confirmation,suppression,baseline" zh:"人工确认、设置里的豁免或基线" en:"a person's confirmation, a suppression of the settings or a baseline"`
		Person string `json:"person,omitempty" zh:"确认人" en:"by whom"`
		At     string `json:"at,omitempty" zh:"时间" en:"when"`
		Note   string `json:"note,omitempty" zh:"说明" en:"note"`

		Overruled bool   `json:"overruled,omitempty" zh:"人推翻了「不通过」" en:"the person says that the fail is wrong"`
		From      string `json:"from,omitempty" zh:"豁免写在哪里，或基线文件" en:"where the suppression stands, or the baseline"`
		Expires   string `json:"expires,omitempty" zh:"豁免有效到哪一天" en:"the last day that the suppression holds"`
	}
	jsonEvidence struct {
		Fact     string                `json:"fact" zh:"事实" en:"the fact"`
		Observed any                   `json:"observed" zh:"看到的值" en:"what was seen"`
		Required any                   `json:"required,omitempty" zh:"要求，写成文字" en:"what was wanted, as written"`
		Requires *object[jsonRequired] `json:"requires,omitempty" zh:"要求，分开写" en:"the same, taken apart"`
		Unit     string                `json:"unit,omitempty" zh:"单位" en:"unit"`
		Text     string                `json:"text,omitempty" zh:"读到的原文；有 reason 时为其内容" en:"what was read; the reason, where there is one"`
		Reason   *object[jsonReason]   `json:"reason,omitempty" zh:"为什么没有取得" en:"why it could not be had"`
		Privacy  string                `json:"privacy,omitempty" enum:"public,private,path" zh:"谁可以看 observed" en:"who may see what was observed"`
		Page     int                   `json:"page,omitempty" zh:"页码" en:"page"`
		Box      *[4]int               `json:"box,omitempty" unit:"px" zh:"位置：x、y、宽、高" en:"where: x, y, width, height"`
		Related  *object[jsonRelated]  `json:"related,omitempty" zh:"相关的另一个文件" en:"another file it is about"`
	}
	jsonRelated struct {
		Case  string  `json:"case,omitempty" zh:"案件" en:"case"`
		Asset string  `json:"asset" zh:"文件" en:"file"`
		Box   *[4]int `json:"box,omitempty" unit:"px" zh:"位置" en:"where"`
	}
	jsonItem struct {
		Item      string             `json:"item" zh:"材料种类" en:"kind of material"`
		Title     string             `json:"title" zh:"名称" en:"what people call it"`
		State     verdict.ItemState  `json:"state" enum:"ready,problem,missing,review,recommended,not_needed" zh:"状态" en:"state"`
		Assets    []string           `json:"assets" zh:"文件" en:"files"`
		Findings  []string           `json:"findings" zh:"问题的 fingerprint" en:"fingerprints of what stands against it"`
		Note      string             `json:"note" zh:"接下来做什么" en:"what to do next"`
		NoteParts []object[jsonPart] `json:"note_parts,omitempty" zh:"note 的各部分" en:"the parts of the note"`
	}
	jsonStep struct {
		ID          string             `json:"id" zh:"编号" en:"id"`
		Phase       string             `json:"phase" enum:"before,submit,after" zh:"提交前、提交时、提交后" en:"before, at or after submission"`
		Title       string             `json:"title" zh:"标题" en:"title"`
		Detail      string             `json:"detail" zh:"做法" en:"how"`
		DetailParts []object[jsonPart] `json:"detail_parts,omitempty" zh:"做法的各部分" en:"the parts of the detail"`
		Sources     []string           `json:"sources" zh:"来源" en:"sources"`
	}
	jsonBatch struct {
		Findings made[jsonFinding] `json:"findings" zh:"问题" en:"findings"`
	}
	jsonSummary struct {
		Cases  int `json:"cases" zh:"案件数" en:"cases"`
		Assets int `json:"assets" zh:"文件数" en:"files"`
		Pass   int `json:"pass" zh:"通过" en:"passes"`
		Fail   int `json:"fail" zh:"不通过" en:"fails"`
		Review int `json:"review" zh:"需人工查看" en:"reviews"`
		Skip   int `json:"skip" zh:"不适用" en:"rules that did not apply"`
		Error  int `json:"error" zh:"未能检查" en:"errors"`

		// Pointers: reports of earlier versions do not say.
		Unjudged   *int `json:"unjudged,omitempty" zh:"找到而没有检查的（见 problems）" en:"what was found and not judged, see problems"`
		Confirmed  *int `json:"confirmed,omitempty" zh:"pass 中只凭人工确认的" en:"passes that are one only because a person says so"`
		Overruled  *int `json:"overruled,omitempty" zh:"其中本判为不通过、被人推翻的" en:"those of them that were fails, overruled by a person"`
		Suppressed int  `json:"suppressed,omitempty" zh:"设置或基线不让计入的不通过和需人工查看" en:"fails and reviews that settings or a baseline keep out of all other counts"`

		Ignored *int `json:"ignored,omitempty" zh:"忽略的文件：系统文件、照片的附属文件、aecheck 自己的报告" en:"files ignored: the system's, those that go with photos, reports of aecheck itself"`
	}
	jsonProblem struct {
		Path         string             `json:"path" zh:"文件，没有为空" en:"the file, empty for none"`
		Code         string             `json:"code" zh:"固定代码" en:"stable code"`
		Message      string             `json:"message" zh:"说明" en:"what is wrong"`
		MessageParts []object[jsonPart] `json:"message_parts,omitempty" zh:"说明的各部分" en:"the parts of the message"`
		Unjudged     bool               `json:"unjudged,omitempty" zh:"因此有找到的东西没有检查" en:"something that was found was not judged because of it"`
		Aside        bool               `json:"aside,omitempty" zh:"与检查本身无关，只说豁免或基线" en:"about suppressions or the baseline alone, not about anything that was checked"`
	}
)

// What texts are made of.
type (
	// jsonPart is words (text) or a value.
	jsonPart struct {
		Text *string `json:"text,omitempty" zh:"文字" en:"words"`
		jsonValue
	}
	jsonValue struct {
		Value   any    `json:"value,omitempty" zh:"值，没有为空值" en:"the value; nothing where it is missing"`
		Fact    string `json:"fact,omitempty" zh:"来自哪个事实" en:"the fact it was read from"`
		Unit    string `json:"unit,omitempty" zh:"单位" en:"unit"`
		Format  string `json:"format,omitempty" enum:"percent,bytes,time,date,exact" zh:"怎样显示" en:"how it is shown"`
		Join    string `json:"join,omitempty" zh:"列表各项之间的分隔" en:"what stands between the entries of a list"`
		Total   int    `json:"total,omitempty" zh:"列表原有的项数" en:"entries that the list had"`
		Privacy string `json:"privacy,omitempty" enum:"public,private,path" zh:"谁可以看：任何人、卖家自己，或者是文件路径" en:"who may see it: anybody, the seller alone; or it is a path of a file"`
	}
	jsonRequired struct {
		Op        string `json:"op,omitempty" zh:"比较，写法同规则，如 >=" en:"comparison as rules write it, e.g. >="`
		Key       string `json:"key,omitempty" zh:"该值是 case.yaml 的哪个键，或 now" en:"the key of case.yaml that the value stands for, or now"`
		Condition string `json:"condition,omitempty" zh:"不是比较的条件，写法同规则" en:"a condition that is no comparison, as rules write it"`
		jsonValue
	}
	// jsonReason is a text in the languages of the sources with the values of its
	// placeholders: texts, whole numbers or such objects.
	jsonReason struct {
		ZH     string         `json:"zh,omitempty" zh:"中文" en:"Chinese"`
		EN     string         `json:"en,omitempty" zh:"英文" en:"English"`
		Values map[string]any `json:"values,omitempty" zh:"花括号中的值" en:"values of the placeholders"`
	}
)

// toJSON makes the contract of a report. Reasons are said in its language too.
func toJSON(r *verdict.Report, l lang.Lang) jsonReport {
	to := writer{l, r.Interrupted}
	out := jsonReport{
		SchemaVersion: schemaVersion, Now: r.Now, Lang: r.Lang, Interrupted: r.Interrupted,
		Cases: objects(r.Cases, to.caseOf), Problems: objects(r.Problems, func(p verdict.Problem) jsonProblem {
			return jsonProblem{p.Path, p.Code, Plain(p.Message), partsOf(p.Message), p.Unjudged, p.Aside}
		}),
	}
	out.Tool.is = jsonTool(r.Tool)
	s := r.Summary
	out.Summary.is = jsonSummary{s.Cases, s.Assets, s.Pass, s.Fail, s.Review, s.Skip, s.Error, &s.Unjudged, &s.Confirmed, &s.Overruled, s.Suppressed, &s.Ignored}
	named := func(n verdict.Named) jsonNamed { return jsonNamed(n) }
	out.Rules.is = jsonRules{r.Rules.Digest, list(r.Rules.Layers), r.Rules.Packs, objects(r.Rules.Kinds, named), objects(r.Rules.Slots, named)}
	out.Batch.is.Findings = madeOf(r.Batch.Findings, to.finding)
	return out
}

// writer makes parts of the contract; reasons are said in a language.
type writer struct {
	lang        lang.Lang
	interrupted bool
}

func (w writer) caseOf(c verdict.Case) jsonCase {
	out := jsonCase{
		Of: c.Of, Path: c.Path, ID: c.ID, Outcome: c.Outcome, State: c.State(w.interrupted), Assets: objects(c.Assets, func(a verdict.Asset) jsonAsset { return jsonAsset(a) }),
		Findings: madeOf(c.Findings, w.finding), Checklist: objects(c.Checklist, func(i verdict.ChecklistItem) jsonItem {
			return jsonItem{i.Item, i.Title, i.State, list(i.Assets), list(i.Findings), Plain(i.Note), partsOf(i.Note)}
		}),
		Steps: objects(c.Steps, func(s verdict.Step) jsonStep {
			return jsonStep{s.ID, s.Phase, s.Title, Plain(s.Detail), partsOf(s.Detail), list(s.Sources)}
		}),
	}
	if c.Deadline != nil {
		out.Deadline = &object[jsonDeadline]{is: jsonDeadline(*c.Deadline)}
	}
	return out
}

func (w writer) finding(f verdict.Finding) jsonFinding {
	out := jsonFinding{
		Rule: f.Rule, Slug: f.Slug, Outcome: f.Outcome, Cause: f.Cause, Severity: f.Severity, Confidence: f.Confidence, Basis: f.Basis,
		Asset: f.Asset, Kind: f.Kind, Title: Plain(f.Title), TitleParts: partsOf(f.Title), Message: Plain(f.Message), MessageParts: partsOf(f.Message),
		Remedy: Plain(f.Remedy), RemedyParts: partsOf(f.Remedy), Sources: list(f.Sources), Evidence: objects(f.Evidence, w.evidence),
		Fingerprint: f.Fingerprint, Overrulable: f.Overrulable, Closes: f.Closes, Fix: f.Fix, Item: f.Item, Asked: f.Asked,
	}
	if f.Suppressed != nil {
		out.Suppressed = &object[jsonSuppression]{is: jsonSuppression(*f.Suppressed)}
	}
	return out
}

func (w writer) evidence(e verdict.Evidence) jsonEvidence {
	out := jsonEvidence{
		Fact: e.Fact, Observed: e.Observed, Unit: e.Unit, Text: e.Quote, Privacy: string(e.Privacy.For(e.Observed)), Page: e.Page, Box: e.Box,
	}
	if e.Required != nil {
		out.Required = written(e.Required)
		out.Requires = &object[jsonRequired]{is: jsonRequired{e.Required.Op, e.Required.Key, e.Required.Condition, valueOf(e.Required.Value)}}
	}
	if out.Text == "" && !e.Why.IsZero() {
		out.Text = e.Why.In(w.lang)
		out.Reason = &object[jsonReason]{is: reasonOf(e.Why)}
	}
	if e.Related != nil {
		out.Related = &object[jsonRelated]{is: jsonRelated(*e.Related)}
	}
	return out
}

func partsOf(t verdict.Text) []object[jsonPart] {
	return objects(t, func(p verdict.Part) jsonPart {
		if p.Value == nil {
			return jsonPart{Text: &p.Words}
		}
		return jsonPart{jsonValue: valueOf(*p.Value)}
	})
}

func valueOf(v verdict.Value) jsonValue {
	return jsonValue{v.Of, v.Fact, v.Unit, string(v.Format), v.Join, v.Total, string(v.Privacy.For(v.Of))}
}

func reasonOf(t lang.Text) jsonReason {
	out := jsonReason{ZH: t.ZH, EN: t.EN}
	for i := 0; i+1 < len(t.Values); i += 2 {
		name, isText := t.Values[i].(string)
		if !isText {
			continue
		}
		if out.Values == nil {
			out.Values = map[string]any{}
		}
		out.Values[name] = t.Values[i+1]
		if inner, ok := t.Values[i+1].(lang.Text); ok {
			r := reasonOf(inner)
			out.Values[name] = map[string]any{"zh": r.ZH, "en": r.EN, "values": r.Values}
		}
	}
	return out
}

// list is a list that is never nil: readers need not tell null from [].
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
