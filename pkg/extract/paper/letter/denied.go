package letter

import "strings"

// What a paper withholds is written in the words of what it grants ("不得用于
// 商业用途", "commercial use is prohibited"), so every right is read together
// with the clause it stands in.

// Words that deny what follows them in a clause, and what they follow. They
// run on text in which blanks may be missing, so short ones are bound to the
// words they come with.
var (
	deniesBefore = re(`(?i)(?:` +
		`不得|不可|不能|不许|不准|不应|禁止|严禁|不允许|不支持|不含|不包括|不包含|无权|不授予|不授权|不享有|不具有|不用于|不作|不涉及|未经[^。;]{0,16}(?:同意|许可|授权)|非$` +
		`|(?:may|shall|must|can|could|will|should|is|are|do|does|did)[\s\n]*not\b|cannot|can't|don't|doesn't|mustn't|not[\s\n]*(?:for|be|to|permit|allow|authori[sz]e|licen[sc]e|include|grant|use|cover|intended)|\bno\b|\bnor\b|never|non[\s\n]*-?[\s\n]*$|prohibit(?:s|ed)?|forbid(?:s|den)?|exclud(?:es?|ing|ed)|except|without[\s\n]*(?:the[\s\n]*)?rights?[\s\n]*to` +
		`|\bno[\s\n]+(?:se|est[áa]|podr[áa]n?|puede|incluye)\b|\bsin\b|prohib|proíb|proib|vedad|\bnão\b|\bsem\b|\bne\b|\bn'|\bpas\b|\bsans\b|interdi[ts]|exclu[si]|\bnicht\b|\bkeine?[nrms]?\b|\bohne\b|untersagt|verboten|\bniet\b|\bgeen\b|\bzonder\b|\bnon\b|\bsenza\b|vietat|esclus|\bне\b|\bбез\b|запрещ|исключ|\bnie\b|\bbez\b|zabron|zakaz` +
		`)[^。;,，.!?]{0,48}$`)
	deniesAfter = re(`(?i)^[^。;,，.!?\n]{0,24}?(?:` +
		`除外|(?:被|均|一律|严格|行为)?(?:禁止|不允许|不包括|不在(?:授权|许可|本))|(?:须|需|应)另行|` +
		`(?:is|are|be|being)?[\s\n]*(?:strictly|expressly|explicitly)?[\s\n]*(?:prohibited|forbidden|excluded|disallowed|not[\s\n]*(?:allowed|permitted|granted|included|authori[sz]ed|covered))|(?:requires?|needs?)[\s\n]*(?:an?[\s\n]*)?(?:separate|paid|additional|written|extra)` +
		`|prohibid|proibid|interdite?s?\b|exclue?s?\b|untersagt|verboten|ausgeschlossen|nicht[\s\n]*(?:gestattet|erlaubt|zulässig)|vietat|esclus|verboden|niet[\s\n]*toegestaan|запрещ|исключ|не[\s\n]*(?:допуск|разреш)|zabron|zakaz|niedozwol|yasak` +
		`)|^[\s\n]*[:=][\s\n]*(?:否|不|无|no\b|none\b|not\b|false\b|prohibited|forbidden)`)
	// What looks like a denial and is none.
	deniesNot = re(`(?i)不(?:仅|只)?限于|不受[^。;,，]{0,6}限制|非独家|非排他|非独占|不可撤销|除非` +
		`|not[\s\n]*(?:be[\s\n]*)?limited[\s\n]*to|whether[\s\n]*or[\s\n]*not|(?:not|never|nicht|ne|no)[\s\n]*(?:expressly[\s\n]*)?(?:prohibit|forbid|exclud|restrict)\w*|no[\s\n]*(?:additional|extra|further)?[\s\n]*(?:fees?|charge|cost|royalt|limit|restriction)\w*` +
		`|non[\s\n]*-?[\s\n]*(?:exclusi|esclusi|transf|cess|sub)\w*|(?:no|não)[\s\n]*(?:exclusiv|transfer)\w*|nicht[\s\n]*-?[\s\n]*(?:ausschließ|exklusiv|übertragbar)\w*|niet[\s\n]*-?[\s\n]*exclusie\w*|не[\s\n]*исключительн\p{L}*|niewyłączn\p{L}*`)
	// A denial of what goes beyond the grant withholds nothing of it.
	beyondBefore = re(`(?i)以外|之外|超出|其他|其它|other[\s\n]*(?:than[^。;,.]{0,40})?$|beyond|outside`)
	beyondAfter  = re(`(?i)^[^。;,，\n]{0,6}(?:以外|之外)|^[\s\n]*(?:other[\s\n]*than|beyond|outside|not[\s\n]*(?:covered|provided|described)[\s\n]*(?:by|in|for))`)
	// noCommerce denies commercial use in so many words, in any language.
	noCommerce = re(`(?i)非商业|非商用|非营利|non[\s\n]*-?[\s\n]*commerc|\bno[\s\n]*-?[\s\n]*comercial|não[\s\n]*-?[\s\n]*comercia|nicht[\s\n]*-?[\s\n]*(?:kommerziell|gewerblich)|niet[\s\n]*-?[\s\n]*commercieel|некоммерч|niekomerc|CC[\s\n]*BY[\s\n-]*(?:ND[\s\n-]*)?NC|(?:仅|只)(?:限|供|可|能|用于)?(?:于|用于)?[^。;,，\n]{0,4}(?:个人(?:使用|学习|欣赏|用途)|学习|研究)|personal[\s\n]*(?:use[\s\n]*)only|(?:only|solely)[\s\n]*for[\s\n]*(?:your[\s\n]*)?(?:own[\s\n]*)?personal|for[\s\n]*personal[\s\n]*use[\s\n]*only` +
		`|(?:s[óo]lo|solamente|[úu]nicamente|exclusivamente|apenas|somente|esclusivamente|soltanto)[\s\n]+(?:para[\s\n]+|per[\s\n]+|a[\s\n]+)?(?:uso|fines?|fins|fini|scopi)[\s\n]+(?:personal|pessoa|privat|privad)|uso[\s\n]+(?:personale?|pessoal|privato|privado)[\s\n]+(?:exclusiv|[úu]nicament|solament|apenas|somente|esclusiv|soltanto)|(?:exclusivement|uniquement|strictement|réservée?)[\s\n]+(?:à[\s\n]+|pour[\s\n]+)?(?:un[\s\n]+|des[\s\n]+|l')?(?:usage|utilisation|fins)[\s\n]+(?:personnel|privé)|(?:usage|utilisation)[\s\n]+(?:strictement[\s\n]+)?(?:personnelle?|privée?)[\s\n]+(?:exclusiv|uniquement|seulement)|(?:nur|ausschließlich|lediglich)[\s\n]+(?:für[\s\n]+|zum[\s\n]+|zu[\s\n]+|zur[\s\n]+)?(?:den[\s\n]+)?(?:privat|persönlich)e?[nrms]?[\s\n]+(?:Zweck|Gebrauch|Nutzung|Verwendung)`)
	// bothUses names commercial use beside the other, and grants them alike.
	bothUses  = re(`(?i)(?:商业(?:性|用途|使用|目的)?[\s\n]*(?:和|及|与|或|、|/|以及)|commercial(?:e|es|ly|i)?(?:[\s\n]*(?:use|purposes?))?[\s\n]*(?:and|or|y|o|et|ou|e|/|&|as[\s\n]+well[\s\n]+as)|kommerzielle?[nrms]?[\s\n]*(?:und|oder))[\s\n]*(?:(?:for|para|per|pour|für|用于)[\s\n]*)?$`)
	bothAfter = re(`(?i)^[^。;,，.\n]{0,6}[\s\n]*(?:和|及|与|或|、|/|以及|and|or|y|o|et|ou|e|und|oder)[\s\n]*(?:for[\s\n]+)?(?:商业|商用|commercial|comercial|kommerziell)`)
)

