// Measures onnxruntime on the graphs and shapes of BenchmarkRun, one thread:
// user and system time of a run, and the greatest resident memory.
//
//   npm install --ignore-scripts onnxruntime-node@1.20.1
//   gunzip -k MODELS_FOLDER/*.onnx.gz  # and away with them after
//   node speed.mjs MODELS_FOLDER
import path from 'path';
import {createRequire} from 'module';
const ort = createRequire(path.resolve('package.json'))('onnxruntime-node');

const cases = [
  ['ch_PP-OCRv4_det_infer', [1, 3, 1280, 1280], 10],
  ['ch_PP-OCRv4_det_infer', [1, 3, 960, 1280], 10],
  ['ch_PP-OCRv4_rec_infer', [1, 3, 48, 320], 60],
  ['PP-OCRv6_tiny_rec', [1, 3, 48, 320], 60],
  ['PP-OCRv6_small_rec', [1, 3, 48, 320], 60],
];
for (const [model, shape, runs] of cases) {
  const session = await ort.InferenceSession.create(path.join(process.argv[2], `${model}.onnx`), {intraOpNumThreads: 1, interOpNumThreads: 1});
  const data = new Float32Array(shape.reduce((a, b) => a * b));
  let v = 1;
  for (let i = 0; i < data.length; i++) {
    v = (Math.imul(v, 1664525) + 1013904223) >>> 0;
    data[i] = (v >>> 8) / 8388608 - 1;
  }
  const run = () => session.run({x: new ort.Tensor('float32', data, shape)});
  await run();
  const start = process.cpuUsage();
  for (let i = 0; i < runs; i++) await run();
  const used = process.cpuUsage(start);
  console.log(`${model} ${shape[3]}x${shape[2]}: user ${(used.user / 1000 / runs).toFixed(1)} ms, system ${(used.system / 1000 / runs).toFixed(1)} ms, peak ${process.resourceUsage().maxRSS >> 10} MiB`);
}
