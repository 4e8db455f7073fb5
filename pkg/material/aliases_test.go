package material_test

import (
	"testing"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/pinyin"
)

// builtin reads kinds and slots of the built-in rules.yaml.
func builtin(t testing.TB) (kinds, slots []material.Names) {
	t.Helper()
	doc, err := config.Parse("rules.yaml", aecheck.RulesYAML)
	if err != nil {
		t.Fatal(err)
	}
	read := func(section string) []material.Names {
		type entry struct {
			ID      string     `json:"id"`
			Title   config.Raw `json:"title"`
			Aliases []string   `json:"aliases"`
			Limits  config.Raw `json:"limits"`
			Obtain  config.Raw `json:"obtain"`
		}
		for _, e := range doc.Root().Entries() {
			if e.Key != section {
				continue
			}
			var list []entry
			if err := e.Value.Decode(&list); err != nil {
				t.Fatal(err)
			}
			var out []material.Names
			for _, x := range list {
				out = append(out, material.Names{ID: x.ID, Aliases: x.Aliases})
			}
			return out
		}
		t.Fatalf("rules.yaml has no %s", section)
		return nil
	}
	return read("kinds"), read("slots")
}

// TestAliases asks that every alias of rules.yaml stands for its own kind or
// slot, numbered, copied or in another spelling too.
func TestAliases(t *testing.T) {
	kinds, slots := builtin(t)
	for _, list := range [][]material.Names{kinds, slots} {
		m := material.NewMatcher(list)
		for _, n := range list {
			for _, alias := range append([]string{n.ID}, n.Aliases...) {
				for _, name := range []string{alias, "03_" + alias, alias + " (2)", alias + "-1"} {
					if got, s := m.Match(name); got != n.ID || s != material.Exact {
						t.Errorf("%q is an alias of %s but matches %q (%d)", name, n.ID, got, s)
					}
				}
			}
		}
	}
}

// TestPinyin asks that no alias in pinyin stands for another kind or slot than the
// characters, and how such names are written.
func TestPinyin(t *testing.T) {
	kinds, slots := builtin(t)
	for _, list := range [][]material.Names{kinds, slots} {
		of := map[string]string{}
		for _, n := range list {
			for _, a := range n.Aliases {
				for _, s := range pinyin.Spellings(a) {
					if of[s] != "" && of[s] != n.ID {
						t.Errorf("%q is %s and, as %s in pinyin, %s", s, of[s], a, n.ID)
					}
					of[s] = n.ID
				}
			}
		}
	}
	k, s := material.NewMatcher(kinds), material.NewMatcher(slots)
	for name, want := range map[string]string{
		"weiguitongzhi": "notice", "1_weigui_tongzhi": "notice", "WeiGuiTongZhi": "notice", "wei gui tong zhi 2": "notice", "weiguitu": "violating", "2-WeiGuiTuPian": "violating",
		"yuantu": "source", "03_yuantu": "source", "yuantu2": "source", "taotu": "companion", "huaxu": "companion", "shouquanshu": "authorization", "ACME shouquanshu gaizhang": "authorization",
		"5_chengnuoshu": "commitment", "chengnuoshu_gaizhang_v2": "commitment", "tihuantu": "replacement", "4-tihuan-tu-hongse": "replacement", "zhenggaitu": "replacement",
		"zhengju": "evidence", "shensuliyou": "statement",
	} {
		if got, strength := k.Match(name); got != want || strength == material.None {
			t.Errorf("kind of %q: %q (%d), want %s", name, got, strength, want)
		}
	}
	for name, want := range map[string]string{"zhutu": "main", "zhutu1": "main", "4_tihuantu_zhutu_1": "main", "SKUtu": "sku", "guigetu": "sku", "xiangqing": "detail", "xiang_qing_ye": "detail", "yingxiaotu 3x4": "marketing_3x4"} {
		if got, strength := s.Match(name); got != want || strength == material.None {
			t.Errorf("slot of %q: %q (%d), want %s", name, got, strength, want)
		}
	}
	for _, name := range []string{"shout", "maintenance", "yuanturi", "IMG_2012", "changtunnel", "china tongue"} {
		if got, _ := k.Match(name); got != "" {
			t.Errorf("%q is taken for %s", name, got)
		}
		if got, _ := s.Match(name); got != "" {
			t.Errorf("%q is taken for slot %s", name, got)
		}
	}
}

