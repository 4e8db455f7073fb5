package schedule

import (
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // for the zones of sellers' clocks; the package itself needs none

	"github.com/aecheck/aecheck/pkg/casefile"
	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/facts"
	"github.com/aecheck/aecheck/pkg/verdict"
)

func at(s string) time.Time {
	t, err := config.ParseTime(s)
	if err != nil {
		panic(err)
	}
	return t
}

func span(from, to string) Span { return Span{at(from), at(to)} }

// testRules hold the calendars of 2025 and 2026 as published.
func testRules() Rules {
	return Rules{
		Tracks: map[string]Track{
			"platform_penalty": {Window: 7, Unit: CalendarDays, Start: []string{"violation.effective_at", "violation.notified_at"}, Attempts: 1},
			"ip_complaint":     {Window: 3, LaterWindow: 27, Unit: BusinessDays, Start: []string{"violation.notified_at", "violation.effective_at"}, Attempts: 3},
		},
		Calendar: NewCalendar([]Year{
			{Year: 2025, Off: []Span{span("2025-01-01", "2025-01-01"), span("2025-01-28", "2025-02-04"), span("2025-04-04", "2025-04-06"),
				span("2025-05-01", "2025-05-05"), span("2025-05-31", "2025-06-02"), span("2025-10-01", "2025-10-08")},
				Work: []time.Time{at("2025-01-26"), at("2025-02-08"), at("2025-04-27"), at("2025-09-28"), at("2025-10-11")}},
			{Year: 2026, Off: []Span{span("2026-01-01", "2026-01-03"), span("2026-02-15", "2026-02-23"), span("2026-04-04", "2026-04-06"),
				span("2026-05-01", "2026-05-05"), span("2026-06-19", "2026-06-21"), span("2026-09-25", "2026-09-27"), span("2026-10-01", "2026-10-07")},
				Work: []time.Time{at("2026-01-04"), at("2026-02-14"), at("2026-02-28"), at("2026-05-09"), at("2026-09-20"), at("2026-10-10")}},
		}),
		Estimates: estimates(),
	}
}

func caseFile(track string, edit func(*casefile.File)) *casefile.File {
	c := &casefile.File{}
	c.Appeal.Track = track
	if edit != nil {
		edit(c)
	}
	return c
}

