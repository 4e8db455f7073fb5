package shard

import (
	"errors"
	"testing"
)

func TestFromEnvironment(t *testing.T) {
	const none = Why(-1)
	type env = map[string]string
	array := func(id, first, last, count string) env {
		return env{"SLURM_ARRAY_TASK_ID": id, "SLURM_ARRAY_TASK_MIN": first, "SLURM_ARRAY_TASK_MAX": last, "SLURM_ARRAY_TASK_COUNT": count}
	}
	with := func(e env, name, value string) env { e[name] = value; return e }
	for name, c := range map[string]struct {
		env  env
		want Part
		why  Why
	}{
		"nothing":                    {env{}, Part{}, NoPlatform},
		"a count alone":              {env{"AECHECK_SHARDS": "8"}, Part{}, NoPlatform},
		"kubernetes, the first":      {env{"JOB_COMPLETION_INDEX": "0", "AECHECK_SHARDS": "8"}, Part{1, 8}, none},
		"kubernetes, the last":       {env{"JOB_COMPLETION_INDEX": "7", "AECHECK_SHARDS": "8"}, Part{8, 8}, none},
		"kubernetes, one too many":   {env{"JOB_COMPLETION_INDEX": "8", "AECHECK_SHARDS": "8"}, Part{}, NoNumber},
		"kubernetes, no count":       {env{"JOB_COMPLETION_INDEX": "0"}, Part{}, NoCount},
		"kubernetes, odd count":      {env{"JOB_COMPLETION_INDEX": "0", "AECHECK_SHARDS": "eight"}, Part{}, NoNumber},
		"kubernetes, odd index":      {env{"JOB_COMPLETION_INDEX": "-1", "AECHECK_SHARDS": "8"}, Part{}, NoNumber},
		"slurm from 0":               {array("0", "0", "7", "8"), Part{1, 8}, none},
		"slurm from 1":               {array("8", "1", "8", "8"), Part{8, 8}, none},
		"slurm with steps":           {array("30", "10", "80", "8"), Part{3, 8}, none},
		"slurm, one task":            {array("3", "3", "3", "1"), Part{1, 1}, none},
		"slurm, one redone":          {with(array("3", "3", "3", "1"), "AECHECK_SHARDS", "8"), Part{}, OtherTotal},
		"slurm, gaps":                {array("2", "1", "9", "3"), Part{}, Gaps},
		"slurm, gaps that divide":    {array("5", "1", "20", "4"), Part{}, Gaps},
		"slurm, outside of it":       {array("9", "0", "7", "8"), Part{}, NoNumber},
		"slurm, too little":          {env{"SLURM_ARRAY_TASK_ID": "1"}, Part{}, NoCount},
		"slurm, no number":           {array("x", "0", "7", "8"), Part{}, NoNumber},
		"gitlab, the first":          {env{"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "4"}, Part{1, 4}, none},
		"gitlab, the last":           {env{"CI_NODE_INDEX": "4", "CI_NODE_TOTAL": "4"}, Part{4, 4}, none},
		"gitlab, from 0":             {env{"CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "4"}, Part{}, NoNumber},
		"gitlab without parallel":    {env{"CI_NODE_TOTAL": "1"}, Part{}, NoPlatform},
		"aws, the first":             {env{"AWS_BATCH_JOB_ARRAY_INDEX": "0", "AWS_BATCH_JOB_ARRAY_SIZE": "10"}, Part{1, 10}, none},
		"aws, the last":              {env{"AWS_BATCH_JOB_ARRAY_INDEX": "9", "AWS_BATCH_JOB_ARRAY_SIZE": "10"}, Part{10, 10}, none},
		"aws, no size":               {env{"AWS_BATCH_JOB_ARRAY_INDEX": "9"}, Part{}, NoCount},
		"two that agree":             {env{"JOB_COMPLETION_INDEX": "2", "AECHECK_SHARDS": "8", "CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "8"}, Part{3, 8}, none},
		"two that do not":            {env{"JOB_COMPLETION_INDEX": "2", "AECHECK_SHARDS": "8", "CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "8"}, Part{}, TwoParts},
		"a count that is another":    {env{"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "4", "AECHECK_SHARDS": "8"}, Part{}, OtherTotal},
		"a count that is the same":   {env{"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "4", "AECHECK_SHARDS": "4"}, Part{1, 4}, none},
		"more than anybody has":      {env{"JOB_COMPLETION_INDEX": "0", "AECHECK_SHARDS": "99999"}, Part{}, NoNumber},
		"numbers beyond all numbers": {env{"JOB_COMPLETION_INDEX": "99999999999999999999", "AECHECK_SHARDS": "8"}, Part{}, NoNumber},
	} {
		got, err := FromEnvironment(func(name string) string { return c.env[name] })
		var e *EnvironmentError
		switch {
		case c.why == none && (err != nil || got != c.want):
			t.Errorf("%s: %v, %v", name, got, err)
		case c.why != none && (!errors.As(err, &e) || e.Why != c.why):
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}
