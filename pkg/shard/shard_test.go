package shard

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Part{
		"1/1": {1, 1}, "2/8": {2, 8}, "8/8": {8, 8},
		"0/8": {}, "9/8": {}, "1/0": {}, "-1/8": {}, "2": {}, "2/8/3": {}, "/8": {}, "auto": {}, "1/10001": {}, "": {},
	} {
		got, err := Parse(text)
		if got != want || (err == nil) != (want != Part{}) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
		if err == nil && got.String() != text {
			t.Errorf("%q is said as %q", text, got)
		}
	}
}

// TestAssign asks for what a partition promises: the same whatever order the units come
// in, the largest part at most the largest unit above the least, no unit lost.
func TestAssign(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 3, 8, 50} {
		for _, many := range []int{0, 1, 5, 40, 400} {
			units := make([]Unit, many)
			var largest int64
			for i := range units {
				units[i] = Unit{fmt.Sprintf("u%d", i), Weight(r.Int64N(4)) * r.Int64N(30)}
				largest = max(largest, units[i].Weight)
			}
			got := Assign(units, n)
			byName := map[string]int{}
			sums, counts := make([]int64, n), make([]int, n)
			for i, p := range got {
				byName[units[i].Name] = p
				sums[p] += units[i].Weight
				counts[p]++
			}
			if slices.Max(sums)-slices.Min(sums) > largest {
				t.Errorf("%d units for %d: from %d to %d", many, n, slices.Min(sums), slices.Max(sums))
			}
			if many >= n && largest > 0 && slices.Min(counts) == 0 && many > 40 {
				t.Errorf("%d units for %d: a part has none", many, n)
			}
			r.Shuffle(many, func(i, j int) { units[i], units[j] = units[j], units[i] })
			for i, p := range Assign(units, n) {
				if p != byName[units[i].Name] {
					t.Fatalf("%d units for %d: %s goes elsewhere in another order", many, n, units[i].Name)
				}
			}
		}
	}
	// Empty files are no work, and still shared out evenly.
	counts := make([]int, 3)
	for _, p := range Assign([]Unit{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}, {Name: "e"}, {Name: "f"}}, 3) {
		counts[p]++
	}
	if !slices.Equal(counts, []int{2, 2, 2}) {
		t.Errorf("%v", counts)
	}
}

// TestAssignIsFixed keeps the partition what it is: machines with other versions of the
// program would not fit together anyway, but a change should be meant.
func TestAssignIsFixed(t *testing.T) {
	var units []Unit
	for i, size := range []int64{5 << 20, 100 << 20, 300, 0, 7 << 20, 7 << 20, 1 << 20} {
		units = append(units, Unit{string(rune('a' + i)), Weight(size)})
	}
	if got, want := Assign(units, 3), []int{1, 0, 2, 1, 1, 2, 2}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
