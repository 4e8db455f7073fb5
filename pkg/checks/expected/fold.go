package expected

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// traditional and simplified are the same characters, one for one: those that
// occur in names of companies, places and trades and in legal forms.
const (
	traditional = "萬與專業東絲兩嚴個豐臨為麗舉義樂習鄉書買亂爭於雲亞產畝親億僅從侖倉儀們價眾優會傘偉傳傷倫偽體傭債傾償儲兒黨蘭關興養獸內岡冊寫軍農馮衝決況凍淨準涼減幾鳳憑凱擊劃劉則剛創刪別劑動務勝勞勢勵勁勻區醫華協單賣盧衛卻廠廳歷厲壓厭縣參雙發變疊葉號嘆嚇嗎吳員聽啟嘗嚨團園圍國圖圓聖場壞塊堅壇墳壘墾墊執報聲殼壺處備復夠頭夾奪奮獎奧婦媽嬌嬰學寧寶實寵審憲宮寬賓寢對尋導壽將爾塵嘗堯屍盡層屆屬歲豈嶺島峽崗嶼巒幣帥師帳簾帶幫幹庫應廟廢廣廬慶開異棄張彌彎彈強歸當錄徑徹徵憶懷態總戀恆懇惡惱愛慣戶撲執擴掃揚擾撫拋搶護擔擬擁攔擇掛擠揮損撿換據擲攬攜攝擺搖敵數齋鬥斷無舊時曠曉曬暈暫術機殺雜權條來楊極構樞棗槍楓櫃檸標棧棟欄樹樣橋樁夢檢樓歐歡殘殼毆毀畢氈氣漢湯溝淚潔淺測濟濃濤澇潤漲漸漁滬滅燈靈災燦爐點煉爛燭煙煩燒熱煥爺牽犧狀獨獅獄獵獻瑪環現瓊電畫暢療瘋癢皺盜盤監蓋睏矚磚礎碼礦確禮禍禪離種積稱穩窮竊競筆筍箋籠築籃簡簽類糧緊級紀約紅紋納紐純紗紙紛紡線組細織終紹經結繞繪給絡絕統絹繼績緒續綺綽綱網維綿綜綠綴緣緬纜編縮緯練縫縱總繁繃繳繹羅罰職聯聰肅腸腎脅膚腫脹勝腦腳膠臉艦艙艷藝節蘇蘋莊莖蓮獲瑩營蕭薩蔥藍藥蘊虛蟲蠶蝦螞螢補襯襪裝褲襲見觀規覓視覺覽觸譽計訂討讓訓議訊記講許論設訪証評識詐訴診詞試詩誠話誕該詳語誤說請諸諾讀課誰調諒談謀謝謊譜豬貝貞負財責賢敗賬貨質販貪貧貫購貯貴貸貿費賀賁資賞賠賴賺賽贈贊贏贛趙趕躍車軌軒轉輪軟軸輕載輔輛輝輸轄轍辦辭邊達遷過運還這進遠違連遲適選遺遞邏鄧鄭鄰醬釀釋裡鑒針釘鈣鈕鈔鋼鑰鈞鈴鉛銀銅鋁銘鋪鋒銷鎖鍋鏈錯鎮鏡鐵鑄鑽長門閃閉問閑間閥閣閱闊闖隊陽陰陣階際陸陳隨隱難雖霧靜韻頁頂項順須顧頓頒預領頻題顏額風飄飛飾飯飲餅飽館馬馭駕駛駿騎騰驗驚體髮魚魯鮮鯨鳥鳴鴻鵬鶴鷹麥黃點齊齒龍龜臺灣採製裏廈僑佔啓嶽莢淥彙叢鹽麼寀縵繡銳雋鑫峯並閩贇澤濱灣瀾瀟灝爍煒燁玥璽瑋瑤璿瓏甌禎穎紘纖綸緹縉繽羣耀譯賦贄軼逕邁鄒鈺鋭鍾鎧鏑鐘閎闓陞韋韓頤飈饗驊驪髙鵰"
	simplified  = "万与专业东丝两严个丰临为丽举义乐习乡书买乱争于云亚产亩亲亿仅从仑仓仪们价众优会伞伟传伤伦伪体佣债倾偿储儿党兰关兴养兽内冈册写军农冯冲决况冻净准凉减几凤凭凯击划刘则刚创删别剂动务胜劳势励劲匀区医华协单卖卢卫却厂厅历厉压厌县参双发变叠叶号叹吓吗吴员听启尝咙团园围国图圆圣场坏块坚坛坟垒垦垫执报声壳壶处备复够头夹夺奋奖奥妇妈娇婴学宁宝实宠审宪宫宽宾寝对寻导寿将尔尘尝尧尸尽层届属岁岂岭岛峡岗屿峦币帅师帐帘带帮干库应庙废广庐庆开异弃张弥弯弹强归当录径彻征忆怀态总恋恒恳恶恼爱惯户扑执扩扫扬扰抚抛抢护担拟拥拦择挂挤挥损捡换据掷揽携摄摆摇敌数斋斗断无旧时旷晓晒晕暂术机杀杂权条来杨极构枢枣枪枫柜柠标栈栋栏树样桥桩梦检楼欧欢残壳殴毁毕毡气汉汤沟泪洁浅测济浓涛涝润涨渐渔沪灭灯灵灾灿炉点炼烂烛烟烦烧热焕爷牵牺状独狮狱猎献玛环现琼电画畅疗疯痒皱盗盘监盖困瞩砖础码矿确礼祸禅离种积称稳穷窃竞笔笋笺笼筑篮简签类粮紧级纪约红纹纳纽纯纱纸纷纺线组细织终绍经结绕绘给络绝统绢继绩绪续绮绰纲网维绵综绿缀缘缅缆编缩纬练缝纵总繁绷缴绎罗罚职联聪肃肠肾胁肤肿胀胜脑脚胶脸舰舱艳艺节苏苹庄茎莲获莹营萧萨葱蓝药蕴虚虫蚕虾蚂萤补衬袜装裤袭见观规觅视觉览触誉计订讨让训议讯记讲许论设访证评识诈诉诊词试诗诚话诞该详语误说请诸诺读课谁调谅谈谋谢谎谱猪贝贞负财责贤败账货质贩贪贫贯购贮贵贷贸费贺贲资赏赔赖赚赛赠赞赢赣赵赶跃车轨轩转轮软轴轻载辅辆辉输辖辙办辞边达迁过运还这进远违连迟适选遗递逻邓郑邻酱酿释里鉴针钉钙钮钞钢钥钧铃铅银铜铝铭铺锋销锁锅链错镇镜铁铸钻长门闪闭问闲间阀阁阅阔闯队阳阴阵阶际陆陈随隐难虽雾静韵页顶项顺须顾顿颁预领频题颜额风飘飞饰饭饮饼饱馆马驭驾驶骏骑腾验惊体发鱼鲁鲜鲸鸟鸣鸿鹏鹤鹰麦黄点齐齿龙龟台湾采制里厦侨占启岳荚渌汇丛盐么采缦绣锐隽鑫峰并闽赟泽滨湾澜潇灏烁炜烨玥玺玮瑶璇珑瓯祯颖纮纤纶缇缙缤群耀译赋贽轶径迈邹钰锐钟铠镝钟闳闿升韦韩颐飚飨骅骊高雕"
)

