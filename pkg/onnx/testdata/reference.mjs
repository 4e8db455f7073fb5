// Writes the reference outputs of the executor tests with onnxruntime.
//
//   npm install --ignore-scripts onnxruntime-node@1.20.1
//   gunzip -k PKG_FOLDER/ocr/models/*.onnx.gz  # and away with them after
//   node reference.mjs PKG_FOLDER OUTPUT_FOLDER
//
// Each file holds the output as 32-bit floats, little-endian. The input is the
// linear congruential generator of reference_test.go.
import fs from 'fs';
import path from 'path';
import {createRequire} from 'module';
const ort = createRequire(path.resolve('package.json'))('onnxruntime-node');

const [pkg, out] = process.argv.slice(2);
const files = {
  det: 'ocr/models/ch_PP-OCRv4_det_infer.onnx',
  rec: 'ocr/models/ch_PP-OCRv4_rec_infer.onnx',
  tiny: 'ocr/models/PP-OCRv6_tiny_rec.onnx',
  small: 'ocr/models/PP-OCRv6_small_rec.onnx',
  shown: 'extract/picture/shown/models/efficientnet-lite0.onnx',
};
const cases = [
  ['det', [1, 3, 64, 96]],
  ['det', [1, 3, 32, 160]],
  ['rec', [1, 3, 48, 100]],
  ['rec', [1, 3, 48, 8]],
  ['tiny', [1, 3, 48, 100]],
  ['small', [1, 3, 48, 24]],
  ['shown', [1, 3, 96, 64]],
];
for (const [model, shape] of cases) {
  const session = await ort.InferenceSession.create(path.join(pkg, files[model]), {intraOpNumThreads: 1});
  const data = new Float32Array(shape.reduce((a, b) => a * b));
  let v = 1;
  for (let i = 0; i < data.length; i++) {
    v = (Math.imul(v, 1664525) + 1013904223) >>> 0;
    data[i] = (v >>> 8) / 8388608 - 1;
  }
  const result = await session.run({[session.inputNames[0]]: new ort.Tensor('float32', data, shape)});
  const o = result[session.outputNames[0]].data;
  fs.writeFileSync(path.join(out, `${model}-${shape[3]}x${shape[2]}.f32`), Buffer.from(o.buffer, o.byteOffset, o.byteLength));
}
