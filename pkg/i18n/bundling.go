package i18n

// Bundling is what explain --bundle and rules test --facts say.
type Bundling struct {
	FlagBundle, FlagUnmasked, FlagFacts string
	// BundleNoBatch, BundleNoFile say what cannot be bundled.
	BundleNoBatch, BundleNoFile string
	BundleDiffers               string // {here} {there}
	BundleReplayed              string // {file} {rule} {version} {then} {now}
}

func bundlingZH() Bundling {
	return Bundling{
		FlagBundle:     "把规则在文件上看到的事实写成 JSON（ID 文件）：不含图片，名称和号码已替换，可以发给开发者，用 rules test --facts 重放",
		FlagUnmasked:   "和 --bundle 一起用：名称和号码保留原样",
		FlagFacts:      "改为重放 explain --bundle 写出的文件（可重复）",
		BundleNoBatch:  "只看一个文件或一个案件的规则；这一条比较多个案件",
		BundleNoFile:   "案件里没有这个文件，或者规则不适用于它",
		BundleDiffers:  "这里的判断是 {here}，替换名称之后是 {there}：收到的人看不到同样的结果；可以公开内容时加 --unmasked",
		BundleReplayed: "{file}：{rule} 当时（版本 {version}）是 {then}，现在是 {now}",
	}
}

func bundlingEN() Bundling {
	return Bundling{
		FlagBundle:     "write what a rule saw of a file as JSON (ID FILE): no pictures, names and numbers replaced; others replay it with rules test --facts",
		FlagUnmasked:   "with --bundle: leave names and numbers as they are",
		FlagFacts:      "replay what explain --bundle wrote instead (may be repeated)",
		BundleNoBatch:  "a rule on one file or one case; this one compares cases",
		BundleNoFile:   "no such file in the case, or the rule is not for it",
		BundleDiffers:  "judged here it is {here}, with names replaced {there}: whoever gets it will not see the same; if you may show what is in it, say --unmasked",
		BundleReplayed: "{file}: {rule} was {then} then (version {version}) and is {now} now",
	}
}