// TestBoundaries asks every deadline at −1 s, 0 and +1 s.
func TestBoundaries(t *testing.T) {
	tests := []struct {
		name     string
		track    string
		edit     func(*casefile.File)
		deadline string
		endOfDay string
		basis    string
		missing  []int
	}{
		{"7×24 h from the earlier of two times: effective", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt, c.Violation.NotifiedAt = at("2026-11-18 09:30"), at("2026-11-18 09:32")
		}, "2026-11-25 09:30:00", "2026-11-25 23:59:59", "effective_at", []int{}},
		{"notified", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt, c.Violation.NotifiedAt = at("2026-11-18 09:30:07"), at("2026-11-18 09:30:06")
		}, "2026-11-25 09:30:06", "2026-11-25 23:59:59", "notified_at", []int{}},
		{"only one given, across a month's end", "platform_penalty", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-10-28 23:59:59")
		}, "2026-11-04 23:59:59", "2026-11-04 23:59:59", "notified_at", []int{}},
		{"at midnight the last open second belongs to the day before", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt = at("2026-11-18")
		}, "2026-11-25 00:00:00", "2026-11-24 23:59:59", "effective_at", []int{}},
		{"given in another zone", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt = at("2026-11-17T18:30:00-07:00")
		}, "2026-11-25 09:30:00", "2026-11-25 23:59:59", "effective_at", []int{}},
		{"leap day", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt = at("2028-02-25 12:00")
		}, "2028-03-03 12:00:00", "2028-03-03 23:59:59", "effective_at", []int{2028}},
		{"no leap day", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt = at("2026-02-25 12:00")
		}, "2026-03-04 12:00:00", "2026-03-04 23:59:59", "effective_at", []int{}},
		{"New Year into a year without data", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt = at("2026-12-28 08:00")
		}, "2027-01-04 08:00:00", "2027-01-04 23:59:59", "effective_at", []int{2027}},
		{"typed deadline wins", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt, c.Violation.Deadline = at("2026-11-18 09:30"), at("2026-11-23 18:00")
		}, "2026-11-23 18:00:00", "2026-11-23 23:59:59", "typed", []int{}},
		{"typed deadline alone, on an unknown track", "no_such_track", func(c *casefile.File) {
			c.Violation.Deadline = at("2026-11-23 18:00")
		}, "2026-11-23 18:00:00", "2026-11-23 23:59:59", "typed", []int{}},
		{"3 business days within a week", "ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-11-16 10:00")
			c.Appeal.Attempts = nil
		}, "2026-11-19 10:00:00", "2026-11-19 23:59:59", "notified_at", []int{}},
		{"over a weekend", "ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-11-19 10:00")
		}, "2026-11-24 10:00:00", "2026-11-24 23:59:59", "notified_at", []int{}},
		{"from a Saturday the clock starts on Monday", "ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-11-21 10:00")
		}, "2026-11-26 00:00:00", "2026-11-25 23:59:59", "notified_at", []int{}},
		{"over National Day, with the Saturday worked after it", "ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-09-29 10:00")
		}, "2026-10-09 10:00:00", "2026-10-09 23:59:59", "notified_at", []int{}},
		{"a make-up Saturday counts", "ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-10-08 10:00")
		}, "2026-10-12 10:00:00", "2026-10-12 23:59:59", "notified_at", []int{}},
		{"business days into a year without data", "ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-12-30 10:00")
		}, "2027-01-04 10:00:00", "2027-01-04 23:59:59", "notified_at", []int{2027}},
		{"second submission: 27 business days from receipt", "ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-10-08 10:00")
			c.Appeal.Attempts = []casefile.Attempt{{At: at("2026-10-09 10:00"), Result: "rejected"}}
		}, "2026-11-13 10:00:00", "2026-11-13 23:59:59", "notified_at", []int{}},
		{"a rejected platform appeal keeps its deadline", "platform_penalty", func(c *casefile.File) {
			c.Violation.EffectiveAt = at("2026-11-18 09:30")
			c.Appeal.Attempts = []casefile.Attempt{{At: at("2026-11-19 10:00"), Result: "rejected"}}
		}, "2026-11-25 09:30:00", "2026-11-25 23:59:59", "effective_at", []int{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			deadline := at(tt.deadline)
			for _, off := range []time.Duration{-time.Second, 0, time.Second} {
				r := testRules()
				if tt.track == "ip_complaint" && len(caseFile(tt.track, tt.edit).Appeal.Attempts) == 0 {
					// the later window would take over at the deadline
					tr := r.Tracks[tt.track]
					tr.LaterWindow = 0
					r.Tracks[tt.track] = tr
				}
				k := Clock(deadline.Add(off), caseFile(tt.track, tt.edit), Shown{}, r)
				if !k.DeadlineKnown || !k.Deadline.Equal(deadline) || k.Basis != tt.basis {
					t.Fatalf("deadline %v (%s, known %v), want %v (%s)", k.Deadline, k.Basis, k.DeadlineKnown, deadline, tt.basis)
				}
				if !k.EndOfDay.Equal(at(tt.endOfDay)) {
					t.Errorf("end of day %v, want %s", k.EndOfDay, tt.endOfDay)
				}
				wantLeft := int64(0)
				if off < 0 {
					wantLeft = 1
				}
				if k.Closed != (off >= 0) || k.Remaining != wantLeft {
					t.Errorf("at %v: closed %v, %d s left", off, k.Closed, k.Remaining)
				}
			}
			k := Clock(deadline.Add(-48*time.Hour), caseFile(tt.track, tt.edit), Shown{}, testRules())
			if k.Hours != 48 && k.Deadline.Equal(deadline) {
				t.Errorf("hours left %v, want 48", k.Hours)
			}
			if tt.track == "ip_complaint" && k.Estimated != (len(tt.missing) > 0) {
				t.Errorf("estimated %v with missing years %v", k.Estimated, tt.missing)
			}
			for _, y := range tt.missing {
				if !slices.Contains(k.CalendarMissing, y) {
					t.Errorf("missing years %v lack %d", k.CalendarMissing, y)
				}
			}
		})
	}
}

