package roff

import (
	"os/exec"
	"strings"
	"testing"
)

func TestPage(t *testing.T) {
	var p Page
	p.Title(`A "B"`, "1", "2026-11-30", "aecheck v1", "manual")
	p.Section("NAME")
	p.Names("aecheck-scan", "checks 'photos'")
	p.Text(".dots\nand 'quotes'\n\n'second \\fIpart\\fR")
	p.Strong(".aecheck scan PATH…")
	p.Item("-j, --jobs", "int", "~ ^ `x`")
	p.Item("--all", "", ".all")
	p.Example("  aecheck\n\n.x")
	p.Section("说明")
	p.Text("检查“原图”，不上传 PDF 图")
	want := `.TH "A \(dqB\(dq" "1" "2026-11-30" "aecheck v1" "manual"
.ad l
.SH "NAME"
aecheck\-scan \- checks \(aqphotos\(aq
.PP
\&.dots
and \(aqquotes\(aq
.PP
\(aqsecond \efIpart\efR
.nf
\fB.aecheck scan PATH…\fR
.fi
.TP
\fB\-j, \-\-jobs\fR \fIint\fR
\(ti \(ha \(gax\(ga
.TP
\fB\-\-all\fR
\&.all
.PP
.nf
.RS 4
  aecheck
\&.x
.RE
.fi
.SH "说明"
检\:查\:“原\:图”，\:不\:上\:传 PDF 图
`
	if p.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &p, want)
	}
}

// TestShown has groff set the page, where it is installed: what was written is what
// is read.
func TestShown(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip(err)
	}
	odd := []string{`C:\new\table.jpg`, `.TH "x" \n(.z`, `'quoted' "text"`, "`a` ^b ~c --d-e", `\fBbold\fR \*(x`}
	var p Page
	p.Title("ODD", "1", "", "", "")
	p.Section(odd[0])
	for _, s := range odd {
		p.Text(s)
		p.Item(s, "", s)
		p.Example(s)
	}
	cmd := exec.Command(groff, "-man", "-Tascii", "-P-cbou", "-ww")
	cmd.Stdin = strings.NewReader(p.String())
	var warnings strings.Builder
	cmd.Stderr = &warnings
	out, err := cmd.Output()
	if err != nil || warnings.Len() > 0 {
		t.Errorf("%v %s", err, &warnings)
	}
	for _, s := range odd {
		if n := strings.Count(string(out), s); n < 4 {
			t.Errorf("%q is shown %d times in\n%s", s, n, out)
		}
	}
}
