// Trains a small network on a folder of pictures, one folder for each class, and writes a run.
//
//   npx tsx examples/train-folder.ts my-letters runs/my-letters
//   npx inkcast-train quantize runs/my-letters --out my-letters-bundle
import { openCharacterReader } from '@inkcast/device/characters';
import { recipeSchema } from '@inkcast/training/recipe';
import { prepareRun, RunFolder, Trainer } from '@inkcast/training/trainer';

const [data, out] = process.argv.slice(2);
if (data === undefined || out === undefined) throw new Error('Name the folder of pictures, and the folder of the run.');

// A recipe determines a run: the same one gives the same weights. What it leaves out has a default.
const recipe = recipeSchema.parse({
  model: { name: 'lenet', width: 0.5 },
  data: { kind: 'folder', path: data },
  test: 0.2,
  epochs: 5,
  batchSize: 16,
});
// Pictures are seen as the device sees frames: it finds the ink, and makes a crop of it.
const run = await prepareRun(recipe, openCharacterReader);
const folder = new RunFolder(out);
await folder.create(recipe);

const trainer = new Trainer({
  run,
  folder,
  backend: 'wasm',
  observer: {
    step: () => {},
    epoch: ({ epoch, loss }) => console.log(`epoch ${epoch}: loss ${loss.toFixed(3)}`),
  },
  madeWith: { example: 'train-folder' },
});
// Ctrl-C ends it with a checkpoint, from which `inkcast-train train --resume` goes on.
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const outcome = await trainer.run(stop.signal);
if (outcome.kind === 'finished') {
  const { labels, test } = outcome.summary;
  console.log(`${labels.join(', ')}: ${(100 * (test?.accuracy ?? 0)).toFixed(1)} % of the test pictures are right`);
}
