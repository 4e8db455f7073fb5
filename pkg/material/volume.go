package material

// Volume is a disk, or a part of one, that files lie on.
type Volume struct {
	// ID tells it from all others, whatever it is called and wherever it is mounted.
	ID string
	// Label is what people call it; may be empty.
	Label string
	// Below is the path that was asked about, on the volume: "/" between its parts, "."
	// for its top.
	Below string
}
