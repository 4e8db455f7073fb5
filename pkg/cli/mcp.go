package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/terminal"
)

// mcpMost bounds what one tool answers, in bytes: models read no more.
const mcpMost = 1 << 20

func (a *app) mcpCmd() *cobra.Command {
	t := a.msgs.Serving
	return &cobra.Command{
		Use:     "mcp FOLDER…",
		Short:   t.Cmd,
		Long:    t.Cmd + "\n\n" + t.How,
		Example: "  aecheck mcp ./clients\n  claude mcp add aecheck -- aecheck mcp ~/Pictures/listings",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.mcp(cmd.Context(), args) },
	}
}

// server answers tools of the Model Context Protocol by this program's own commands,
// for files below its folders alone. Nothing it does writes.
type server struct {
	*app
	roots []string // absolute, links resolved
	// busy holds one token while a command runs: each takes all the memory and
	// processors that the program allows itself.
	busy chan struct{}
}

func (a *app) mcp(ctx context.Context, folders []string) error {
	s := &server{app: a, busy: make(chan struct{}, 1)}
	for _, dir := range folders {
		real, err := realPath(dir)
		if err != nil {
			return err
		}
		if info, err := os.Stat(real); err != nil || !info.IsDir() {
			return usageError{fill(a.msgs.Serving.NoFolder, "path", dir)}
		}
		s.roots = append(s.roots, real)
	}
	err := s.tools().Run(ctx, &mcp.IOTransport{Reader: io.NopCloser(a.In), Writer: nopWriteCloser{a.Out}})
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

type nopWriteCloser struct{ io.Writer }

func (nopWriteCloser) Close() error { return nil }

// The arguments of the tools. What is said of them is read by models, in English.
type (
	mcpScan struct {
		Path   string `json:"path" jsonschema:"case folder, folder of cases, folder of product photos, zip file or single file; absolute, or below the first folder the server was started with"`
		Format string `json:"format,omitempty" jsonschema:"json (every finding, with evidence and checklist), or markdown (to read); default markdown"`
		Lang   string `json:"lang,omitempty" jsonschema:"language of texts: zh or en"`
		As     string `json:"as,omitempty" jsonschema:"kind of files that nothing places, e.g. replacement, source"`
		Slot   string `json:"slot,omitempty" jsonschema:"slot of replacement pictures that have none: main, marketing_1x1, marketing_3x4, sku, detail"`
		Now    string `json:"now,omitempty" jsonschema:"time to judge by, RFC 3339; default is the clock"`
		NoOCR  bool   `json:"no_ocr,omitempty" jsonschema:"read no text in pictures: quicker, and all about text is left unchecked"`
	}
	mcpInspect struct {
		Path string   `json:"path" jsonschema:"one file; absolute, or below the first folder the server was started with"`
		Only []string `json:"only,omitempty" jsonschema:"groups of facts: file image exif meta origin background frame quality text codes faces document table hash"`
	}
	mcpExplain struct {
		Rule string `json:"rule" jsonschema:"rule id or slug, e.g. AE203; or appeal, for the appeal itself"`
		Lang string `json:"lang,omitempty" jsonschema:"zh or en"`
	}
	mcpRules struct {
		Lang string `json:"lang,omitempty" jsonschema:"language of titles: zh or en"`
	}
)

// tools are what the server offers.
func (s *server) tools() *mcp.Server {
	out := mcp.NewServer(&mcp.Implementation{Name: "aecheck", Version: version()}, &mcp.ServerOptions{
		Instructions: "Checks AliExpress image-violation appeals and product photos on this machine. scan judges a folder, inspect shows the facts of one file, explain tells what a rule asks and how to mend it. " +
			"What could not be checked is never passed; nothing is ever called genuine. Folders served: " + strings.Join(s.roots, ", "),
	})
	closed := false
	tool := func(name, about string) *mcp.Tool {
		return &mcp.Tool{Name: name, Description: about, Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}}
	}
	mcp.AddTool(out, tool("scan", "Judge a case folder, a folder of cases or of product photos by the rules: findings, checklist, deadline."), answer(s.scanTool))
	mcp.AddTool(out, tool("inspect", "Everything that can be found out about one file, as JSON: camera data, origin, text, seals, background …"), answer(s.inspectTool))
	mcp.AddTool(out, tool("explain", "What a rule asks, why, how to mend it and who says so; or how the appeal works."), answer(s.explainTool))
	mcp.AddTool(out, tool("rules", "All rules, as JSON: id, slug, what for, severity, title, sources."), answer(s.rulesTool))
	return out
}

