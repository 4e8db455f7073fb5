package digest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Modules lists, by package, the modules of others it takes to build it, each as
// path@version.
type Modules map[string][]string

// ListModules asks the go command about every package that those of the module in
// a folder import, for one system so that the answer is the same on all.
func ListModules(dir string) (Modules, error) {
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Standard,Module", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("go list: %w: %s", err, exit.Stderr)
	}
	if err != nil {
		return nil, err
	}
	return readList(string(out))
}

// listed is a package as go list writes it.
type listed struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Module     *listedModule
}

type listedModule struct {
	Path, Version string
	Main          bool
	Replace       *listedModule
}

// readList reads what go list writes, imports before what imports them.
func readList(out string) (Modules, error) {
	list := Modules{}
	dec := json.NewDecoder(strings.NewReader(out))
	for {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		if p.Standard || p.Module == nil || p.Module.Main {
			continue
		}
		version := p.Module.Path + "@" + p.Module.Version
		if r := p.Module.Replace; r != nil {
			if r.Version == "" {
				return nil, fmt.Errorf("%s is replaced by a folder, whose content no version tells", p.Module.Path)
			}
			version = r.Path + "@" + r.Version
		}
		modules := map[string]bool{version: true}
		for _, imported := range p.Imports {
			for _, m := range list[imported] {
				modules[m] = true
			}
		}
		list[p.ImportPath] = slices.Sorted(maps.Keys(modules))
	}
}

// of are the modules of a package. One that is built on other systems alone is
// not listed; it has the version of its module, which is.
func (m Modules) of(importPath string) ([]string, error) {
	if list, ok := m[importPath]; ok {
		return list, nil
	}
	path, version := "", ""
	for _, list := range m {
		for _, module := range list {
			p, v, _ := strings.Cut(module, "@")
			if strings.HasPrefix(importPath, p+"/") && len(p) > len(path) {
				path, version = p, v
			}
		}
	}
	if path == "" {
		return nil, fmt.Errorf("no module has the package %s", importPath)
	}
	return []string{path + "@" + version}, nil
}
