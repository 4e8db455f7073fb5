// Package guide explains what the words of an appeal mean to people who never needed
// them before, and how to get what is asked for: guides.yaml holds the texts, and each
// guide has a drawn example.
//
// It may import pkg/config and pkg/lang.
package guide

import (
	_ "embed" // guides.yaml
	"fmt"

	"github.com/aecheck/aecheck/pkg/config"
	"github.com/aecheck/aecheck/pkg/lang"
)

// Guide is one topic.
type Guide struct {
	ID      string      `json:"id" zh:"编号" en:"id" pattern:"^[a-z]+$"`
	Words   []string    `json:"words" zh:"也这样叫" en:"words that name it too"`
	Kinds   []string    `json:"kinds" zh:"说明这类材料时附上" en:"kinds of material whose page ends with it"`
	Rules   []string    `json:"rules" zh:"有关的规则" en:"rules about it"`
	Title   lang.Text   `json:"title" zh:"标题" en:"title"`
	Text    []lang.Text `json:"text" zh:"是什么" en:"what it is"`
	Parts   []Part      `json:"parts" zh:"怎么做" en:"how"`
	Sources []string    `json:"sources" zh:"来源" en:"sources"`
}

// Part is a way or a side of a guide, step by step.
type Part struct {
	Title lang.Text   `json:"title" zh:"标题" en:"title"`
	Steps []lang.Text `json:"steps" zh:"步骤" en:"steps"`
}

//go:embed guides.yaml
var guides []byte

// All are the guides, in the order of guides.yaml.
func All() ([]Guide, error) {
	var file struct {
		Guides []Guide `json:"guides" zh:"说明" en:"guides"`
	}
	if _, err := config.Decode("guides.yaml", guides, &file); err != nil {
		return nil, fmt.Errorf("guides.yaml: %w", err)
	}
	return file.Guides, nil
}