// denied reports whether a right named at a place is withheld there.
func (t *text) denied(s span) bool {
	before, after := t.near(s, 160)
	// A clause begins after the last full stop or comma.
	if i := strings.LastIndexAny(before, "。;,!?"); i >= 0 {
		before = before[i+1:]
	}
	if i := strings.LastIndex(before, ". "); i >= 0 {
		before = before[i+2:]
	}
	if beyondBefore.MatchString(before) || beyondAfter.MatchString(after) {
		return false
	}
	return deniesBefore.MatchString(deniesNot.ReplaceAllString(before, " ")) ||
		deniesAfter.MatchString(deniesNot.ReplaceAllString(after, " , "))
}

// noCommerce reports a place that names commercial use to deny it ("non-commercial
// use"), and one that names it beside its opposite, which denies nothing.
func (t *text) noCommerce(m []int) (denies, both bool) {
	from := max(0, m[0]-8)
	at := noCommerce.FindStringIndex(t.flow[from:m[1]])
	if at == nil {
		return false, false
	}
	both = t.bothUses([]int{from + at[0], from + at[1]})
	return !both, both
}

// bothUses reports a denial that stands beside its opposite: "commercial and
// non-commercial use" grants both.
func (t *text) bothUses(m []int) bool {
	before, after := t.near(span{m[0], m[1]}, 40)
	return bothUses.MatchString(before) || bothAfter.MatchString(after)
}

// rights reads what is granted and what is withheld: a right may be both, as
// in terms that differ by plan.
func (r *reader) rights() {
	d, flow := r.doc, r.text.flow
	const most = 12 // places looked at
	for _, w := range rightWords {
		for _, m := range w.re.FindAllStringIndex(flow, most) {
			s := span{m[0], m[1]}
			list, field := &d.Rights, "rights"
			denied, both := false, false
			if w.name == "commercial_use" {
				denied, both = r.text.noCommerce(m)
			}
			if denied || !both && r.text.denied(s) {
				list, field = &d.Denied, "denied"
			}
			add(list, w.name, func(string) { r.found(field, w.name, s) })
		}
	}
	for _, m := range noCommerce.FindAllStringIndex(flow, most) {
		if r.text.bothUses(m) {
			continue
		}
		add(&d.Denied, "commercial_use", func(string) { r.found("denied", "commercial_use", span{m[0], m[1]}) })
	}
}