// TestSellersClock turns the seller's own clock through summer-time changes
// and zones: the same instant gives the same answer.
func TestSellersClock(t *testing.T) {
	c := caseFile("platform_penalty", func(c *casefile.File) { c.Violation.EffectiveAt = at("2026-10-25 09:00") })
	deadline := at("2026-11-01 09:00")
	for _, zone := range []string{"Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "UTC", "Asia/Shanghai"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, off := range []time.Duration{-time.Second, 0, time.Second} {
			k := Clock(deadline.Add(off).In(loc), c, Shown{}, testRules())
			if k.Closed != (off >= 0) || !k.Deadline.Equal(deadline) {
				t.Errorf("%s at %v: closed %v, deadline %v", zone, off, k.Closed, k.Deadline)
			}
			if _, o := k.Now.Zone(); o != 8*3600 {
				t.Errorf("%s: now is given in %v", zone, k.Now.Location())
			}
		}
		// one hour twice in Madrid on that night: wall clocks mislead, instants do not
		k := Clock(time.Date(2026, 11, 1, 1, 30, 0, 0, loc), c, Shown{}, testRules())
		if k.Closed != !time.Date(2026, 11, 1, 1, 30, 0, 0, loc).Before(deadline) {
			t.Errorf("%s: closed %v", zone, k.Closed)
		}
	}
}

func TestAttempts(t *testing.T) {
	ip := func(results ...string) *casefile.File {
		return caseFile("ip_complaint", func(c *casefile.File) {
			c.Violation.NotifiedAt = at("2026-10-08 10:00") // first until 10-12 10:00, later until 11-13 10:00
			for i, r := range results {
				c.Appeal.Attempts = append(c.Appeal.Attempts, casefile.Attempt{At: at("2026-10-09 10:00").AddDate(0, 0, i), Result: r})
			}
		})
	}
	tests := []struct {
		name                string
		now                 string
		file                *casefile.File
		used, left, attempt int
		missed, closed      bool
		last                string
	}{
		{"fresh", "2026-10-12 09:59:59", ip(), 0, 3, 1, false, false, ""},
		{"first window missed", "2026-10-12 10:00:00", ip(), 1, 2, 2, true, false, ""},
		{"all windows missed", "2026-11-13 10:00:00", ip(), 1, 2, 2, true, true, ""},
		{"returned uses nothing up", "2026-10-12 09:00:00", ip("returned"), 0, 3, 1, false, false, "returned"},
		{"rejected", "2026-10-20", ip("rejected"), 1, 2, 2, false, false, "rejected"},
		{"rejected thrice", "2026-10-20", ip("rejected", "rejected", "rejected"), 3, 0, 4, false, false, "rejected"},
		{"pending", "2026-10-20", ip("rejected", "pending"), 2, 1, 3, false, false, "pending"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k := Clock(at(tt.now), tt.file, Shown{}, testRules())
			if k.AttemptsUsed != tt.used || k.AttemptsLeft != tt.left || k.Attempt != tt.attempt || k.FirstMissed != tt.missed || k.Closed != tt.closed || k.LastResult != tt.last {
				t.Errorf("used %d left %d attempt %d missed %v closed %v last %q", k.AttemptsUsed, k.AttemptsLeft, k.Attempt, k.FirstMissed, k.Closed, k.LastResult)
			}
		})
	}
}

func TestUnknown(t *testing.T) {
	for name, c := range map[string]*casefile.File{
		"no case.yaml": nil, "no times": caseFile("platform_penalty", nil), "unknown track": caseFile("nope", func(c *casefile.File) { c.Violation.EffectiveAt = at("2026-11-18") }),
	} {
		k := Clock(at("2026-11-20"), c, Shown{}, testRules())
		if k.DeadlineKnown || k.Closed || k.Remaining != -1 || k.Hours != -1 || k.Basis != "" {
			t.Errorf("%s: %+v", name, k)
		}
	}
}

