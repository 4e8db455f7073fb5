package rules

import (
	"time"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// File is one rules file: the built-in rules.yaml or a layer over it. The tags
// are the schema: what pkg/config accepts, what `rules schema` prints.
//
// A later layer is merged over an earlier one: params leaf by leaf; kinds,
// slots, rules and checklist steps by id, given fields replacing; tracks,
// holidays and catalogs by key; ignore is added to; entries of materials are
// asked before those of earlier layers.
type File struct {
	SchemaVersion int                    `json:"schema_version" zh:"格式版本，目前为 1" en:"schema version, 1"`
	Pack          *Pack                  `json:"pack" zh:"这个文件是一个平台的规则包" en:"the file is the pack of a marketplace"`
	Params        config.Raw             `json:"params" shape:"map" zh:"规则可引用的参数：params.a.b；可分层覆盖" en:"parameters rules refer to as params.a.b; a layer may set any of them"`
	Kinds         []Kind                 `json:"kinds" zh:"材料种类，按清单顺序" en:"kinds of material, in the order of the checklist"`
	Slots         []Slot                 `json:"slots" zh:"图位" en:"slots of a listing"`
	BesidePhotos  []string               `json:"ignore_beside_photos" zh:"只有商品照片的文件夹（如代码仓库）里忽略的文件名（可用 * ?）" en:"names ignored in a plain folder of photos, such as a repository; * and ? allowed"`
	Sidecars      []string               `json:"sidecars" zh:"照片旁同名附属文件的扩展名（不带点），扫描时忽略" en:"extensions, without the dot, of what lies beside a photo of the same name; ignored while scanning"`
	Ignore        []string               `json:"ignore" zh:"扫描时忽略的文件名（可用 * ?）" en:"names ignored while scanning; * and ? allowed"`
	Tracks        map[string]Track       `json:"tracks" zh:"申诉通道" en:"tracks of appeal"`
	Holidays      map[string]HolidayYear `json:"holidays" zh:"节假日与调休，按年份" en:"public holidays and make-up working days, by year"`
	Materials     []Material             `json:"materials" zh:"所需材料：每项取第一个条件成立的条目" en:"materials wanted: for each item the first entry whose condition holds"`
	Checklist     []Step                 `json:"checklist" zh:"清单中需人工完成的步骤" en:"manual steps printed with the checklist"`
	Catalogs      map[string]config.Raw  `json:"catalogs" zh:"词表与数据表" en:"word lists and tables"`
	Rules         []Spec                 `json:"rules" zh:"规则" en:"rules"`
}

// Pack says that a file holds the rules of one marketplace, which is judged by where
// it is chosen. A layer without one is laid over whatever is chosen.
type Pack struct {
	Name       string    `json:"name" pattern:"^[a-z][a-z0-9-]*$" zh:"规则包的名称" en:"name of the pack"`
	Title      lang.Text `json:"title" zh:"平台" en:"the marketplace"`
	Prefix     string    `json:"prefix" pattern:"^[A-Z]{2,4}$" zh:"规则编号的前缀" en:"what the ids of its rules begin with"`
	VerifiedOn time.Time `json:"verified_on,omitzero" zh:"来源核实日期" en:"when its sources were last looked at"`
	// DefaultSlot is that of a picture which nothing places.
	DefaultSlot string               `json:"default_slot" zh:"没有别的依据时商品照片算哪个图位，空为不知道" en:"slot of a product photo that nothing places; none where it is empty"`
	Asks        map[string]lang.Text `json:"asks" zh:"各图位的要求，aecheck explain 图位 时显示" en:"what is asked of pictures by slot, shown by aecheck explain SLOT"`
}

// Kind is a kind of material.
type Kind struct {
	ID      string    `json:"id" pattern:"^[a-z][a-z0-9_]*$" zh:"种类" en:"kind"`
	Title   lang.Text `json:"title" zh:"名称" en:"name"`
	Aliases []string  `json:"aliases" zh:"文件夹名或文件名中的写法" en:"words that name it in folder or file names"`
	Limits  lang.Text `json:"limits" zh:"对文件的要求，印在清单上" en:"what is asked of the file, printed on the checklist"`
	Obtain  lang.Text `json:"obtain" zh:"缺少时怎样取得" en:"how to get it when it is missing"`
}

// Slot is a place of a picture in a listing.
type Slot struct {
	ID      string    `json:"id" pattern:"^[a-z][a-z0-9_]*$" zh:"图位" en:"slot"`
	Title   lang.Text `json:"title" zh:"名称" en:"name"`
	Aliases []string  `json:"aliases" zh:"文件夹名或文件名中的写法" en:"words that name it in folder or file names"`
	Names   []string  `json:"names" zh:"文件名的写法（正则表达式，RE2），优先于其他依据" en:"what file names look like (regular expressions, RE2); goes before all else but case.yaml and settings"`
}

// Track is a way to appeal and its window.
type Track struct {
	Title       lang.Text `json:"title" zh:"名称" en:"name"`
	Window      int       `json:"window" zh:"首次提交的期限（天）" en:"window of the first submission" unit:"days"`
	LaterWindow int       `json:"later_window" zh:"之后每次提交的期限（天），0 为无" en:"window of each later submission, 0 for none" unit:"days"`
	Unit        string    `json:"unit" enum:"calendar_days,business_days" zh:"自然日或工作日" en:"calendar or business days"`
	Start       []string  `json:"start" list:"one" enum:"violation.effective_at,violation.notified_at,violation.complaint.filed_at" zh:"从这些 case.yaml 时间中最早的一个起算" en:"keys of case.yaml; the window runs from the earliest given"`
	Attempts    int       `json:"attempts" zh:"可提交次数，0 为不限" en:"submissions allowed, 0 for no limit"`
	Basis       string    `json:"basis" enum:"official,several,one,seed_only,inferred" zh:"依据" en:"who says so"`
	Sources     []string  `json:"sources" zh:"来源" en:"sources"`
	VerifiedOn  time.Time `json:"verified_on,omitzero" zh:"核实日期" en:"when the sources were last looked at"`
	Note        lang.Text `json:"note" zh:"说明" en:"note"`
}

// HolidayYear is one year of the official calendar.
type HolidayYear struct {
	Off     []Holiday   `json:"off" zh:"放假" en:"days off"`
	Work    []time.Time `json:"work" zh:"调休上班的周末" en:"weekend days worked"`
	Sources []string    `json:"sources" zh:"来源" en:"sources"`
}

// Holiday is a run of days off, both ends counted.
type Holiday struct {
	From time.Time `json:"from" zh:"第一天" en:"first day"`
	To   time.Time `json:"to,omitzero" zh:"最后一天，省略为一天" en:"last day; one day when left out"`
	Name lang.Text `json:"name" zh:"名称" en:"name"`
}

// Material says whether an item is wanted. When may read case, clock,
// materials and params; a key of case.yaml that was not given counts as its
// default or typed zero.
type Material struct {
	Item    string    `json:"item" zh:"材料种类" en:"a kind"`
	When    string    `json:"when" zh:"条件（表达式）" en:"condition (expression)"`
	State   string    `json:"state" enum:"required,recommended,not_needed" zh:"必需、建议、不需要" en:"required, recommended or not needed"`
	Review  bool      `json:"review" zh:"缺少时需人工判断，不算缺失" en:"when there is none a person decides; it does not count as missing"`
	Note    lang.Text `json:"note" zh:"说明" en:"note"`
	Sources []string  `json:"sources" zh:"来源" en:"sources"`
}

// Step is something no program can do, printed with the checklist.
type Step struct {
	ID      string    `json:"id" zh:"编号" en:"id" pattern:"^[a-z][a-z0-9_-]*$"`
	Title   lang.Text `json:"title" zh:"标题" en:"title"`
	Detail  lang.Text `json:"detail" zh:"做法" en:"how"`
	When    string    `json:"when" zh:"条件（表达式）" en:"condition (expression)"`
	Phase   string    `json:"phase" enum:"before,submit,after" zh:"提交前、提交时、提交后" en:"before, at or after submission"`
	Sources []string  `json:"sources" zh:"来源" en:"sources"`
}

// Spec is a rule as written. A rule is violated (fail) when require is false,
// forbid is not empty or the check says so; where it is not, and review is
// true or not empty, a person must look.
type Spec struct {
	ID            string     `json:"id" pattern:"^[A-Z]{2,4}[0-9]{3}$" zh:"编号" en:"id"`
	Slug          string     `json:"slug" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" zh:"短名，说明问题所在" en:"short name of the problem"`
	For           []string   `json:"for" list:"one" zh:"适用：种类、种类/图位、any、case 或 batch" en:"a kind, kind/slot, any (every file), case or batch; or a list of kinds"`
	Severity      string     `json:"severity" enum:"error,warning,info" zh:"严重程度" en:"severity"`
	Confidence    string     `json:"confidence" enum:"certain,likely,guess" zh:"把握；guess 只会要求人工查看" en:"how sure; a guess never fails, a person looks"`
	Overrule      string     `json:"overrule" enum:"likely,never" zh:"判为不通过时，人能否推翻：likely 表示把握为 likely 时可以（默认），never 表示不可以；certain 从不可以" en:"whether a person may overrule a fail: likely (the default) where its confidence is likely, never; a certain one can never be overruled"`
	Closes        bool       `json:"closes" zh:"不通过时没有东西可交，结论就用它的标题" en:"its fail means that there is nothing to submit: the verdict is its title"`
	Basis         string     `json:"basis" enum:"official,several,one,seed_only,inferred" zh:"依据" en:"who says so"`
	Title         lang.Text  `json:"title" zh:"标题" en:"title"`
	Message       lang.Text  `json:"message" zh:"违反时的说明，可含 {事实}" en:"said when violated; {fact} placeholders"`
	MessageReview lang.Text  `json:"message_review" zh:"需人工查看时的说明，默认同 message" en:"said when a person must look; message when left out"`
	Remedy        lang.Text  `json:"remedy" zh:"怎样修正" en:"how to mend it"`
	Fix           string     `json:"fix" enum:"still,upright,srgb,flatten,unframe,whiten,crop,aspect,resize,enlarge,ai_label,format,compress,metadata,rename" zh:"aecheck fix 怎样自动修正" en:"the mend that aecheck fix does about it"`
	Rationale     lang.Text  `json:"rationale" zh:"为什么" en:"why"`
	Sources       []string   `json:"sources" zh:"来源：M 行号或网址" en:"M lines and addresses"`
	VerifiedOn    time.Time  `json:"verified_on,omitzero" zh:"来源核实日期" en:"when the sources were last looked at"`
	ValidFrom     time.Time  `json:"valid_from,omitzero" zh:"从哪一天起要求；之前只作提示" en:"the first day it is required; told as a note before"`
	ValidUntil    time.Time  `json:"valid_until,omitzero" zh:"要求到哪一天为止，之后不再检查" en:"the last day it is required; not judged after"`
	General       bool       `json:"general" zh:"与平台无关：不选它的规则包时也检查" en:"goes for every marketplace: judged though its pack is not chosen"`
	Unfiled       bool       `json:"unfiled" zh:"没有 case.yaml 时也按默认值检查，这时只提请人看，不判不通过" en:"judged without case.yaml too, by the defaults of its keys; then a person looks instead of a fail"`
	Item          string     `json:"item" zh:"清单项；单一种类的规则默认为该种类" en:"checklist item; the kind itself when the rule is for one kind"`
	When          string     `json:"when" zh:"何时适用（表达式，真假）" en:"when it applies (bool expression)"`
	Require       string     `json:"require" zh:"必须成立（表达式，真假）" en:"what must hold (bool expression)"`
	Forbid        string     `json:"forbid" zh:"必须为空（表达式，列表）" en:"what must be empty (list expression)"`
	Review        string     `json:"review" zh:"未违反但需人工查看（表达式，真假或列表）" en:"not violated, but a person must look (bool or list expression)"`
	Check         string     `json:"check" zh:"内置检查的名称" en:"name of a built-in check"`
	With          config.Raw `json:"with" shape:"map" zh:"内置检查的参数" en:"parameters of the check"`
	Examples      Examples   `json:"examples" zh:"例子，由 rules test 运行" en:"examples, run by rules test"`
	Disabled      *Disabled  `json:"disabled" zh:"停用" en:"switched off"`
}

// Disabled says why a rule is switched off. Null switches it on again.
type Disabled struct {
	Reason string `json:"reason" zh:"原因" en:"reason"`
}

// Examples are small worlds and what the rule must say of them. Each maps
// dotted paths to values: facts (`image.short_side: 900`), `asset.kind`,
// `asset.slot`, `asset.path`, `case.…` (the keys given in case.yaml),
// `clock.…`, `materials.…`; and
//
//	unavailable: [exif]      facts that could not be had
//	case_file: false         there is no case.yaml
//	assets: [{asset.kind: source, hash.dhash: …}, …]   other files of the case
//	pairs: [{a: …, b: …, distance: 0.1}, …]            compared pictures
//	cases: [ {…}, {…} ]      the cases of a batch, each a world of its own
//	with: {words: [a]}       parameters of the check, for this example
//
// A fact that is not named is present with its typed zero.
type Examples struct {
	Pass   []config.Raw `json:"pass" shape:"map" zh:"应通过" en:"must pass"`
	Fail   []config.Raw `json:"fail" shape:"map" zh:"应不通过" en:"must fail"`
	Review []config.Raw `json:"review" shape:"map" zh:"应要求人工查看" en:"must ask for a person"`
	Skip   []config.Raw `json:"skip" shape:"map" zh:"应不适用" en:"must not apply"`
}

// JSONSchema describes rules files for editors (JSON Schema draft 2020-12).
func JSONSchema() ([]byte, error) {
	return config.Schema(File{}, "https://github.com/aecheck/aecheck/schema/rules.json", "aecheck rules.yaml", nil)
}
