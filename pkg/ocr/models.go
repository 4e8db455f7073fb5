package ocr

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/aecheck/aecheck/pkg/onnx"
)

//go:embed models/*.onnx models/*.onnx.gz models/*.txt
var modelFiles embed.FS

const detectorFile = "models/ch_PP-OCRv4_det_infer.onnx"

// recognizerFiles are a recogniser and its characters.
type recognizerFiles struct{ model, dictionary string }

// marksFiles are those for what lies over pictures: few words, faint, on any ground.
func marksFiles() recognizerFiles {
	return recognizerFiles{"models/ch_PP-OCRv4_rec_infer.onnx.gz", "models/ppocr_keys_v1.txt"}
}

// Pages are read by two recognisers, which know the letters of more languages: the
// quick one reads everything, the careful one, at six times the cost, once more what
// the quick one was not sure of.
func quickFiles() recognizerFiles {
	return recognizerFiles{"models/PP-OCRv6_tiny_rec.onnx.gz", "models/ppocrv6_tiny_dict.txt"}
}

func carefulFiles() recognizerFiles {
	return recognizerFiles{"models/PP-OCRv6_small_rec.onnx.gz", "models/ppocrv6_dict.txt"}
}

// loadModel loads a model whose runs use mem.
func loadModel(file string, mem *onnx.Memory) (*onnx.Model, error) {
	data, err := unpacked(file)
	if err != nil {
		return nil, fmt.Errorf("ocr: %w", err)
	}
	m, err := mem.Load(data)
	if err != nil {
		return nil, fmt.Errorf("ocr: %s: %w", file, err)
	}
	return m, nil
}

// unpacked reads a model; those that read lines are packed.
func unpacked(file string) ([]byte, error) {
	data, err := modelFiles.ReadFile(file)
	if err != nil || !strings.HasSuffix(file, ".gz") {
		return data, err
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// noChar is the class of "no character" (the CTC blank) in the dictionary.
const noChar rune = 0

// loadDictionary returns the character of every class of a recogniser: the
// blank, the lines of the dictionary, the space.
func loadDictionary(file string) ([]rune, error) {
	data, err := modelFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("ocr: %w", err)
	}
	return parseDictionary(string(data))
}

// parseDictionary splits on line feeds alone: some lines are kinds of space.
func parseDictionary(text string) ([]rune, error) {
	dict := []rune{noChar}
	for i, s := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		r, n := utf8.DecodeRuneInString(s)
		if n != len(s) || n == 0 {
			return nil, fmt.Errorf("ocr: dictionary line %d is not one character", i+1)
		}
		dict = append(dict, r)
	}
	return append(dict, ' '), nil
}
