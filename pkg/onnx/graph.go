package onnx

import (
	"errors"
	"fmt"
	"math"
)

// attribute is one attribute of a node; which field counts follows from the
// operator's definition.
type attribute struct {
	i      int64
	f      float32
	s      string
	ints   []int64
	tensor *tensor
}

// node is one operator application. in holds "" for an omitted input.
type node struct {
	op    string
	in    []string
	out   string
	attrs map[string]attribute

	conv *convWeights   // packed weights of Conv and ConvTranspose
	mat  *packedColumns // packed constant right side of MatMul

	point  *node   // transposed convolution that this one works on, joined with it (pairTwice)
	spread *spread // what a spread convolution adds up
	links  []*node // convolutions of a chain, each behind the one that it reads
}

// label names the node in errors.
func (n *node) label() string { return n.op + " " + n.out }

// int returns an integer attribute or its default.
func (n *node) int(name string, def int64) int64 {
	if a, ok := n.attrs[name]; ok {
		return a.i
	}
	return def
}

// float returns a float attribute or its default.
func (n *node) float(name string, def float32) float32 {
	if a, ok := n.attrs[name]; ok {
		return a.f
	}
	return def
}

// input returns the name of input k, or "".
func (n *node) input(k int) string {
	if k < len(n.in) {
		return n.in[k]
	}
	return ""
}

// sizes returns an attribute of exactly len(def) integers between lo and
// 1<<20, or def when it is missing.
func (n *node) sizes(name string, lo int64, def ...int) ([]int, error) {
	a, ok := n.attrs[name]
	if !ok {
		return def, nil
	}
	if len(a.ints) != len(def) {
		return nil, fmt.Errorf("%s: attribute %s has %d values, want %d", n.label(), name, len(a.ints), len(def))
	}
	out := make([]int, len(def))
	for i, v := range a.ints {
		if v < lo || v > 1<<20 {
			return nil, fmt.Errorf("%s: attribute %s = %d", n.label(), name, v)
		}
		out[i] = int(v)
	}
	return out, nil
}

// graph is a checked model: nodes in execution order, every name written
// once and before it is read.
type graph struct {
	nodes  []*node
	consts map[string]*tensor
	input  string
	output string
}

