// What the harnesses of Go's engines share: the workloads of a folder, and figures as NDJSON on standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"syscall"
)

// An entry of workloads.json.
type workload struct {
	ID        string         `json:"id"`
	Kind      string         `json:"kind"`
	Document  string         `json:"document"`
	Schema    string         `json:"schema"`
	Variables map[string]any `json:"variables"`
}

// A harness is started as: PROGRAM FOLDER PEER.
type harness struct{ folder, peer string }

func newHarness() harness {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "Usage: "+os.Args[0]+" FOLDER PEER")
		os.Exit(2)
	}
	return harness{folder: os.Args[1], peer: os.Args[2]}
}

func (h harness) text(name string) string {
	bytes, err := os.ReadFile(filepath.Join(h.folder, name))
	must(err)
	return string(bytes)
}

func (h harness) decode(name string, value any) {
	must(json.Unmarshal([]byte(h.text(name)), value))
}

func (h harness) workloads() []workload {
	var list struct{ Workloads []workload }
	h.decode("workloads.json", &list)
	return list.Workloads
}

const (
	rounds = 7
	// Microseconds of processor time before figures are taken, and in each round.
	warmUp = 300_000.0
	round  = 120_000.0
)

// Prints the processor time of one operation: the median of the rounds, all threads and the collector's work included.
func (h harness) time(id string, operation func()) {
	repeat := func(count int) float64 {
		start := processorTime()
		for run := 0; run < count; run++ {
			operation()
		}
		return processorTime() - start
	}
	count, last := 1, 0.0
	for spent := 0.0; spent < warmUp; spent += last {
		if last > 0 && last < warmUp/8 {
			count *= 2
		}
		last = repeat(count)
	}
	count = 1 + int(round*float64(count)/last)
	var figures []float64
	for len(figures) < rounds {
		figures = append(figures, repeat(count)/float64(count))
	}
	sort.Float64s(figures)
	h.emit(id, "cpu_us_per_op", figures[rounds/2], "us")
}

func (h harness) emit(id, metric string, value float64, unit string) {
	line, err := json.Marshal(struct {
		Peer     string  `json:"peer"`
		Workload string  `json:"workload"`
		Metric   string  `json:"metric"`
		Value    float64 `json:"value"`
		Unit     string  `json:"unit"`
	}{h.peer, id, metric, value, unit})
	must(err)
	fmt.Println(string(line))
}

// User and system time of the process, in microseconds.
func processorTime() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1_000
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
