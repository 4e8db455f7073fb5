package cli

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"github.com/aecheck/aecheck/pkg/archive"
	"github.com/aecheck/aecheck/pkg/manifest"
	"github.com/aecheck/aecheck/pkg/material"
	"github.com/aecheck/aecheck/pkg/output"
	"github.com/aecheck/aecheck/pkg/pack"
)

// reason says what is wrong without the path that the message names already. What
// people meet every day is said in their language; the system's own words for it
// are another on every system.
func (a *app) reason(err error) string {
	var opening *material.OpenError
	if errors.As(err, &opening) {
		switch opening.Code {
		case material.Changed:
			return a.msgs.Reasons.Changed
		case material.Vanished:
			return a.msgs.Reasons.Vanished
		}
		err = opening.Err
	}
	var large *material.TooLargeError
	switch {
	case errors.As(err, &large):
		return fill(a.msgs.Reasons.TooLarge, "max", large.Max)
	case errors.Is(err, manifest.ErrNone):
		return fill(a.msgs.Reasons.BadManifest, "detail", strings.TrimPrefix(err.Error(), manifest.ErrNone.Error()+": "))
	}
	for _, known := range a.reasons() {
		for _, is := range known.errs {
			if errors.Is(err, is) {
				return known.text
			}
		}
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// knownReason is a text with the errors that it is about.
type knownReason struct {
	text string
	errs []error
}

func (a *app) reasons() []knownReason {
	c, r := &a.msgs.CLI, &a.msgs.Reasons
	return []knownReason{
		{c.NoSuchFile, []error{fs.ErrNotExist}},
		{c.NoPermission, []error{fs.ErrPermission}},
		{c.IsFolder, []error{output.ErrFolder}},
		{c.HasColon, []error{output.ErrColon}},
		{r.UnderFile, []error{syscall.ENOTDIR}},
		{r.Folder, []error{syscall.EISDIR}},
		{r.Full, []error{syscall.ENOSPC}},
		{r.ReadOnly, []error{syscall.EROFS}},
		{r.TooLong, []error{syscall.ENAMETOOLONG}},
		{r.NotZip, []error{archive.ErrNotZip}},
		{r.Bomb, []error{archive.ErrBomb, archive.ErrOverlap, archive.ErrTooMany, material.ErrTooMany}},
		{r.Password, []error{archive.ErrPassword}},
		{r.Method, []error{archive.ErrMethod}},
		{r.Damaged, []error{archive.ErrDamaged, archive.ErrTooLarge}},
		{r.NotFile, []error{archive.ErrNoRegular, pack.ErrNotFile}},
		{r.NoManifest, []error{pack.ErrNotPackage}},
	}
}