func TestPlanAndEstimates(t *testing.T) {
	c := caseFile("platform_penalty", func(c *casefile.File) {
		c.Violation.EffectiveAt = at("2026-09-24 09:00")
		c.Appeal.PlannedAt = at("2026-09-29 15:00")
	})
	k := Clock(at("2026-09-25 12:00"), c, Shown{}, testRules())
	if k.PlannedLate || k.PlannedPast || k.PlannedMargin != 42 {
		t.Errorf("plan: late %v past %v margin %v", k.PlannedLate, k.PlannedPast, k.PlannedMargin)
	}
	// From Tuesday 29 September: 30, (1–7 October off), 8, 9 → third; 10 (worked), 12, 13, 14 → seventh.
	want := map[string][2]time.Time{
		"review":  {at("2026-10-09"), at("2026-10-14")},
		"weight":  {at("2026-10-23"), at("2026-11-11")},
		"release": {at("2026-10-09"), at("2026-10-24")},
	}
	for name, got := range map[string][2]time.Time{"review": {k.ReviewFrom, k.ReviewTo}, "weight": {k.WeightFrom, k.WeightTo}, "release": {k.ReleaseFrom, k.ReleaseTo}} {
		if !got[0].Equal(want[name][0]) || !got[1].Equal(want[name][1]) {
			t.Errorf("%s %v, want %v", name, got, want[name])
		}
	}
	for _, tt := range []struct {
		planned    string
		late, past bool
	}{{"2026-10-01 08:59:59", false, false}, {"2026-10-01 09:00:00", true, false}, {"2026-09-25 11:59:59", false, true}} {
		c.Appeal.PlannedAt = at(tt.planned)
		if k := Clock(at("2026-09-25 12:00"), c, Shown{}, testRules()); k.PlannedLate != tt.late || k.PlannedPast != tt.past {
			t.Errorf("planned %s: late %v, past %v", tt.planned, k.PlannedLate, k.PlannedPast)
		}
	}
	c.Appeal.PlannedAt = at("2026-09-25 10:00")
	c.Appeal.Attempts = []casefile.Attempt{{At: at("2026-09-25 10:05"), Result: "pending"}}
	k = Clock(at("2026-09-28 12:00"), c, Shown{}, testRules())
	if k.PlannedPast || !k.ReviewFrom.Equal(at("2026-09-30")) {
		t.Errorf("under review since Friday, a holiday: past %v, from %v", k.PlannedPast, k.ReviewFrom)
	}
}

func TestHistory(t *testing.T) {
	c := caseFile("platform_penalty", func(c *casefile.File) {
		c.Violation.ID, c.Violation.Type, c.Violation.EffectiveAt = "V", "watermark", at("2026-11-18 09:00")
		for _, p := range []struct{ id, kind, at string }{
			{"A", "watermark", "2026-08-20 09:00"}, {"B", "watermark", "2026-08-20 08:59"}, {"C", "contact", "2026-11-01"},
			{"V", "watermark", "2026-11-18 09:00"}, {"D", "watermark", "2026-11-19"}, {"E", "watermark", "2025-11-18 09:00"}, {"F", "watermark", "2025-11-18 08:00"},
		} {
			c.History = append(c.History, casefile.PastCase{ViolationID: p.id, Type: p.kind, At: at(p.at)})
		}
		c.History = append(c.History, casefile.PastCase{ViolationID: "no date"})
	})
	k := Clock(at("2026-11-20"), c, Shown{}, testRules())
	if k.History90 != 2 || k.Similar90 != 1 || k.History365 != 4 {
		t.Errorf("90 days %d (%d alike), 365 days %d", k.History90, k.Similar90, k.History365)
	}
}

