package letter

import "strings"

// A licence of a picture library may be one for newspapers and books alone ("editorial
// use only", 仅限编辑用途): it names the licensee, the term and the picture rightly, and
// still no listing may show the picture. Such words deny commercial use as others do that
// name it.

// Wordings that limit a picture to editorial use.
var (
	// onlyEditorial says so whatever stands around it.
	onlyEditorial = flex(`(?i)(?:仅|只)(?:限于?|供|可|能|得|允许|适?用于|授权)(?:于|作|用于|作为|在)?[^。;,，\n商]{0,4}(?:编辑|新闻|社论)(?:类|性)?(?:用途|使用|目的|报道|出版|授权|许可|传播)` +
		`|editorial (?:use|usage|uses|purposes?|content|licen[cs]e) only\b|\bonly (?:be used )?for (?:use in )?(?:editorial|news)\b|(?:limited|restricted|solely|exclusively|strictly) (?:to |for |used for )?(?:editorial|news (?:reporting|use))|\bnur (?:für |zur |zu |die )?redaktionelle?[nrms]?\b|(?:ausschließlich|ausschliesslich|lediglich|allein) (?:für |zur |zu |die )?redaktionelle?[nrms]?\b` +
		`|(?:s[óo]lo|solamente|[úu]nicamente|exclusivamente|apenas|somente|esclusivamente|unicamente|soltanto|solo) (?:para |per |a |ao |al |de )?(?:un |el |o |l')?(?:uso|usos|fines?|fins|fini|scopi|utilizzo|utiliza[cç][aã]o) (?:de )?(?:car[áa]cter )?editoria(?:l|les|is|le|li)\b` +
		`|(?:uso|usos|fines?|fins|fini|scopi|utilizzo) editoria(?:l|les|is|le|li) (?:exclusiv|[úu]nicament|solament|s[óo]lo|apenas|somente|esclusiv|soltanto|unicament)` +
		`|(?:exclusivement|uniquement|seulement|strictement) (?:pour |à |réservée? à )?(?:un |des |l')?(?:usages?|utilisations?|fins) éditoria(?:l|le|les|ux)|(?:usage|utilisation|fins) éditoria(?:l|le|les|ux) (?:exclusiv|uniquement|seulement)|(?:usage|utilisation) (?:exclusivement|uniquement|strictement|purement) éditoria|réservée? (?:à |aux )(?:un |une |l')?(?:usages?|utilisations?|fins) éditoria`)
	// goodsUse is what a listing does with a picture.
	goodsUse = flex(`(?i)(?:商品|产品|货物)(?:的)?(?:销售|售卖|推广|宣传|展示)|销售(?:商品|产品)|电商|电子商务|网店|网上店铺|(?:网络|线上|在线)销售|商业(?:性)?(?:推广|宣传|广告)` +
		`|(?:sales?|selling|promotion) of (?:goods|products)|sell (?:goods|products)|e-?commerce|online (?:sales?|stores?|shops?|retail|marketplaces?)|product (?:listings?|sales?|promotion|advertising)` +
		`|venta de (?:productos|mercanc[íi]as)|comercio electr[óo]nico|com[ée]rcio eletr[ôoó]nico|venda de (?:produtos|mercadorias)|vente de (?:produits|marchandises)|commerce (?:électronique|en ligne)|Verkauf von (?:Waren|Produkten)|Online-?handel|vendita di (?:prodotti|merci)|commercio elettronico`)
)

// What takes the meaning out of such a wording.
var (
	// otherwise stands before it: "not limited to", "pictures marked", "without consent".
	otherwise = re(`(?i)(?:并非|不是|不仅|不只|不再|不限|没有|非|不)$|(?:标注|标有|标明|标记|标为|注明|如|若|倘|凡)[^。;\n]{0,12}$|(?:\bnot|\bno[\s\n]+longer|n't|never|without|\bnicht|\bno|\bnon|\bnão|\bpas)[\s\n]+(?:(?:be|is|are|being|just|merely|se|est[áa])[\s\n]+){0,2}$|(?:marked|labell?ed|designated|identified|flagged|tagged|\bif|unless)[^.;\n]{0,24}$`)
	// elsewhere is said of other goods, other people, or of what no consent is given to.
	elsewhere = re(`(?i)其[他它]|以外|之外|未经|未获|未授权|假冒|侵权|违法|违规|伪劣|违禁|第三方|第三人|他人|竞争|竞品|无关|作为|转售|转卖|转让|不限|包括但|other|beyond|third|compet|counterfeit|infring|illegal|unauthori[sz]ed|without|resale|resell|unrelated|limit|restric|schränk|otro|otra|altr[io]|autre|outr[oa]s?\b|ander|falsific|contrefa|sin autoriz`)
	elseAfter = re(`(?i)^[^。;.\n]{0,16}(?:以外|之外|(?:other|except|unless|without)\b|salvo|sauf|außer|tranne|exceto)`)
	// directly stands before what is denied and nothing between.
	directly = re(`(?i)(?:不得|不可|不能|禁止|严禁)(?:直接)?用于$|\bnot[\s\n]+be[\s\n]+used[\s\n]+(?:for|in)[\s\n]+$`)
	// forSale names the place where listings are: the paper grants what the wording denies.
	forSale = re(`(?i)速卖通|aliexpress`)
)

// limited notes commercial use as denied where the paper limits a picture to editorial use
// or rules out the sale of goods.
func (r *reader) limited() {
	const (
		most   = 8  // places looked at for each wording
		around = 60 // bytes read before and after
	)
	d, t := r.doc, r.text
	deny := func(m []int) {
		add(&d.Denied, "commercial_use", func(string) { r.found("denied", "commercial_use", span{m[0], m[1]}) })
	}
	for _, m := range onlyEditorial.FindAllStringIndex(t.flow, most) {
		if before, _ := t.near(span{m[0], m[1]}, around); !otherwise.MatchString(before) {
			deny(m)
		}
	}
	// A paper that names the marketplace grants what the wording seems to deny, and a letter
	// about a mark forbids many a thing that has nothing to do with its grant.
	if forSale.MatchString(t.flow) {
		return
	}
	wide := d.Kind != "other" && d.Kind != "copyright"
	for _, m := range goodsUse.FindAllStringIndex(t.flow, most) {
		s := span{m[0], m[1]}
		before, after := t.near(s, around)
		if i := strings.LastIndexAny(before, "。;!?"); i >= 0 {
			before = before[i+1:]
		}
		if wide && !directly.MatchString(before) {
			continue
		}
		if t.denied(s) && !elsewhere.MatchString(before) && !elseAfter.MatchString(after) {
			clause := before[strings.LastIndexAny(before, ",:\n")+1:] // with the words that deny it
			deny([]int{m[0] - len(clause), m[1]})
		}
	}
}
