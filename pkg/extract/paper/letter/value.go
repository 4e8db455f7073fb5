package letter

// valueAfter returns the value that follows a label: the rest of its line, or
// the next line where the rest is blank.
func valueAfter(flow string, at int) (string, span) {
	from := at
	for from < len(flow) && (flow[from] == ' ' || flow[from] == '\n' || flow[from] == '_') {
		from++
	}
	end := from
	for end < len(flow) && flow[end] != '\n' && flow[end] != ';' && end-from < 240 {
		end++
	}
	value := flow[from:end]
	// A foreign name may go on in the next line: "… Export Co.," "Ltd."
	if m := goesOn.FindStringIndex(flow[from:min(len(flow), end+12)]); m != nil && m[0] < end-from && m[1] > end-from {
		value = flow[from : from+m[1]]
	}
	// The next label on the same line ends the value.
	if i := nextLabel.FindStringIndex(value); i != nil && i[0] > 0 {
		value = value[:i[0]]
	}
	return value, span{from, from + len(value)}
}

// goesOn is a legal form broken over two lines.
var goesOn = re(`(?:Co\.?,?|,) ?\n ?(?:Co\.,? ?)?(?:Ltd|Limited|LLC|Inc|Corp)\.?`)

// nextLabel is a label inside a value: two columns on one line.
var nextLabel = re(`(?i)[\s,;](?:被?授权[人方]|法定代表人|法人|代表人|地址|电话|联系人|联系方式|统一社会信用代码|身份证号码?|注册号|日期|签字|签章|盖章|签名|address|tel(?:ephone)?|phone|fax|email|date|signature|title|represented by|reg(?:istration)?\.? no|id no|passport|有效期|期限)[^:]{0,12}:|。`)

func hasHan(s string) bool {
	for _, c := range s {
		if isHan(c) {
			return true
		}
	}
	return false
}