func TestValidate(t *testing.T) {
	if err := testRules().Validate(); err != nil {
		t.Error(err)
	}
	for name, edit := range map[string]func(*Track){
		"window":       func(tr *Track) { tr.Window = 0 },
		"later window": func(tr *Track) { tr.LaterWindow = tr.Window - 1 },
		"unit":         func(tr *Track) { tr.Unit = "weeks" },
		"no start":     func(tr *Track) { tr.Start = nil },
		"start":        func(tr *Track) { tr.Start = []string{"violation.deadline"} },
		"attempts":     func(tr *Track) { tr.Attempts = -1 },
	} {
		r := testRules()
		tr := r.Tracks["ip_complaint"]
		edit(&tr)
		r.Tracks["ip_complaint"] = tr
		if err := r.Validate(); err == nil || !strings.Contains(err.Error(), "ip_complaint") {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := testRules()
	r.Estimates.ReviewDays = Range{7, 3}
	if r.Validate() == nil {
		t.Error("an estimate that ends before it begins")
	}
}

func TestCalendar(t *testing.T) {
	c := testRules().Calendar
	for day, want := range map[string]bool{
		"2026-11-20": true, "2026-11-21": false, "2026-10-01": false, "2026-10-10": true, "2026-02-14": true, "2026-02-23": false, "2026-02-24": true,
		"2025-10-08": false, "2025-09-28": true, "2027-01-01": true, "2027-01-02": false,
	} {
		if got := c.working(dayOf(at(day))); got != want {
			t.Errorf("%s: working %v", day, got)
		}
	}
	for day, want := range map[string][2]bool{"2026-10-10 23:59": {true, true}, "2026-11-21 00:00": {false, true}, "2027-01-01 10:00": {true, false}} {
		if works, known := c.Working(at(day)); works != want[0] || known != want[1] {
			t.Errorf("%s: works %v, known %v", day, works, known)
		}
	}
	// A calendar without a working day ends, and without one at all weekends count.
	off := NewCalendar([]Year{{Year: 2026, Off: []Span{span("2026-01-01", "2199-12-31")}}})
	if _, missing := off.Add(at("2026-01-01"), 5); len(missing) != 0 {
		t.Errorf("missing %v", missing)
	}
	var none *Calendar
	if got, missing := none.Add(at("2026-11-20 10:00"), 1); !got.Equal(at("2026-11-23 10:00")) || len(missing) != 1 {
		t.Errorf("no calendar: %v, %v", got, missing)
	}
	if got, _ := none.AddDays(at("2026-11-20 10:00"), 1); !got.Equal(at("2026-11-23")) {
		t.Errorf("no calendar: %v", got)
	}
	if got, _ := none.Add(at("2026-11-20 10:00"), 1<<30); got.Year() < 2040 || got.Year() > 2050 {
		t.Errorf("a window of a billion days ended in %v", got)
	}
}

// estimates are those of M5.
func estimates() Estimates {
	return Estimates{ReviewDays: Range{3, 7}, WeightWeeks: Range{2, 4}, ReleaseDays: Range{15, 30}}
}

// TestShownDeadline: the notice's deadline counts where it is earlier, and where
// it is this violation's.
func TestShownDeadline(t *testing.T) {
	notice := func(id, role, when string, confidence float64) []facts.Asset {
		set := &facts.Set{}
		set.Document.ViolationIDs = []string{id}
		set.Document.NoticeTimes = []facts.NoticeTime{{Role: role, At: at(when), Confidence: confidence}}
		return []facts.Asset{{Kind: "notice", Facts: set}}
	}
	c := caseFile("platform_penalty", func(f *casefile.File) {
		f.Violation.ID, f.Violation.EffectiveAt = "WG1", at("2026-11-18 09:30")
	})
	for _, tt := range []struct {
		name     string
		assets   []facts.Asset
		deadline string
		basis    verdict.DeadlineBasis
	}{
		{"nothing shown", nil, "2026-11-25 09:30", verdict.BasisEffective},
		{"an earlier deadline", notice("WG1", "deadline", "2026-11-21 09:30", 1), "2026-11-21 09:30", verdict.BasisNotice},
		{"a later deadline", notice("WG1", "deadline", "2026-11-28 09:30", 1), "2026-11-25 09:30", verdict.BasisEffective},
		{"an earlier penalty", notice("WG1", "effective", "2026-11-15 09:30", 1), "2026-11-22 09:30", verdict.BasisNotice},
		{"seconds cut off", notice("WG1", "effective", "2026-11-18 09:29:30", 1), "2026-11-25 09:30", verdict.BasisEffective},
		{"another violation's", notice("WG2", "deadline", "2026-11-21 09:30", 1), "2026-11-25 09:30", verdict.BasisEffective},
		{"badly read", notice("WG1", "deadline", "2026-11-21 09:30", 0.7), "2026-11-25 09:30", verdict.BasisEffective},
	} {
		k := Clock(at("2026-11-20"), c, ShownBy(tt.assets, "WG1"), testRules())
		if got := k.Deadline.Format("2006-01-02 15:04"); got != tt.deadline || k.Basis != string(tt.basis) || k.CaseDeadline.Format("2006-01-02 15:04") != "2026-11-25 09:30" {
			t.Errorf("%s: %s by %s, case %s", tt.name, got, k.Basis, k.CaseDeadline)
		}
	}
}

// TestFilled: a notice fills in for a case file that says no time at all.
func TestFilled(t *testing.T) {
	shown := Shown{Effective: at("2026-11-18 09:30"), Deadline: at("2026-11-24 09:30")}
	none := caseFile("platform_penalty", nil)
	if k := Clock(at("2026-11-20"), Filled(none, shown), shown, testRules()); !k.DeadlineKnown || !k.Deadline.Equal(shown.Deadline) {
		t.Errorf("%v by %s", k.Deadline, k.Basis)
	}
	if !none.Violation.EffectiveAt.IsZero() {
		t.Error("the case file was changed")
	}
	said := caseFile("platform_penalty", func(f *casefile.File) { f.Violation.NotifiedAt = at("2026-11-19 09:30") })
	if Filled(said, shown) != said || Filled(none, Shown{}) != none || Filled(nil, Shown{}) != nil {
		t.Error("nothing was to be filled in")
	}
	if c := Filled(nil, shown); c == nil || c.Appeal.Track != "platform_penalty" || !c.Violation.Deadline.Equal(shown.Deadline) {
		t.Errorf("no case file: %+v", c)
	}
}

// TestKnown: what the notice shows counts where case.yaml says nothing, or is not there.
func TestKnown(t *testing.T) {
	notice := func(id string, times ...facts.NoticeTime) facts.Asset {
		set := &facts.Set{}
		set.Document.ViolationIDs, set.Document.NoticeTimes = []string{id}, times
		return facts.Asset{Kind: facts.KindNotice, Facts: set}
	}
	on := facts.NoticeTime{Role: "effective", At: at("2026-11-18 09:30"), Confidence: 0.95}
	before := facts.NoticeTime{Role: "deadline", At: at("2026-11-21 09:30"), Confidence: 0.95}
	doubtful := facts.NoticeTime{Role: "effective", At: at("2026-11-18 09:30"), Confidence: 0.6}
	id := func(f *casefile.File) { f.Violation.ID = "WG1" }
	for _, tt := range []struct {
		name   string
		file   *casefile.File
		assets []facts.Asset
		want   string // empty for unknown
		basis  string
		alone  string // what case.yaml comes to
	}{
		{"no case.yaml", nil, []facts.Asset{notice("WG1", on)}, "2026-11-25 09:30", "notice", ""},
		{"no case.yaml, a deadline shown", nil, []facts.Asset{notice("WG1", on, before)}, "2026-11-21 09:30", "notice", ""},
		{"no case.yaml, notices of two violations", nil, []facts.Asset{notice("WG1", on), notice("WG2", before)}, "", "", ""},
		{"no case.yaml, a doubtful reading", nil, []facts.Asset{notice("WG1", doubtful)}, "", "", ""},
		{"no case.yaml, no notice", nil, nil, "", "", ""},
		{"no times in case.yaml", caseFile("platform_penalty", id), []facts.Asset{notice("WG1", on)}, "2026-11-25 09:30", "notice", ""},
		{"nor an ID", caseFile("platform_penalty", nil), []facts.Asset{notice("WG1", on)}, "2026-11-25 09:30", "notice", ""},
		{"another violation's notice", caseFile("platform_penalty", id), []facts.Asset{notice("WG2", on)}, "", "", ""},
		{"times and no ID, the notice is earlier", caseFile("platform_penalty", func(f *casefile.File) { f.Violation.EffectiveAt = at("2026-11-19 09:30") }), []facts.Asset{notice("WG1", on)}, "2026-11-25 09:30", "notice", "2026-11-26 09:30"},
		{"times and no ID, the notice is later", caseFile("platform_penalty", func(f *casefile.File) { f.Violation.EffectiveAt = at("2026-11-17 09:30") }), []facts.Asset{notice("WG1", on)}, "2026-11-24 09:30", "effective_at", "2026-11-24 09:30"},
	} {
		k := Known(at("2026-11-20"), tt.file, tt.assets, testRules())
		say := func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return t.Format("2006-01-02 15:04")
		}
		if say(k.Deadline) != tt.want || k.DeadlineKnown != (tt.want != "") || k.Basis != tt.basis || say(k.CaseDeadline) != tt.alone {
			t.Errorf("%s: %s by %q, case.yaml alone %q", tt.name, say(k.Deadline), k.Basis, say(k.CaseDeadline))
		}
	}
}

func TestIDOn(t *testing.T) {
	of := func(kind string, ids ...string) facts.Asset {
		set := &facts.Set{}
		set.Document.ViolationIDs = ids
		return facts.Asset{Kind: kind, Facts: set}
	}
	for want, assets := range map[string][]facts.Asset{
		"WG1": {of("notice", "WG1"), {Kind: "notice"}, of("notice"), of("evidence", "WG2")},
		"wg1": {of("notice", "WG1"), of("notice", "wg1")},
		"":    {of("notice", "WG1"), of("notice", "WG2"), of("notice", "WG2")},
	} {
		if got := IDOn(assets); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
