package cli

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/aecheck/aecheck/pkg/terminal"
)

// agent starts the server as a process would be and connects the SDK's client.
func agent(t *testing.T, folders ...string) *mcp.ClientSession {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := Main(context.Background(), append([]string{"mcp"}, folders...), Env{
			Streams: terminal.Streams{In: toServer, Out: fromServer, Err: io.Discard}, Getenv: os.Getenv})
		fromServer.Close()
		ended <- code
	}()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(context.Background(), &mcp.IOTransport{Reader: toClient, Writer: fromClient}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		session.Close()
		if code := <-ended; code != exitOK {
			t.Errorf("the server ended with %d", code)
		}
	})
	return session
}

func call(t *testing.T, s *mcp.ClientSession, tool string, args map[string]any) (text string, failed bool) {
	t.Helper()
	res, err := s.CallTool(context.Background(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatal(err)
	}
	return res.Content[0].(*mcp.TextContent).Text, res.IsError
}

func TestAgentsTools(t *testing.T) {
	s := agent(t, "../../testdata")
	list, err := s.ListTools(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Tools) != 4 {
		t.Errorf("%d tools", len(list.Tools))
	}
	for _, tool := range list.Tools {
		if !tool.Annotations.ReadOnlyHint || tool.Description == "" {
			t.Errorf("%s: %+v", tool.Name, tool.Annotations)
		}
	}
	text, failed := call(t, s, "scan", map[string]any{"path": "listing", "format": "json", "lang": "zh", "no_ocr": true, "now": "2026-11-23T10:00:00+08:00"})
	var report struct {
		Cases []struct {
			ID       string `json:"id"`
			Findings []struct {
				Rule string `json:"rule"`
			} `json:"findings"`
		} `json:"cases"`
	}
	if err := json.Unmarshal([]byte(text), &report); failed || err != nil || len(report.Cases) != 1 || report.Cases[0].ID != "WG20261117000123" || len(report.Cases[0].Findings) == 0 {
		t.Errorf("scan: %v %v %.200s", failed, err, text)
	}
	if text, failed := call(t, s, "scan", map[string]any{"path": "honest/replacement/main/m1.jpg", "no_ocr": true, "lang": "en"}); failed || !strings.Contains(text, "m1.jpg") && !strings.Contains(text, "Nothing") {
		t.Errorf("scan of a file: %v %.200s", failed, text)
	}
	if text, failed := call(t, s, "inspect", map[string]any{"path": "honest/source/IMG_2001.JPG", "only": []string{"exif"}}); failed || !strings.Contains(text, `"taken_at"`) {
		t.Errorf("inspect: %v %.200s", failed, text)
	}
	if text, failed := call(t, s, "explain", map[string]any{"rule": "AE203", "lang": "zh"}); failed || !strings.Contains(text, "AE203") {
		t.Errorf("explain: %v %.200s", failed, text)
	}
	if text, failed := call(t, s, "rules", nil); failed || !json.Valid([]byte(text)) {
		t.Errorf("rules: %v %.200s", failed, text)
	}
}

func TestAgentsStayInside(t *testing.T) {
	dir := t.TempDir()
	served := filepath.Join(dir, "served")
	if err := os.MkdirAll(served, 0o755); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(dir, "secret.jpg")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	linked := os.Symlink(secret, filepath.Join(served, "link.jpg")) == nil // not everybody may on Windows
	s := agent(t, served)
	paths := []string{secret, "../secret.jpg", dir, "/", "served/../../secret.jpg", "no such file", "--rules=x"}
	if linked {
		paths = append(paths, "link.jpg")
	}
	for _, path := range paths {
		for _, tool := range []string{"scan", "inspect"} {
			if text, failed := call(t, s, tool, map[string]any{"path": path}); !failed {
				t.Errorf("%s %s answered %.200s", tool, path, text)
			}
		}
	}
	for _, args := range []map[string]any{{"rule": "--help"}, {"rule": "AE000"}, {"rule": "AE203", "lang": "xx"}} {
		if text, failed := call(t, s, "explain", args); !failed {
			t.Errorf("explain %v answered %.200s", args, text)
		}
	}
	if text, failed := call(t, s, "scan", map[string]any{"path": ".", "format": "html"}); !failed {
		t.Errorf("another format answered %.200s", text)
	}
}
