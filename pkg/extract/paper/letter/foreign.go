package letter

// The seller centre speaks the seller's language, and sellers of Spain, Brazil, France,
// Italy, Germany, Russia and Turkey commit themselves in theirs. These are the words of
// es, pt, fr, it, de, ru and tr that notice.go, noticescope.go, noticetimes.go and kind.go
// look for beside the Chinese and English ones; accents may be lost in recognition.
const (
	// of joins two nouns: "de la", "da", "d'", "del".
	of = `(?:(?:d[aeiou]l{0,2}[ao]?|de (?:la|los|las|l')|d'|dell') ?)?`
	// a number, before what it is of.
	aNumber = `(?:ID|n ?\.? ?[º°o]\.?|n[uú]mero|num[eé]ro|c[oó]digo|codice|identifiant|r[eé]f[eé]rence|идентификатор|номер|№)`
	// violation is what the platform calls it.
	aViolation = `(?:infracci[oó]n|infra[cç][aã]o|infraction|infrazione|viola[cç][aã]o|violazione|violation|sanci[oó]n|san[cç][aã]o|sanction|sanzione|penalizaci[oó]n|penalidade|puni[cç][aã]o|p[eé]nalit[eé]|нарушения|взыскания|штрафа)`

	foreignViolationID = aNumber + ` ` + of + aViolation + `|(?:versto(?:ß|ss)|straf|sanktions)(?:es)?[- ]?(?:ID|nr\.?|nummer)|(?:ihlal|ceza) (?:ID|no|numaras[ıi]|kimli[gğ]i)`
	foreignProductID   = aNumber + ` ` + of + `(?:producto|produto|produit|prodotto|art[ií]culo|artigo|article|articolo|anuncio|an[uú]ncio|annonce|товара|объявления)|(?:produkt|artikel)[- ]?(?:ID|nr\.?|nummer)|[uü]r[uü]n (?:ID|no|kimli[gğ]i)`

	foreignNotice = aNumber + ` ` + of + aViolation + `|(?:tipo|type|detalles?|detalhes?|d[eé]tails?|dettagli|centro|centre) ` + of + `(?:infracci[oó]n|infracciones|infra[cç][aã]o|infra[cç][oõ]es|infractions?|infrazion[ei]|viola[cç][aã]o|violazion[ei])|(?:тип|вид|детали) нарушени[яй]|versto(?:ß|ss)(?:details|art|typ)|ihlal (?:t[uü]r[uü]|detay)`

	foreignCommitment = `carta de compromiso|compromiso sobre|carta de compromisso|termo de compromisso|lettre d'engagement|lettera d'impegno|verpflichtungserkl[aä]rung|письмо-обязательство|обязательственное письмо|гарантийное письмо|taahh[uü]tname`

	foreignState  = `estado|situa[cç][aã]o|[eé]tat|statut|stato|статус|состояние|durum`
	foreignType   = `(?:tipo|type|motivo|motif) ?` + of + aViolation + `|(?:тип|вид|причина) ?нарушения|versto(?:ß|ss)(?:art|typ)|art ?des ?versto(?:ß|ss)es|ihlal ?(?:t[uü]r[uü]|nedeni)`
	foreignActive = `penalizad[oa]|penalizzat[oa]|sancionad[oa]|sanzionat[oa]|punid[oa]|p[eé]nalis[eé]e?|sanctionn[eé]e?|bestraft|sanktioniert|наказан|оштрафован|взыскание ?применено|cezaland[ıi]r[ıi]ld[ıi]|ceza ?uyguland[ıi]`
	// What has not happened yet or is undone holds the words of what is.
	foreignPending = `(?:a[uú]n|ainda|pas ?encore|non ?ancora|noch ?nicht|ещ[её] ?не|hen[uü]z).{0,24}|pendiente|pendente|en ?attente|in ?attesa|ausstehend|en ?revisi[oó]n|em ?an[aá]lise|в ?ожидании|на ?рассмотрении|beklemede|inceleniyor`
	foreignLifted  = `levantad[oa]|revocad[oa]|revogad[oa]|anulad[oa]|cancelad[oa]|lev[eé]e|annul[eé]e?|revocat[oa]|annullat[oa]|aufgehoben|снято|снят|отмен[её]н|kald[ıi]r[ıi]ld[ıi]|iptal ?edildi`

	foreignDeadline  = `(?:plazo|prazo|fecha l[ií]mite|data limite|date limite|d[eé]lai|scadenza|termine|vencimiento|fin)[^:\n]{0,12}(?:apelaci[oó]n|apelar|apela[cç][aã]o|recurso|recorrer|appel|recours|ricorso|appello)[^:\n]{0,8}|(?:apelar|recorrer|faire appel|ricorrere) (?:antes d[eo]l?|at[eé]|avant|entro)[^:\n]{0,6}|(?:einspruchs|widerspruchs|berufungs)frist|frist[^:\n]{0,12}(?:einspruch|widerspruch)|(?:срок|конец|окончание)[^:\n]{0,12}(?:апелляции|обжалования)|крайний срок[^:\n]{0,14}|(?:[iİ]tiraz|ba[sş]vuru)[^:\n]{0,10}(?:s[uü]resi|tarihi|biti[sş]i)`
	foreignEffective = `(?:fecha|data|hora|date|heure)[^:\n]{0,8} ` + of + `(?:entrada (?:en|em) vigor|entr[eé]e en vigueur|entrata in vigore|inicio|efecto|effet|(?:la |l')?(?:sanci[oó]n|san[cç][aã]o|sanction|sanzione|penalizaci[oó]n|penalidade|puni[cç][aã]o|p[eé]nalit[eé]))|en vigor desde|em vigor desde|en vigueur depuis|in vigore dal|(?:datum|zeitpunkt) (?:des inkrafttretens|der (?:strafe|sanktion))|inkrafttreten|g[uü]ltig seit|(?:дата|время) (?:вступления в силу|взыскания|наказания|штрафа)|(?:y[uü]r[uü]rl[uü]k|ceza)[^:\n]{0,6} tarihi`
	foreignNotified  = `(?:fecha|data|date) ` + of + `(?:notificaci[oó]n|notifica[cç][aã]o|notification|notifica|env[ií]o|envio|envoi|invio)|benachrichtig(?:t am|ungsdatum)|(?:дата|время) (?:уведомления|отправки)|bildirim tarihi`
)

