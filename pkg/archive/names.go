package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// telling are characters that names of materials are made of. A name in another
// encoding or language turns into something Chinese by chance, hardly into these.
const telling = "图圖书書证證件授权權通知原始替换換主违違规規承诺諾申诉訴上传傳日志誌套花絮举舉材料产產商品详詳情细細节節正面背侧側白底水印公司店铺鋪合同照片截屏营營销銷颜顏色红紅蓝藍黑尺码碼样樣理由"

// Telling reports whether a name has a character that names of materials are made of.
func Telling(name string) bool { return strings.ContainsAny(name, telling) }

// Chinese reads the bytes of a name that is not in UTF-8: as GB 18030, which contains
// the code page of Chinese Windows, or as Big5, that of Taiwan and Hong Kong, where only
// this gives the name of a material: many bytes are common characters in both. Empty
// where neither gives a name that somebody typed.
func Chinese(raw string) string {
	gb, err := simplifiedchinese.GB18030.NewDecoder().String(raw)
	if err != nil || !Typed(gb) {
		gb = ""
	}
	if Telling(gb) {
		return gb
	}
	if big5, err := traditionalchinese.Big5.NewDecoder().String(raw); err == nil && Typed(big5) && Telling(big5) {
		return big5
	}
	return gb
}

// Typed reports whether s could be a file name somebody typed.
func Typed(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Co, r) || !unicode.IsPrint(r) && r != ' ' && r != '\u3000' {
			return false
		}
	}
	return s != ""
}