// TestEverydayNames are names as sellers and agencies give them.
func TestEverydayNames(t *testing.T) {
	kinds, slots := builtin(t)
	k, s := material.NewMatcher(kinds), material.NewMatcher(slots)
	for name, want := range map[string]string{
		"1、违规通知截图": "notice", "后台违规通知": "notice", "速卖通处罚通知2026-11-18": "notice", "violation-notice-screenshot": "notice", "站内信截图": "notice",
		"被投诉的违规图片": "violating", "违规图（主图）": "violating", "Violating images": "violating",
		"2-原图(佳能R5)": "source", "拍摄原图": "source", "产品原图": "source", "Original Photos": "source", "RAW": "source", "相机原片": "source",
		"拍摄花絮": "companion", "套图+花絮": "companion", "behind-the-scenes": "companion",
		"品牌授权书_ACME_盖章": "authorization", "模特肖像授权书": "authorization", "ACME LOA 2026": "authorization", "授權書": "authorization", "model release - Anna": "authorization",
		"图片合规承诺书（已签字盖章）": "commitment", "承诺函": "commitment", "commitment letter signed": "commitment",
		"整改后图片": "replacement", "替换图-新": "replacement", "整改后主图": "replacement", "合规图片": "replacement", "Replacement_Images": "replacement", "白底图": "replacement",
		"其他举证材料": "evidence", "云存证截图": "evidence", "销售凭证": "evidence", "proof of sale": "evidence",
		"近30天图片上传日志": "upload_log", "upload_log_2026-11": "upload_log", "图片银行上传记录": "upload_log",
		"申诉理由_最终版": "statement", "情况说明": "statement", "Appeal statement v2": "statement",
		"AI授权": "ai_licence", "Midjourney licence": "ai_licence", "AI工具商用授权书": "authorization",
		"参考logo": "reference", "品牌标识": "reference",
		"被罚图片": "violating", "整改前": "violating", "违规SKU图": "violating", "违规详情图": "violating", "01 旧图片": "violating",
		"照片原文件": "source", "原始照片": "source", "手机原文件": "source", "授权书原件": "authorization", "承诺书原始文件": "commitment",
		"5、其他凭证": "evidence", "进货发票": "evidence", "订单记录": "evidence", "Purchase invoice": "evidence", "授权凭证": "authorization",
		"精修成品": "replacement", "修改后主图": "replacement", "处罚详情": "notice", "拍摄现场照片": "companion", "申诉材料": "", "申诉资料": "",
		"IMG_2001": "", "DSC01234": "", "微信图片_20261118": "", "新建文件夹": "", "photo of a dress": "", "resources": "", "unnoticed": "", "红色": "",
	} {
		if got, _ := k.Match(name); got != want {
			t.Errorf("kind of %q is %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"主图": "main", "主图1": "main", "main-2": "main", "商品主图_白底": "main",
		"营销图1x1": "marketing_1x1", "1比1营销图": "marketing_1x1", "marketing-1x1": "marketing_1x1",
		"3比4营销图": "marketing_3x4", "营销图_3X4": "marketing_3x4",
		"SKU图": "sku", "sku-RED-S": "sku", "颜色图": "sku", "规格图 红色": "sku",
		"详情页": "detail", "商品详情图": "detail", "detail_05": "detail", "尺码图": "detail",
		"IMG_2001": "", "domain": "", "remaining": "", "11": "", "800": "",
	} {
		if got, _ := s.Match(name); got != want {
			t.Errorf("slot of %q is %q, want %q", name, got, want)
		}
	}
}

// TestFoldersOfSellersAbroad: names as sellers of other countries give them, with and
// without accents.
func TestFoldersOfSellersAbroad(t *testing.T) {
	kinds, slots := builtin(t)
	m := material.NewMatcher(kinds)
	for name, want := range map[string]string{
		"Notificación": "notice", "bildirim": "notice", "Уведомление": "notice", "notificacao": "notice", "处罚": "notice",
		"ihlal_gorseli": "violating", "İhlal Görseli": "violating", "foto_punida": "violating", "Penalizada": "violating", "04_image_sanctionnee": "violating", "违规": "violating",
		"01_originaux": "source", "fotos_originais": "source", "orijinal": "source", "Originalbilder": "source", "исходники": "source",
		"taahhütname": "commitment", "Compromiso": "commitment", "termo de compromisso": "commitment", "02_engagement": "commitment", "Verpflichtungserklärung": "commitment",
		"Autorización": "authorization", "Vollmacht": "authorization", "доверенность": "authorization", "Yetki Belgesi": "authorization",
		"fotos_novas": "replacement", "03_nouvelles_images": "replacement", "yeni görseller": "replacement", "Nuevas": "replacement",
		"kanıt": "evidence", "Pruebas": "evidence", "聊天记录": "evidence", "06 棚拍单据": "evidence", "shooting_log": "evidence", "オリジナル写真": "source", "違反画像": "violating", "差し替え画像": "replacement", "誓約書": "commitment", "원본": "source", "Rechnungen": "evidence",
	} {
		if got, _ := m.Match(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	s := material.NewMatcher(slots)
	for name, want := range map[string]string{"Principal": "main", "Variantes": "sku", "Detalle": "detail", "ana": "", "detay": "detail", "sku_bakir": "sku"} {
		if got, _ := s.Match(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
