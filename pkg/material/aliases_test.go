package material_test

import (
	"testing"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/material"
)

// named is a kind or slot of rules.yaml with its aliases.
type named struct {
	id      string
	aliases []string
}

// builtinAliases reads kinds and slots of the built-in rules.yaml.
func builtinAliases(t testing.TB) (kinds, slots []named) {
	t.Helper()
	doc, err := config.Parse("rules.yaml", aecheck.RulesYAML)
	if err != nil {
		t.Fatal(err)
	}
	read := func(section string) []named {
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
			var out []named
			for _, x := range list {
				out = append(out, named{x.ID, x.Aliases})
			}
			return out
		}
		t.Fatalf("rules.yaml has no %s", section)
		return nil
	}
	return read("kinds"), read("slots")
}

func matcher(list []named, order []string) *material.Matcher {
	names := map[string][]string{}
	for _, n := range list {
		names[n.id] = n.aliases
	}
	return material.NewMatcher(names, order)
}

// TestAliases asks that every alias of rules.yaml stands for its own kind or
// slot, numbered, copied or in another spelling too.
func TestAliases(t *testing.T) {
	kinds, slots := builtinAliases(t)
	for _, set := range []struct {
		list  []named
		order []string
	}{{kinds, material.Kinds()}, {slots, material.Slots()}} {
		m := matcher(set.list, set.order)
		for _, n := range set.list {
			for _, alias := range append([]string{n.id}, n.aliases...) {
				for _, name := range []string{alias, "03_" + alias, alias + " (2)", alias + "-1"} {
					if got, s := m.Match(name); got != n.id || s != material.Exact {
						t.Errorf("%q is an alias of %s but matches %q (%d)", name, n.id, got, s)
					}
				}
			}
		}
	}
}

// TestEverydayNames are names as sellers and agencies give them.
func TestEverydayNames(t *testing.T) {
	kinds, slots := builtinAliases(t)
	k, s := matcher(kinds, material.Kinds()), matcher(slots, material.Slots())
	for name, want := range map[string]string{
		"1、违规通知截图": material.Notice, "后台违规通知": material.Notice, "速卖通处罚通知2026-11-18": material.Notice, "violation-notice-screenshot": material.Notice, "站内信截图": material.Notice,
		"被投诉的违规图片": material.Violating, "违规图（主图）": material.Violating, "Violating images": material.Violating,
		"2-原图(佳能R5)": material.Source, "拍摄原图": material.Source, "产品原图": material.Source, "Original Photos": material.Source, "RAW": material.Source, "相机原片": material.Source,
		"拍摄花絮": material.Companion, "套图+花絮": material.Companion, "behind-the-scenes": material.Companion,
		"品牌授权书_ACME_盖章": material.Authorization, "模特肖像授权书": material.Authorization, "ACME LOA 2026": material.Authorization, "授權書": material.Authorization, "model release - Anna": material.Authorization,
		"图片合规承诺书（已签字盖章）": material.Commitment, "承诺函": material.Commitment, "commitment letter signed": material.Commitment,
		"整改后图片": material.Replacement, "替换图-新": material.Replacement, "整改后主图": material.Replacement, "合规图片": material.Replacement, "Replacement_Images": material.Replacement, "白底图": material.Replacement,
		"其他举证材料": material.Evidence, "云存证截图": material.Evidence, "销售凭证": material.Evidence, "proof of sale": material.Evidence,
		"近30天图片上传日志": material.UploadLog, "upload_log_2026-11": material.UploadLog, "图片银行上传记录": material.UploadLog,
		"申诉理由_最终版": material.Statement, "情况说明": material.Statement, "Appeal statement v2": material.Statement,
		"AI授权": material.AILicence, "Midjourney licence": material.AILicence, "AI工具商用授权书": material.Authorization,
		"参考logo": material.Reference, "品牌标识": material.Reference,
		"IMG_2001": "", "DSC01234": "", "微信图片_20261118": "", "新建文件夹": "", "photo of a dress": "", "resources": "", "unnoticed": "", "红色": "",
	} {
		if got, _ := k.Match(name); got != want {
			t.Errorf("kind of %q is %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"主图": material.SlotMain, "主图1": material.SlotMain, "main-2": material.SlotMain, "商品主图_白底": material.SlotMain,
		"营销图1x1": material.SlotMarketing1x1, "1比1营销图": material.SlotMarketing1x1, "marketing-1x1": material.SlotMarketing1x1,
		"3比4营销图": material.SlotMarketing3x4, "营销图_3X4": material.SlotMarketing3x4,
		"SKU图": material.SlotSKU, "sku-RED-S": material.SlotSKU, "颜色图": material.SlotSKU, "规格图 红色": material.SlotSKU,
		"详情页": material.SlotDetail, "商品详情图": material.SlotDetail, "detail_05": material.SlotDetail, "尺码图": material.SlotDetail,
		"IMG_2001": "", "domain": "", "remaining": "", "11": "", "800": "",
	} {
		if got, _ := s.Match(name); got != want {
			t.Errorf("slot of %q is %q, want %q", name, got, want)
		}
	}
}
