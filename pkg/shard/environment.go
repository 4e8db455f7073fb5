package shard

import (
	"fmt"
	"strconv"
	"strings"
)

// CountVariable says how many parts there are where the platform does not.
const CountVariable = "AECHECK_SHARDS"

// Why says what is wrong with the variables of the environment.
type Why int

// What can be wrong.
const (
	NoPlatform Why = iota // none of the variables is set
	NoCount               // Name is set, and nothing says how many parts there are
	NoNumber              // Value of Name is no number, or out of range
	Gaps                  // the array of Slurm has gaps, or steps that do not divide it
	OtherTotal            // Name says Value, and CountVariable says Other
	TwoParts              // Name and Other say different parts
)

// EnvironmentError says why the environment does not tell which part this is.
type EnvironmentError struct {
	Why         Why
	Name, Value string // the variable
	Other       string // a second one, or what Name should be
}

func (e *EnvironmentError) Error() string {
	return fmt.Sprintf("the environment does not tell the part: %s=%q %s (%d)", e.Name, e.Value, e.Other, e.Why)
}

// Variables are those that FromEnvironment looks at first, one a platform.
func Variables() []string {
	return []string{kubernetes, slurm, gitlab, awsBatch}
}

// The variables that say which one a machine is. Kubernetes and AWS Batch count from 0,
// GitLab from 1, Slurm from what the array was made with.
//
//   - https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
//   - https://slurm.schedmd.com/job_array.html#env_vars
//   - https://docs.gitlab.com/ci/variables/predefined_variables/
//   - https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
const (
	kubernetes = "JOB_COMPLETION_INDEX"
	slurm      = "SLURM_ARRAY_TASK_ID"
	gitlab     = "CI_NODE_INDEX"
	awsBatch   = "AWS_BATCH_JOB_ARRAY_INDEX"
)

// FromEnvironment is the part that the variables of Kubernetes Indexed Jobs, Slurm
// job arrays, GitLab's parallel: or AWS Batch array jobs name. It is asked for by the
// user alone: such variables are also set where nobody means to share anything out.
// The error is an *EnvironmentError.
func FromEnvironment(getenv func(string) string) (Part, error) {
	e := environment{getenv}
	var part Part
	from := ""
	for _, name := range Variables() {
		if getenv(name) == "" {
			continue
		}
		p, err := map[string]func() (Part, error){kubernetes: e.kubernetes, slurm: e.slurm, gitlab: e.gitlab, awsBatch: e.awsBatch}[name]()
		if err != nil {
			return Part{}, err
		}
		if from != "" && p != part {
			return Part{}, &EnvironmentError{Why: TwoParts, Name: from, Value: part.String(), Other: name + "=" + getenv(name)}
		}
		part, from = p, name
	}
	if from == "" {
		return Part{}, &EnvironmentError{Why: NoPlatform}
	}
	return part, nil
}

type environment struct{ getenv func(string) string }

// number reads a variable that must be there.
func (e environment) number(name string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(e.getenv(name)))
	if err != nil || n < 0 || n > 1<<30 {
		return 0, &EnvironmentError{Why: NoNumber, Name: name, Value: e.getenv(name)}
	}
	return n, nil
}

// part checks an index (from 0) of a variable against the count of another; where the
// user says a count too they must agree.
func (e environment) part(name string, index int, countName string) (Part, error) {
	if e.getenv(countName) == "" {
		return Part{}, &EnvironmentError{Why: NoCount, Name: name, Value: e.getenv(name), Other: countName}
	}
	n, err := e.number(countName)
	if err != nil {
		return Part{}, err
	}
	if said := e.getenv(CountVariable); said != "" && countName != CountVariable {
		if k, err := e.number(CountVariable); err != nil || k != n {
			return Part{}, &EnvironmentError{Why: OtherTotal, Name: countName, Value: e.getenv(countName), Other: said}
		}
	}
	p := Part{Index: index + 1, Count: n}
	if !p.valid() {
		return Part{}, &EnvironmentError{Why: NoNumber, Name: name, Value: e.getenv(name), Other: countName + "=" + e.getenv(countName)}
	}
	return p, nil
}

// kubernetes: nothing in a pod says how many completions the job has.
func (e environment) kubernetes() (Part, error) {
	i, err := e.number(kubernetes)
	if err != nil {
		return Part{}, err
	}
	return e.part(kubernetes, i, CountVariable)
}

func (e environment) awsBatch() (Part, error) {
	i, err := e.number(awsBatch)
	if err != nil {
		return Part{}, err
	}
	return e.part(awsBatch, i, "AWS_BATCH_JOB_ARRAY_SIZE")
}

func (e environment) gitlab() (Part, error) {
	i, err := e.number(gitlab)
	if err != nil {
		return Part{}, err
	}
	return e.part(gitlab, i-1, "CI_NODE_TOTAL")
}

// slurm: --array=0-7, 1-8 and 10-80:10 are arrays of eight; of 1,5,9,20 nothing tells
// which one a task is.
func (e environment) slurm() (Part, error) {
	var at [4]int
	for i, name := range []string{slurm, "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_COUNT"} {
		if e.getenv(name) == "" {
			return Part{}, &EnvironmentError{Why: NoCount, Name: slurm, Value: e.getenv(slurm), Other: name}
		}
		n, err := e.number(name)
		if err != nil {
			return Part{}, err
		}
		at[i] = n
	}
	id, first, last, count := at[0], at[1], at[2], at[3]
	step := 1
	if count > 1 {
		step = (last - first) / (count - 1)
	}
	if step < 1 || first+step*(count-1) != last || (id-first)%step != 0 {
		return Part{}, &EnvironmentError{Why: Gaps, Name: slurm, Value: strconv.Itoa(id)}
	}
	return e.part(slurm, (id-first)/step, "SLURM_ARRAY_TASK_COUNT")
}
