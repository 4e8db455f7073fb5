package markup

import (
	"strings"
	"testing"
)

// words are what a reader sees, blanks and line ends aside.
func wordsOf(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestText(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":                     {"违规编号：WG1\n<不是网页> a < b", "违规编号：WG1 <不是网页> a < b"},
		"plain, begins like a mail": {"From: the shop\nwe state\n", "From: the shop we state"},
		"WordPad, GBK bytes": {"{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}}\r\n{\\*\\generator Riched20}\\viewkind4\\uc1 \r\n\\pard\\f0\\fs22 \\'c9\\'ea\\'cb\\'df WG2026\\par\r\n2026\\'c4\\'ea2\\'d4\\'c220\\'c8\\'d5\\par\r\n}",
			"申诉 WG2026 2026年2月20日"},
		"Word, \\u with stand-ins": {`{\rtf1\uc2 \u30003\'c9\'ea\u-29751\'cb\'df\~{\b A\}B}\line{\uc0\u24180}x{\*\bkmkstart q}{\pict 00ff}}`, "申诉 A}B 年x"},
		"a pair of surrogates":     {`{\rtf1\u-10179?\u-8704?}`, "😀"},
		"broken off":               {`{\rtf1 abc{\b \'c`, "abcc"},
		"page":                     {"<!DOCTYPE html><html><head><title>商品</title><style>p{color:red}</style><script>if(a<b)x()</script></head><body><p>上架&nbsp;2026-02-20<br/>a &lt; b</p><!-- 2019-01-01 --><table><tr><td>ID</td><td>1005</td></tr></table>", "商品 上架 2026-02-20 a < b ID 1005"},
		"page in capitals":         {"<?xml version=\"1.0\"?>\n<HTML><BODY>1 < 2<SCRIPT>x</SCRIPT >y", "1 < 2y"},
		"mail, base64": {"Received: from a\r\n by b\r\nSubject: =?utf-8?B?55Sz6K+J?=\r\nFrom: a@example.com\r\nDate: Fri, 20 Feb 2026 11:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n6L+d6KeE57yW5Y+3V0cx\r\n",
			"Subject: 申诉 From: a@example.com Date: Fri, 20 Feb 2026 11:00:00 +0800 违规编号WG1"},
		"mail of alternatives": {"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nWG1\n--b\nContent-Type: text/html\n\n<p>WG2</p>\n--b--\n", "WG1"},
		"web archive": {"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--B\"\r\n\r\n----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><p>=E7=94=B3=E8=AF=89 1005=\r\n123</p></html>\r\n----B--\r\n",
			"Subject: x From: <Saved by Blink> 申诉 1005123"},
		"mail in GBK": {"MIME-Version: 1.0\nSubject: x\nContent-Type: text/plain; charset=gb2312\n\n\xc9\xea\xcb\xdf\xb5\xc4\xca\xc2\n", "Subject: x 申诉的事"},
	} {
		text, plain := Text([]byte(c.in))
		if got := wordsOf(text); got != c.want || plain != strings.HasPrefix(name, "plain") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// FuzzText: whatever a file holds, reading it ends and gives no more than it may.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		`{\rtf1\uc1\u-1?\'e4\bin5 abc}`, "<!doctype html><p>&amp;<script>", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--", "{\\rtf1{{{{", "<html><!--",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, _ := Text(b); len(got) > maxWords+8*len(b)+64 {
			t.Errorf("%d bytes from %d", len(got), len(b))
		}
	})
}
