package letter

import (
	"strings"
	"testing"
)

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat("授权方:艾克美(上海)贸易有限公司 被授权方:深圳市示例科技有限公司\nWe, ACME GmbH, hereby authorize Shenzhen Example Technology Co., Ltd. to sell from January 1, 2025 to\n自2025年1月1日起至2026年12月31日止,未经授权方书面同意,被授权方不得转授权给其他任何单位和个人使用\n", 15)
	b.Run("letter", func(b *testing.B) {
		for b.Loop() {
			read(text)
		}
	})
	b.Run("book", func(b *testing.B) {
		book := strings.Repeat(text, 66)
		for b.Loop() {
			read(book)
		}
	})
}
