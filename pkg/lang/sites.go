package lang

// OfSites is the language spoken on a site of the marketplace, by the site's
// country or language code in lower case. Sites that are served in English or
// Chinese, and those for the whole world, are not in it.
func OfSites() map[string]string {
	return map[string]string{
		"es": "es", "mx": "es", "cl": "es", "co": "es", "pe": "es",
		"fr": "fr", "de": "de", "at": "de", "it": "it", "pt": "pt", "br": "pt", "pl": "pl", "nl": "nl", "tr": "tr",
		"ru": "ru", "jp": "ja", "ja": "ja", "kr": "ko", "ko": "ko", "sa": "ar", "th": "th",
	}
}