// parseModel reads a ModelProto and checks the graph in it.
func parseModel(data []byte) (*graph, error) {
	if len(data) > maxModelBytes {
		return nil, fmt.Errorf("model of %d bytes", len(data))
	}
	var body []byte
	err := fields(data, func(f field) (err error) {
		if f.id == 7 {
			if body != nil {
				return errors.New("two graphs")
			}
			body, err = f.message()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, errors.New("no graph in the file")
	}
	g := &graph{consts: map[string]*tensor{}}
	var inputs, outputs []string
	err = fields(body, func(f field) error {
		switch f.id {
		case 1:
			return g.addNode(f)
		case 5:
			b, err := f.message()
			if err != nil {
				return err
			}
			name, t, err := parseTensor(b)
			if err != nil {
				return err
			}
			return g.addConst(name, t)
		case 11, 12:
			name, err := valueName(f)
			if err != nil {
				return err
			}
			if f.id == 11 {
				inputs = append(inputs, name)
			} else {
				outputs = append(outputs, name)
			}
			if len(inputs)+len(outputs) > maxTensors {
				return errors.New("too many inputs or outputs")
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := g.check(inputs, outputs); err != nil {
		return nil, err
	}
	return g, g.dequantize()
}

// valueName returns the name in a ValueInfoProto.
func valueName(f field) (name string, err error) {
	b, err := f.message()
	if err != nil {
		return "", err
	}
	err = fields(b, func(f field) (err error) {
		if f.id == 1 {
			name, err = f.name()
		}
		return err
	})
	return name, err
}

func (g *graph) addConst(name string, t *tensor) error {
	if name == "" {
		return errors.New("constant without a name")
	}
	if _, dup := g.consts[name]; dup {
		return fmt.Errorf("constant %q defined twice", name)
	}
	if len(g.consts) >= maxTensors {
		return fmt.Errorf("more than %d constants", maxTensors)
	}
	g.consts[name] = t
	return nil
}

// addNode decodes a NodeProto; Constant nodes become constants.
func (g *graph) addNode(f field) error {
	b, err := f.message()
	if err != nil {
		return err
	}
	n := &node{attrs: map[string]attribute{}}
	var outs []string
	err = fields(b, func(f field) (err error) {
		var s string
		switch f.id {
		case 1, 2:
			if s, err = f.name(); err != nil {
				return err
			}
			if f.id == 1 {
				n.in = append(n.in, s)
			} else {
				outs = append(outs, s)
			}
			if len(n.in) > maxArity || len(outs) > maxArity {
				return fmt.Errorf("more than %d inputs or outputs", maxArity)
			}
		case 4:
			n.op, err = f.name()
		case 5:
			if b, err = f.message(); err != nil {
				return err
			}
			err = n.addAttribute(b)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("node %q: %w", n.op, err)
	}
	if len(outs) != 1 || outs[0] == "" {
		return fmt.Errorf("node %q: %d outputs, only one is supported", n.op, len(outs))
	}
	n.out = outs[0]
	if n.op == "Constant" {
		t := n.attrs["value"].tensor
		if t == nil {
			return fmt.Errorf("constant %q without a tensor", n.out)
		}
		return g.addConst(n.out, t)
	}
	if len(g.nodes) >= maxNodes {
		return fmt.Errorf("more than %d nodes", maxNodes)
	}
	g.nodes = append(g.nodes, n)
	return nil
}

// addAttribute decodes an AttributeProto.
func (n *node) addAttribute(b []byte) error {
	var name string
	var a attribute
	err := fields(b, func(f field) (err error) {
		switch f.id {
		case 1:
			name, err = f.name()
		case 2:
			a.f = math.Float32frombits(uint32(f.num))
		case 3:
			a.i = int64(f.num)
		case 4:
			a.s, err = f.name()
		case 5:
			var b []byte
			if b, err = f.message(); err == nil {
				_, a.tensor, err = parseTensor(b)
			}
		case 6, 11:
			err = errors.New("sub-graphs are not supported")
		case 8:
			a.ints, err = f.appendInts(a.ints, maxArity)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("attribute %q: %w", name, err)
	}
	if _, dup := n.attrs[name]; dup || name == "" {
		return fmt.Errorf("attribute %q missing its name or given twice", name)
	}
	if len(n.attrs) >= maxAttributes {
		return fmt.Errorf("more than %d attributes", maxAttributes)
	}
	n.attrs[name] = a
	return nil
}

// check finds the one input and the one output and makes sure that every name
// is written once, before it is read.
func (g *graph) check(inputs, outputs []string) error {
	for _, s := range inputs {
		if _, ok := g.consts[s]; ok {
			continue // older exporters list the initializers among the inputs
		}
		if g.input != "" || s == "" {
			return errors.New("the graph must have one input")
		}
		g.input = s
	}
	if g.input == "" || len(outputs) != 1 {
		return fmt.Errorf("the graph must have one input and one output, it has %d outputs", len(outputs))
	}
	g.output = outputs[0]
	known := map[string]bool{g.input: true}
	for s := range g.consts {
		known[s] = true
	}
	for _, n := range g.nodes {
		for _, s := range n.in {
			if s != "" && !known[s] {
				return fmt.Errorf("%s reads %q, which nothing before it writes", n.label(), s)
			}
		}
		if known[n.out] {
			return fmt.Errorf("%s: %q is written twice", n.label(), n.out)
		}
		known[n.out] = true
	}
	if !known[g.output] {
		return fmt.Errorf("nothing writes the output %q", g.output)
	}
	return nil
}
