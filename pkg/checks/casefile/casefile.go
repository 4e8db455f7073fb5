// Package casefile holds the checks on what case.yaml states: that it does not
// contradict itself, that every SKU has a picture of its own and every person a release,
// and that the chain of letters from the rights holder to the shop is unbroken,
// in force, wide enough, and legalized where the grantor is abroad. What the
// letters themselves say is compared in checks/papers; here it is looked at only
// for what case.yaml leaves out.
//
// It may import pkg/casefile, pkg/checks, pkg/facts, pkg/lang and pkg/verdict.
package casefile

import "github.com/aecheck/aecheck/pkg/checks"

// All returns the checks of this package.
func All() []checks.Check {
	return append([]checks.Check{SKUCoverage{}, SKUAlike{}, PeopleRelease{}, Consistency{}}, onLetters()...)
}

// onLetters are the checks on letters[].
func onLetters() []checks.Check {
	return []checks.Check{LetterChain{}, LetterGrantee{}, LetterSublicense{}, LetterDates{}, LetterValidity{}, LetterCategories{},
		LetterLegalization{}, LetterLanguages{}, LetterTypes{}, IdleLetters{}}
}
