package desk

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long a folder has to rest before it is judged again: programs write a
	// picture in several steps.
	quiet = 400 * time.Millisecond
	// maxWatched bounds the folders watched; systems have a limit of their own.
	maxWatched = 4096
	// poll is how often folders are looked at where they cannot be watched.
	poll = 3 * time.Second
)

// Watch judges the folder again when files in it come, go or change, until ctx ends.
// told is given what judging says; it may be nil.
func (d *Desk) Watch(ctx context.Context, told func(error)) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		d.pollFolder(ctx, told)
		return
	}
	defer w.Close()
	var roots []string
	for _, p := range d.options.Scan.Paths {
		roots = append(roots, p)
		d.watchBelow(w, p)
	}
	rest := time.NewTimer(time.Hour)
	rest.Stop()
	defer rest.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if e.Op == fsnotify.Chmod || ours(e.Name) {
				continue
			}
			rest.Reset(quiet)
		case _, ok := <-w.Errors:
			if !ok {
				return
			}
			rest.Reset(quiet) // some changes were missed: look at everything
		case <-rest.C:
			for _, p := range roots {
				d.watchBelow(w, p) // folders that are new
			}
			d.again(ctx, told)
		}
	}
}

// ours are files that the program writes on the way to case.yaml.
func ours(name string) bool {
	ok, _ := filepath.Match(".case.yaml*", filepath.Base(name))
	return ok
}

// watchBelow watches a folder and those in it.
func (d *Desk) watchBelow(w *fsnotify.Watcher, root string) {
	have := w.WatchList()
	n := len(have)
	_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil || !e.IsDir():
			return nil
		case n >= maxWatched:
			return fs.SkipAll
		case !slices.Contains(have, path):
			if w.Add(path) == nil {
				n++
			}
		}
		return nil
	})
}

func (d *Desk) again(ctx context.Context, told func(error)) {
	if err := d.Refresh(ctx); told != nil && ctx.Err() == nil {
		told(err)
	}
}

// pollFolder looks at times where nothing tells of changes.
func (d *Desk) pollFolder(ctx context.Context, told func(error)) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.again(ctx, told)
		}
	}
}
