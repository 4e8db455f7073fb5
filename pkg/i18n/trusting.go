package i18n

// Trusting are the texts of --trust-list.
type Trusting struct {
	Flag string
	Want string // {why}
}

func trustingZH() Trusting {
	return Trusting{
		Flag: "用这份 PEM 证书列表代替内置的 C2PA 信任列表（例如从 c2pa.org 下载的更新版）",
		Want: "要用 PEM 格式的证书列表（{why}）",
	}
}

func trustingEN() Trusting {
	return Trusting{
		Flag: "a list of certificates in PEM form in place of the built-in C2PA trust list, such as a newer one from c2pa.org",
		Want: "give a list of certificates in PEM form ({why})",
	}
}
