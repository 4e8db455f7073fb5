package cameras

import "testing"

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		Find("我司授权深圳市示例科技有限公司在速卖通店铺使用上述图片，期限自2026年5月1日至2029年4月30日。")
	}
}
