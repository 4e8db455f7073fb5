package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// run is one command that was measured.
type run struct {
	Name string  `json:"name"`
	CPU  float64 `json:"cpu_seconds"` // user and system, of the command and all it started
	Wall float64 `json:"wall_seconds"`
	Peak float64 `json:"peak_mib"` // resident, of the largest process
}

// measure runs a command and appends what it took to file. The command's exit code
// is handed on.
func measure(file, name string, command []string) (int, error) {
	c := exec.Command(command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	start := time.Now()
	err := c.Run()
	wall := time.Since(start).Seconds()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return 1, err
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 1, fmt.Errorf("this system does not say what a command took")
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 1, err
	}
	cpu := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	fmt.Fprintf(f, "%s\t%.3f\t%.3f\t%.1f\n", name, cpu.Seconds(), wall, float64(usage.Maxrss)/1024)
	return c.ProcessState.ExitCode(), f.Close()
}

// readRuns reads what measure wrote.
func readRuns(file string) (map[string]run, []run, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	byName := map[string]run{}
	var order []run
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, rest, _ := strings.Cut(lines.Text(), "\t")
		r := run{Name: name}
		if _, err := fmt.Sscanf(rest, "%f\t%f\t%f", &r.CPU, &r.Wall, &r.Peak); err != nil {
			return nil, nil, fmt.Errorf("%s: %q: %w", file, lines.Text(), err)
		}
		byName[name] = r
		order = append(order, r)
	}
	return byName, order, nil
}