// confused are characters that recognition takes for one another; each group
// stands for its first.
var confused = [...]string{
	"0o〇", "1li|丨", "5s", "8b", "2z", "己已巳", "未末", "土士", "日曰", "人入", "千干于", "天夭", "戌戍戊",
	"行科枓", "技枝", "限很", "公分", "司可", "贸贺", "深琛", "圳训", "商啇", "市巾", "牛午", "口囗", "微徽", "鸟乌", "折拆", "侯候",
	"问间", "治冶", "东柬", "庄压", "服眼", "饰蚀", "贝见", "设没", "宁亍", "州洲",
}

// letter is a folded character with what stood before it.
type letter struct {
	r     rune
	gap   bool // a blank or mark stood before it
	upper bool // written as a capital
}

// folder holds the tables as maps: some 900 runes, built once a search.
type folder struct {
	simple map[rune]rune
	class  map[rune]rune
}

func newFolder() *folder {
	f := &folder{simple: make(map[rune]rune, 1100), class: map[rune]rune{}}
	to := []rune(simplified)
	for i, r := range []rune(traditional) {
		if i < len(to) {
			f.simple[r] = to[i]
		}
	}
	for _, group := range confused {
		first := rune(0)
		for _, r := range group {
			if first == 0 {
				first = r
				if c, ok := f.class[r]; ok {
					first = c
				}
			}
			f.class[r] = first
		}
	}
	return f
}

// fold brings a text to letters and digits alone: compatibility forms, case,
// traditional characters and marks make no difference.
func (f *folder) fold(s string) []letter {
	out := make([]letter, 0, len(s)/2)
	gap := true
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "")) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '〇':
			low := unicode.ToLower(r)
			if t, ok := f.simple[low]; ok {
				low = t
			}
			out = append(out, letter{r: low, gap: gap, upper: unicode.IsUpper(r)})
			gap = false
		case unicode.IsMark(r):
		default:
			gap = true
		}
	}
	return out
}

func text(ls []letter) string {
	var b strings.Builder
	for _, l := range ls {
		b.WriteRune(l.r)
	}
	return b.String()
}

func (f *folder) classOf(r rune) rune {
	if c, ok := f.class[r]; ok {
		return c
	}
	return r
}

// alike reports whether recognition may have read one character for another.
func (f *folder) alike(a, b rune) bool { return a == b || f.classOf(a) == f.classOf(b) }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func hasHan(s string) bool { return strings.ContainsFunc(s, isHan) }
