package stock

import (
	"fmt"
	"time"

	"github.com/aecheck/aecheck/pkg/testkit/cases"
)

// letter draws one letter of authorization: photographs, scans as JPEG and as PNG,
// PDFs with text and PDFs of scans by turns.
func letter(d *cases.Drawer, i int) (string, []byte, []Plant, error) {
	medium := []string{cases.Photograph, cases.ScanPNG, cases.TextPDF, cases.Scan, cases.ScannedPDF}[i%5]
	name := fmt.Sprintf(Letters+"/L%02d", i)
	p, err := d.Paper(uint64(i), medium)
	if err != nil {
		return name, nil, nil, err
	}
	name += p.Extension
	var plants []Plant
	for _, v := range []string{p.Registration, p.Grantor, p.Starts.Format(time.DateOnly), p.Ends.Format(time.DateOnly)} {
		if v != "" {
			plants = append(plants, Plant{name, Fact, v})
		}
	}
	return name, p.Data, plants, nil
}
