package derive

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aecheck/aecheck/pkg/facts"
)

// OwnShop settles whose the shop numbers in watermarks are where case.yaml gives no shop
// ID: those that one of the seller's papers gives as the shop's are its own. Assets of
// which that changes something are replaced, the facts known before stay as they are.
func OwnShop(v *facts.Case) {
	if v.File != nil && v.File.Store.ID != "" {
		return
	}
	copied := false
	for i := range v.Assets {
		a := &v.Assets[i]
		if a.Facts == nil || !slices.ContainsFunc(a.Facts.Text.Watermarks, func(w facts.Watermark) bool { return w.Own == "unclear" && onPaper(v, w.StoreID) }) {
			continue
		}
		if !copied {
			v.Assets, copied = slices.Clone(v.Assets), true
			a = &v.Assets[i]
		}
		set := a.Facts.Clone()
		set.Text.Watermarks = slices.Clone(set.Text.Watermarks)
		for k := range set.Text.Watermarks {
			if w := &set.Text.Watermarks[k]; w.Own == "unclear" && onPaper(v, w.StoreID) {
				w.Own = ownYes
			}
		}
		set.Text.OwnShare = ownShare(set)
		a.Facts = set
	}
}

// shopWords stand where a paper names a shop.
var shopWords = regexp.MustCompile(`(?i)店铺|商家|卖家|本店|账号|store|shop|seller|tienda|boutique`)

// fewestDigits of a number that is looked for on papers: shorter ones are anything.
const fewestDigits = 7

// onPaper reports whether one of the seller's papers gives the number as the shop's: on a
// line that speaks of the shop, or beside one (a label above its value).
func onPaper(c *facts.Case, number string) bool {
	if len(number) < fewestDigits {
		return false
	}
	for _, kind := range facts.PapersOfShop() {
		for _, a := range c.Filled(kind) {
			if a.Facts == nil {
				continue
			}
			lines := a.Facts.Document.Text
			for i, l := range lines {
				if !hasNumber(l.Text, number) {
					continue
				}
				if slices.ContainsFunc(lines[max(0, i-1):min(len(lines), i+2)], func(near facts.DocLine) bool { return shopWords.MatchString(near.Text) }) {
					return true
				}
			}
		}
	}
	return false
}

// hasNumber reports whether a text has these digits as a number of their own.
func hasNumber(text, number string) bool {
	isDigit := func(at int) bool { return at >= 0 && at < len(text) && text[at] >= '0' && text[at] <= '9' }
	for from := 0; ; {
		i := strings.Index(text[from:], number)
		if i < 0 {
			return false
		}
		at := from + i
		if !isDigit(at-1) && !isDigit(at+len(number)) {
			return true
		}
		from = at + 1
	}
}
