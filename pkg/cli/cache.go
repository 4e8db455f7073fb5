package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aecheck/aecheck/pkg/extract"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/scan"
)

// cacheBytes is how much the cache of facts may keep: facts of a picture take
// some 20 KB with its preview, so this is a few ten thousand pictures.
const cacheBytes = 512 << 20

// sharedCacheBytes is how much a cache may keep in a folder that the user names: that
// of several machines, some hundred thousand pictures.
const sharedCacheBytes = 8 << 30

func (a *app) cacheCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "cache", Short: a.msgs.CLI.CmdCache, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(
		&cobra.Command{Use: "info", Short: a.msgs.CLI.CmdCacheInfo, Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				c, err := a.openCache()
				if err != nil {
					return err
				}
				entries, bytes, err := c.Info()
				if err != nil {
					return err
				}
				code, err := scan.CodeSize(scan.DefaultCodeDir())
				if err != nil {
					return err
				}
				if _, err := fmt.Fprintln(a.Out, fill(a.msgs.CLI.CacheInfo, "dir", c.Dir(), "entries", entries, "bytes", megabytes(bytes))); err != nil {
					return err
				}
				_, err = fmt.Fprintln(a.Out, fill(a.msgs.CLI.CacheCode, "dir", scan.DefaultCodeDir(), "bytes", megabytes(code)))
				return err
			}},
		&cobra.Command{Use: "clean", Short: a.msgs.CLI.CmdCacheClean, Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				c, err := a.openCache()
				if err != nil {
					return err
				}
				if err := errors.Join(c.Clean(), scan.CleanCode(scan.DefaultCodeDir())); err != nil {
					return err
				}
				for _, dir := range []string{c.Dir(), scan.DefaultCodeDir()} {
					if _, err := fmt.Fprintln(a.Out, fill(a.msgs.CLI.CacheCleaned, "dir", dir)); err != nil {
						return err
					}
				}
				return nil
			}},
	)
	return cmd
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// codeDir is where compiled code is kept; empty where no cache is wanted.
func codeDir(noCache bool) string {
	if noCache {
		return ""
	}
	return scan.DefaultCodeDir()
}

// cacheApart refuses a folder for the cache that a scan would walk: its entries would be
// material.
func (a *app) cacheApart(paths []string) error {
	dir := cmp.Or(a.cacheDir, a.Getenv(envOf("cache_dir")))
	abs, err := filepath.Abs(dir)
	if dir == "" || err != nil {
		return nil // no folder is told where it is opened
	}
	abs = material.RealFolder(abs)
	for _, p := range paths {
		root, err := filepath.Abs(p)
		if err != nil {
			continue
		}
		rel, err := filepath.Rel(material.RealFolder(root), abs)
		hidden := slices.ContainsFunc(strings.Split(filepath.ToSlash(rel), "/"), func(part string) bool { return strings.HasPrefix(part, ".") && part != "." })
		if err == nil && filepath.IsLocal(rel) && !hidden {
			return usageError{fill(a.msgs.Sharing.CacheInside, "dir", dir, "path", p)}
		}
	}
	return nil
}

// openCache opens the cache of facts: in the folder of the flag, else of the
// environment, else of the user. Compiled code is of one machine and never lies there.
func (a *app) openCache() (*extract.Cache, error) {
	if dir := cmp.Or(a.cacheDir, a.Getenv(envOf("cache_dir"))); dir != "" {
		return scan.OpenCache(dir, sharedCacheBytes), nil
	}
	dir, err := extract.DefaultCacheDir()
	if err != nil {
		return nil, err
	}
	return scan.OpenCache(dir, cacheBytes), nil
}