// answer makes a tool of a function that gives a text.
func answer[In any](do func(context.Context, In) (string, error)) mcp.ToolHandlerFor[In, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
		text, err := do(ctx, in)
		if err != nil {
			return nil, nil, err
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil, nil
	}
}

func (s *server) scanTool(ctx context.Context, in mcpScan) (string, error) {
	path, err := s.inside(in.Path)
	if err != nil {
		return "", err
	}
	args := []string{"scan", "--format", orElse(in.Format, "markdown")}
	for flag, value := range map[string]string{"--lang": in.Lang, "--as": in.As, "--slot": in.Slot, "--now": in.Now} {
		if value != "" {
			args = append(args, flag+"="+value)
		}
	}
	if in.NoOCR {
		args = append(args, "--no-ocr")
	}
	if in.Format != "" && in.Format != "json" && in.Format != "markdown" {
		return "", fmt.Errorf("format %q: json or markdown", in.Format)
	}
	return s.run(ctx, append(args, "--", path))
}

func (s *server) inspectTool(ctx context.Context, in mcpInspect) (string, error) {
	path, err := s.inside(in.Path)
	if err != nil {
		return "", err
	}
	args := []string{"inspect", "--format=json"}
	if len(in.Only) > 0 {
		args = append(args, "--only="+strings.Join(in.Only, ","))
	}
	return s.run(ctx, append(args, "--", path))
}

func (s *server) explainTool(ctx context.Context, in mcpExplain) (string, error) {
	// A file would be explained by how it is placed: of those served alone.
	if _, err := os.Stat(in.Rule); err == nil {
		path, err := s.inside(in.Rule)
		if err != nil {
			return "", err
		}
		in.Rule = path
	}
	return s.run(ctx, s.inLang([]string{"explain"}, in.Lang, in.Rule))
}

func (s *server) rulesTool(ctx context.Context, in mcpRules) (string, error) {
	return s.run(ctx, s.inLang([]string{"rules", "list", "--json"}, in.Lang))
}

func (s *server) inLang(args []string, lang string, more ...string) []string {
	if lang != "" {
		args = append(args, "--lang="+lang)
	}
	return append(append(args, "--"), more...)
}

// run runs a command of this program and gives what it prints. The verdict's exit
// codes are answers; an error is one that a person would be told of.
func (s *server) run(ctx context.Context, args []string) (string, error) {
	select {
	case s.busy <- struct{}{}:
		defer func() { <-s.busy }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	var out, told bytes.Buffer
	code := Main(ctx, append([]string{"--no-progress", "--color=never"}, s.withLayers(args)...), Env{
		Streams: terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &told}, Getenv: s.Getenv, Catalogues: s.Catalogues})
	switch {
	case code == exitUsage || code == exitReport || code == exitInterrupted:
		return "", errors.New(strings.TrimSpace(told.String()))
	case out.Len() > mcpMost:
		return "", fmt.Errorf("the answer has %d bytes, at most %d are given: scan one case at a time, or as markdown", out.Len(), mcpMost)
	}
	return out.String(), nil
}

// withLayers adds the rules files that the server was started with.
func (s *server) withLayers(args []string) []string {
	var out []string
	for _, f := range s.ruleFiles {
		out = append(out, "--rules="+f)
	}
	for _, p := range s.packs {
		out = append(out, "--pack="+p)
	}
	return append(out, args...)
}

// inside is a path with its links resolved; an error where that lies in none of the
// folders.
func (s *server) inside(path string) (string, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(s.roots[0], path)
	}
	real, err := realPath(path)
	if err != nil {
		return "", fmt.Errorf("%s: no such file or folder below %s", path, strings.Join(s.roots, ", "))
	}
	for _, root := range s.roots {
		if rel, err := filepath.Rel(root, real); err == nil && filepath.IsLocal(rel) {
			return real, nil
		}
	}
	return "", fmt.Errorf("%s lies outside of the folders served (%s)", path, strings.Join(s.roots, ", "))
}

// realPath is a path made absolute, without links.
func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
