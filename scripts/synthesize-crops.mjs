// `npm run synthesize -- --out FOLDER [--frames N] [--negatives FOLDER] [--check BUNDLE]... [--seed S] [--jobs N]`:
// renders frames to learn from, has the device's own vision propose crops in them, and writes those that can be labelled,
// with MNIST's 60,000 training pictures, as IDX files of eleven classes: the digits, then none. A folder of photographs
// that hold no digit gives more of none. Crops whose label all of the --check bundles contradict are left out. It stands
// outside of the packages since it needs both halves.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openCheckedBundle, openClassifier, openCpuBackEnd } from '@inkcast/device/inference';
import { openOpenCvWasm, proposeCandidates } from '@inkcast/device/vision';
import { isContradicted, labelFrame, photoFrames, practiceFrames } from '@inkcast/lab/synthesis';
import { openTfLite } from '@inkcast/shared/tflite';
import { encodeIdx, readMnist } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';

/** Frames that a worker reports at once. */
const REPORT = 100;

async function work({ seed, first, count, negatives, cuts }) {
  const [{ train }, operations] = await Promise.all([readMnist(), openOpenCvWasm()]);
  const random = new Random(seed ^ first);
  let crops = [];
  let frames = 0;
  const report = () => {
    parentPort.postMessage({ frames, crops });
    crops = [];
    frames = 0;
  };
  const rows = [practiceFrames(train, { seed, first, count })];
  if (negatives !== undefined) rows.push(photoFrames(negatives, { seed: seed ^ first, perPicture: cuts }));
  for (const row of rows) {
    for await (const frame of row) {
      crops.push(...labelFrame(frame, proposeCandidates(operations, frame), random));
      frames++;
      if (frames === REPORT) report();
    }
  }
  report();
}

/** Those whose label at least one of the bundles' models can agree with. */
async function credible(crops, bundles) {
  const classifiers = [];
  try {
    for (const folder of bundles) {
      const bundle = await openCheckedBundle(folder);
      classifiers.push(openClassifier(bundle, openCpuBackEnd(openTfLite(), bundle.model)));
    }
    return crops.filter(({ crop, label }) => {
      const opinions = classifiers.map((classifier) => classifier.classify([crop])[0]);
      return !isContradicted(label, opinions);
    });
  } finally {
    for (const classifier of classifiers) classifier.close();
  }
}

async function synthesize({ frames, seed, jobs, out, negatives, cuts, check }) {
  const perJob = Math.ceil(frames / jobs);
  let done = 0;
  const parts = await Promise.all(
    Array.from({ length: jobs }, (_, job) => {
      const first = job * perJob;
      const count = Math.max(0, Math.min(perJob, frames - first));
      const workerData = { seed, first, count, negatives, cuts };
      const part = [];
      return new Promise((resolve, reject) => {
        new Worker(new URL(import.meta.url), { workerData })
          .on('message', ({ frames: more, crops }) => {
            part.push(...crops);
            done += more;
            console.error(`${done} frames`);
          })
          .on('error', reject)
          .on('exit', () => resolve(part));
      });
    }),
  );
  const { train } = await readMnist();
  const proposed = parts.flat();
  const crops = await credible(proposed, check);
  const images = new Uint8Array(train.images.length + 784 * crops.length);
  const labels = new Uint8Array(train.labels.length + crops.length);
  images.set(train.images);
  labels.set(train.labels);
  crops.forEach(({ crop, label }, index) => {
    images.set(crop, train.images.length + 784 * index);
    labels[train.labels.length + index] = label;
  });
  mkdirSync(out, { recursive: true });
  const [pictures, names] = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'].map((name) => join(out, name));
  writeFileSync(pictures, encodeIdx({ sizes: [labels.length, 28, 28], data: images }));
  writeFileSync(names, encodeIdx({ sizes: [labels.length], data: labels }));
  const none = crops.filter(({ label }) => label === 10).length;
  console.log(
    `${out}: ${train.labels.length} MNIST pictures, ${crops.length - none} digits and ${none} none of ${done} frames, ` +
      `${proposed.length - crops.length} left out`,
  );
}

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      frames: { type: 'string', default: '8000' },
      negatives: { type: 'string' },
      /** Frames cut from each photograph by each job. */
      cuts: { type: 'string', default: '20' },
      check: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '2' },
    },
  });
  const { out, negatives, check } = values;
  if (out === undefined) {
    console.error('synthesize-crops: say where to write with --out FOLDER.');
    process.exit(2);
  }
  const [frames, seed, jobs, cuts] = [values.frames, values.seed, values.jobs, values.cuts].map(Number);
  await synthesize({ frames, seed, jobs, out, negatives, cuts, check });
} else {
  await work(workerData);
}
