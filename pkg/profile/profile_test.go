package profile

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestProfile(t *testing.T) {
	p := New()
	end := p.Stage("read")
	p.add("text", "a.jpg", 3*time.Second)
	p.add("text", "b.jpg", 5*time.Second)
	p.add("exif", "a.jpg", 2*time.Second)
	p.Step("exif", "a.jpg")()
	p.File(false)
	p.File(false)
	p.File(true)
	for i := range 30 {
		p.add("hash", fmt.Sprintf("%02d.jpg", i), 0)
	}
	end()
	data, err := p.JSON(2)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Cores      int
		Files      int
		Known      int `json:"files_known"`
		Stages     []struct{ Name string }
		Extractors []struct {
			Name        string
			Files       int
			Elapsed     float64 `json:"elapsed_s"`
			Share       float64
			Longest     float64 `json:"longest_s"`
			LongestFile string  `json:"longest_file"`
		}
		Slowest []struct {
			Path    string
			Elapsed float64 `json:"elapsed_s"`
		} `json:"slowest_files"`
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Cores != 2 || got.Files != 3 || got.Known != 1 || len(got.Stages) != 1 || got.Stages[0].Name != "read" {
		t.Errorf("got %+v", got)
	}
	var names []string
	for _, e := range got.Extractors {
		names = append(names, e.Name)
	}
	if !slices.Equal(names, []string{"text", "exif", "hash"}) {
		t.Errorf("extractors %v", names)
	}
	if e := got.Extractors[0]; e.Files != 2 || e.Elapsed != 8 || e.Share != 0.8 || e.Longest != 5 || e.LongestFile != "b.jpg" {
		t.Errorf("text: %+v", e)
	}
	if len(got.Slowest) != slowest || got.Slowest[0].Path != "a.jpg" || got.Slowest[0].Elapsed != 5 || got.Slowest[1].Path != "b.jpg" {
		t.Errorf("slowest %+v", got.Slowest)
	}
}

func TestNoProfile(t *testing.T) {
	var p *Profile
	p.Stage("read")()
	p.Step("text", "a.jpg")()
	p.File(true)
}