// foreignTypes are the types of violation, by the names of case.yaml.
const (
	foreignStolen    = `im[aá]gen(?:es)? (?:robada|copiada|ajena)|robo de (?:im[aá]gen|foto)|uso no autorizado de im|image[mn]s? (?:roubada|copiada)|roubo de imag|uso n[aã]o autorizado de im|images? (?:vol[eé]e|copi[eé]e)|vol d'images?|utilisation non autoris[eé]e d'im|immagin[ei] rubat|furto di immagin|uso non autorizzato di imm|gestohlene[sn]? bild|bilder?diebstahl|кража изображени|украденн\pL{2} (?:изображени|фото)|[cç]al[ıi]nt[ıi] (?:g[oö]rsel|resim)`
	foreignBrand     = `(?:logo(?:tipo)?|marca|marque|marchio)s? (?:de (?:marca )?)?(?:no autorizad|n[aã]o autorizad|non autoris|non autorizzat|de terc|di terzi|tierce)|fremde[sr]? (?:marke|logo)|чуж\pL{2,3} (?:бренд|логотип|марк)|izinsiz marka`
	foreignWatermark = `marcas? (?:de agua|d'[aá]gua)|filigran[ea]?|wasserzeichen|водян\pL{2,3} знак`
	foreignContact   = `(?:datos|informaci[oó]n) de contacto|(?:dados|informa[cç][oõ]es) de contato|coordonn[eé]es|informations? de contact|(?:dati|informazioni) di contatto|kontaktdaten|контактн\pL{2,3} (?:данн|информац)|ileti[sş]im bilgi`
	foreignAI        = `(?:\bIA\b|intelig[eê]ncia artificial|intelligence artificielle|intelligenza artificiale|\bKI\b|\bИИ\b|yapay zeka)[^.\n]{0,24}(?:sin (?:etiqueta|identificar|declarar)|sem (?:etiqueta|r[oó]tulo|identifica)|non (?:[eé]tiquet|signal|dichiarat|etichettat)|nicht gekennzeichnet|ungekennzeichnet|без (?:маркировки|пометки)|etiketsiz)`
)
