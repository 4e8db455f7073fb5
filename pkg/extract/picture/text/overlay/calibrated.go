package overlay

// The numbers of this package, fitted in November 2026 to the lines of the made set
// of pkg/extract/picture/text (its part "tune", 215 pictures); calibrated.go there
// says what is lost with them.

// The picture's own flat ground.
const (
	groundSide = 256 // samples along the longer side
	// groundStep and groundRange bound the difference between neighbours and to
	// the place an area starts from, per channel: JPEG noise passes, the light
	// falling off over a photographed surface does not.
	groundStep, groundRange = 5, 10
	// minRun is the least share of the picture's outline an area must take.
	minRun = 0.08
	// sameGround is how far, per channel, a second area may be off the one with the
	// largest share and be the same background.
	sameGround = 10
)

// A line in blocks, and the two models of how ink follows its ground.
const (
	leastBlocks = 5 // from which blocks say something
	// blockPeak is the least deviation of letters, luma steps, and blockFloor
	// relative to the strongest block of the line: less is the gap of two words.
	blockPeak, blockFloor = 6.0, 0.22
	// keptBlocks is the share of the blocks a model must explain: edges of the
	// product run through the others.
	keptBlocks = 0.8
	// minSlope and maxSlope bound s: below, the ink is as good as opaque, which
	// stickers and screens are too; above, it cannot be seen.
	minSlope, maxSlope = 0.28, 0.92
)

// What makes the overlay the better model.
const (
	modelBlocks = 6    // blocks
	modelBetter = 1.57 // times the error of print
	modelGood   = 8.0  // steps of a channel
)

// The regression of letters on ground along a line.
const (
	evenGround = 5    // luma steps: a ground that varies less says nothing
	certainFit = 0.35 // share of the letters' variation the ground must explain
)
