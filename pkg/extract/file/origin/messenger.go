package origin

import (
	"fmt"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/format"
)

// phoneMakers write pictures of well above two megapixels since 2010; one of
// theirs that is small and stripped went through something.
const phoneMakers = "apple samsung xiaomi redmi huawei honor oppo vivo oneplus realme google meizu zte motorola lge"

// messenger looks for copies that went through a chat or a social network,
// which recompress and strip (own measure of copies sent through them). Names of files say more and
// are derived elsewhere.
func (e *evidence) messenger(o *facts.Origin) {
	t := &tally{}
	if v := e.meta.IPTC["special_instructions"]; strings.HasPrefix(v, "FBMD") {
		t.sees("iptc.special_instructions", v, 0.95)
	}
	for _, c := range e.meta.Comments {
		if strings.Contains(c, "WeChat") || strings.Contains(c, "MicroMessenger") || strings.Contains(c, "Tencent") {
			t.sees("meta.comment", c, 0.8)
		}
	}
	for _, p := range e.programs {
		low := strings.ToLower(p.value)
		for _, name := range []string{"wechat", "micromessenger", "weixin", "whatsapp", "telegram", "instagram", "facebook", "tencent qq"} {
			if hasWords(low, name) {
				t.sees(p.key, p.value, 0.8)
			}
		}
	}
	if e.file.Format == format.JPEG {
		e.stripped(t)
	}
	o.Messenger = t.judged()
}

// messengerSides are the longest sides messengers scale to: WeChat 1080 wide
// or 1280/1440 long, Telegram 1280 and 2560, WhatsApp 1600 and 4096 (HD),
// Facebook and others 960 and 2048.
func messengerSide(e *evidence) bool {
	switch e.long() {
	case 960, 1280, 1440, 1600, 2048, 2560:
		return true
	}
	return e.short() == 1080 || e.short() == 1440
}

func (e *evidence) stripped(t *tally) {
	bare := !e.file.Exif.Exist() && len(e.file.XMP) == 0 && e.file.IPTC == nil
	if bare && e.meta.JFIF && messengerSide(e) && e.meta.QuantTable != "unknown" {
		weight := 0.35
		if e.file.Header.Progressive {
			weight = 0.45
		}
		t.sees("image.size", fmt.Sprintf("%d × %d without any metadata", e.width, e.height), weight)
	}
	maker, _, _ := strings.Cut(strings.ToLower(e.exif.Make), " ")
	modern := !e.exif.TakenAt.IsZero() && e.exif.TakenAt.Year() >= 2014
	if modern && maker != "" && hasWords(phoneMakers, maker) && e.long() <= 2048 && e.exif.MakerNote == 0 {
		t.sees("image.size", fmt.Sprintf("%d × %d from a %s", e.width, e.height, e.exif.Model), 0.4)
	}
}
