package scan_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"time"

	"github.com/aecheck/aecheck"
	"github.com/aecheck/aecheck/pkg/lang"
	"github.com/aecheck/aecheck/pkg/report"
	"github.com/aecheck/aecheck/pkg/rules"
	"github.com/aecheck/aecheck/pkg/scan"
	"github.com/aecheck/aecheck/pkg/verdict"
)

// A session judges folders by the built-in rules; what it gives is a report that can
// be looked through or written in any format.
func Example() {
	set, err := rules.Load(scan.Checks(), rules.Layer{Name: "rules.yaml", Data: aecheck.RulesYAML})
	if err != nil {
		log.Fatal(err)
	}
	session, err := scan.NewSession(set, scan.SessionOptions{NoOCR: true, Jobs: 2})
	if err != nil {
		log.Fatal(err)
	}
	defer session.Close()
	result, err := session.Run(context.Background(), scan.Options{
		FindOptions:  scan.FindOptions{Paths: []string{"../../testdata/listing/替换图/主图/02_黑色.jpg"}, Slot: "main"},
		JudgeOptions: scan.JudgeOptions{Now: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC), Lang: lang.EN},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range result.Report.Cases {
		for _, f := range c.Findings {
			if f.Outcome == verdict.Fail {
				fmt.Printf("%s %s: %s\n", f.Rule, f.Asset, report.Plain(f.Message))
			}
		}
	}
	csv, err := report.ByName("csv")
	if err != nil {
		log.Fatal(err)
	}
	if err := report.Write(io.Discard, csv, result.Report, report.Options{Lang: lang.EN}); err != nil {
		log.Fatal(err)
	}
	// Output: AE301 testdata/listing/替换图/主图/02_黑色.jpg: The shorter side is 640px; at least 800px is wanted.
}
