package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/aecheck/aecheck/pkg/testkit/stock"
)

// figuresOf is all that one benchmark found. What a run left out is absent.
type figuresOf struct {
	Scale  string     `json:"scale"`
	Files  stock.Size `json:"files"`
	CPUs   int        `json:"cpus"`
	Load   string     `json:"load,omitempty"` // average over one, five and fifteen minutes, at the end
	Runs   []run      `json:"runs"`
	Recall struct {
		Aecheck []stock.Recall `json:"aecheck"`
		Peer    []stock.Recall `json:"peer,omitempty"`
	} `json:"recall"`
	// CPU time of the peer over that of a scan that knows nothing yet: all of it, and
	// both without text.
	PeerRatio            float64 `json:"peer_ratio,omitempty"`
	PeerRatioWithoutText float64 `json:"peer_ratio_without_text,omitempty"`
	// CPU time in percent of the first scan's.
	RescanPercent float64 `json:"rescan_percent"`
	VerifyPercent float64 `json:"verify_percent"`
	// CPU milliseconds a file of a rescan where nothing changed, by number of files.
	Linear []linear `json:"linear,omitempty"`
}

type linear struct {
	Files  int     `json:"files"`
	Rescan float64 `json:"rescan_ms_a_file"`
	Peak   float64 `json:"rescan_peak_mib"`
}

// table reads the working folder of .ci/bench/run and prints its figures.
func table(work, scale, out string) error {
	f := figuresOf{Scale: scale, CPUs: runtime.NumCPU()}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil { // Linux alone has it
		f.Load = strings.Join(strings.Fields(string(load))[:3], " ")
	}
	byName, order, err := readRuns(filepath.Join(work, "runs"))
	if err != nil {
		return err
	}
	f.Runs = order
	if err := f.recall(work, byName); err != nil {
		return err
	}
	first := byName["scan"].CPU
	f.RescanPercent, f.VerifyPercent = 100*byName["rescan"].CPU/first, 100*byName["verify"].CPU/first
	if looks, ok := byName["peer, without text"]; ok {
		f.PeerRatio = (looks.CPU + byName["peer, text"].CPU) / first
		f.PeerRatioWithoutText = looks.CPU / byName["without text"].CPU
	}
	for _, n := range []int{200, 2000, 10000} {
		if r, ok := byName[fmt.Sprintf("rescan of %d", n)]; ok {
			f.Linear = append(f.Linear, linear{n, 1000 * r.CPU / float64(n), r.Peak})
		}
	}
	for folder, n := range map[string]*int{stock.Camera: &f.Files.Camera, stock.Product: &f.Files.Product, stock.Letters: &f.Files.Letters} {
		names, err := os.ReadDir(filepath.Join(work, "corpus", folder))
		if err != nil {
			return err
		}
		*n = len(names)
	}
	f.print()
	if out == "" {
		return nil
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(data, '\n'), 0o644)
}

// recall counts what either program found of what was planted.
func (f *figuresOf) recall(work string, byName map[string]run) error {
	list, err := os.ReadFile(filepath.Join(work, "planted"))
	if err != nil {
		return err
	}
	plants, err := stock.ParseList(string(list))
	if err != nil {
		return err
	}
	said, err := saidByAecheck(filepath.Join(work, "product.json"), filepath.Join(work, "letters.json"))
	if err != nil {
		return err
	}
	f.Recall.Aecheck = stock.Count(plants, said)
	if _, ok := byName["peer, text"]; !ok {
		return nil
	}
	paths := map[string]bool{}
	for _, p := range plants {
		paths[p.Path] = true
	}
	if said, err = saidByPeer(filepath.Join(work, "peer"), paths); err != nil {
		return err
	}
	f.Recall.Peer = stock.Count(plants, said)
	return nil
}

func (f *figuresOf) print() {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d camera files, %d product pictures, %d letters (scale %s); %d processors", f.Files.Camera, f.Files.Product, f.Files.Letters, f.Scale, f.CPUs)
	if f.Load != "" {
		fmt.Fprintf(&b, ", load %s", f.Load)
	}
	fmt.Fprintf(&b, "\n\n%-22s %10s %10s %10s\n", "", "CPU s", "wall s", "peak MiB")
	for _, r := range f.Runs {
		fmt.Fprintf(&b, "%-22s %10.2f %10.2f %10.0f\n", r.Name, r.CPU, r.Wall, r.Peak)
	}
	b.WriteString("\n")
	if f.PeerRatio > 0 {
		fmt.Fprintf(&b, "%-22s %9.2f×\n", "peer / scan, CPU", f.PeerRatio)
		fmt.Fprintf(&b, "%-22s %9.2f×\n", "both without text", f.PeerRatioWithoutText)
	}
	fmt.Fprintf(&b, "%-22s %9.1f%%\n%-22s %9.1f%%\n", "rescan / scan, CPU", f.RescanPercent, "verify / scan, CPU", f.VerifyPercent)
	fmt.Fprintf(&b, "\n%-22s %10s %10s %10s\n", "planted and found", "planted", "aecheck", "peer")
	for i, r := range f.Recall.Aecheck {
		peer := "-"
		if f.Recall.Peer != nil {
			peer = fmt.Sprint(f.Recall.Peer[i].Found)
		}
		fmt.Fprintf(&b, "%-22s %10d %10d %10s\n", r.Kind, r.Planted, r.Found, peer)
	}
	if f.Linear != nil {
		fmt.Fprintf(&b, "\n%-22s %10s %10s\n", "small pictures", "CPU ms", "peak MiB")
	}
	for _, l := range f.Linear {
		fmt.Fprintf(&b, "%-22s %10.3f %10.0f\n", fmt.Sprintf("%d, rescan, a file", l.Files), l.Rescan, l.Peak)
	}
	os.Stdout.Write(b.Bytes())
}
