import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkGraphs, type Manifest, openBundle, type SpotterDescription } from '@inkcast/shared/bundle';
import { addToBundle, writeBundle } from '@inkcast/training/bundle';
import { sampleJudgement } from '../../support/sample-judgement.js';
import { sampleManifest } from '../../support/sample-manifest.js';
import { addedSpotter, describeSpotter, spotterModel } from '../../support/sample-spotter.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { classifier, described } from './support/classifier.js';

const model = spotterModel(32, 48);
const judged = sampleJudgement();
const NO_TREE = { feature: [], limit: [], low: [], high: [], value: [] };
const standard = describeSpotter('standard', 32, 48);
const small = describeSpotter('small', 16, 32);

/** A bundle of a classifier and these spotters, all of whose models are `model`. */
function withSpotters(spotters: readonly SpotterDescription[], work: (folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (parent) => {
    const folder = join(parent, 'sample');
    const files = new Map([['model.tflite', classifier]]);
    for (const { file } of spotters) files.set(file, model);
    files.set('judgement.json', Buffer.from(JSON.stringify(judged)));
    const manifest = sampleManifest({ ...described, spotters: [...spotters], judgement: { file: 'judgement.json' } });
    await writeBundle(folder, { manifest, files });
    await work(folder);
  });
}

async function changeManifest(folder: string, change: (manifest: Manifest) => object): Promise<void> {
  const path = join(folder, 'manifest.json');
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
}

const refused = (folder: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Error && 'code' in error);
  assert.equal(error.code, 'INK_BUNDLE_INVALID');
  assert.ok(error.message.includes(folder));
  assert.match(error.message, message);
  return true;
};

describe('a model bundle with spotters', () => {
  it('is read back with each of them, and with its judgement', () =>
    withSpotters([standard, small], async (folder) => {
      const { spotters, judgement, manifest } = await openBundle(folder);
      assert.deepEqual(
        spotters.map(({ description, model: bytes }) => [description.size, bytes.length]),
        [
          ['standard', model.length],
          ['small', model.length],
        ],
      );
      assert.deepEqual(spotters[0].description, standard);
      assert.deepEqual(judgement, judged);
      assert.equal(manifest.files['spotter.tflite'].size, model.length);
    }));

  const damages: [string, (folder: string) => Promise<void>, RegExp][] = [
    ['a changed spotter', (folder) => writeFile(join(folder, 'spotter.tflite'), changed(model)), /spotter\.tflite was/],
    ['a shorter one', (folder) => writeFile(join(folder, 'spotter.tflite'), 'a'), /spotter\.tflite has 1 bytes/],
    [
      'a changed judgement',
      (folder) => writeFile(join(folder, 'judgement.json'), JSON.stringify(judged).replace('own', 'new')),
      /judgement\.json was/,
    ],
    ['a spotter that is not listed', (folder) => unlist(folder, 'spotter.tflite'), /lists no spotter\.tflite/],
    ['a judgement that is not listed', (folder) => unlist(folder, 'judgement.json'), /lists no judgement\.json/],
    ['two of one size', (folder) => describeAs(folder, [standard, standard]), /two standard spotters/],
    ['colour', (folder) => changeInput(folder, { shape: [1, 32, 48, 3] }), /takes \[1,32,48,3\]/],
    ['another dtype', (folder) => changeInput(folder, { dtype: 'uint8' }), /wrong at spotters\.0\.input\.dtype/],
    [
      'another stride',
      (folder) => describeAs(folder, [{ ...standard, stride: 8 }]),
      /gives \[1,8,12,14\].*stride of 8/,
    ],
    ['too few channels', (folder) => describeAs(folder, [{ ...standard, classes: 15 }]), /14 channels for 15 classes/],
    ['an unknown size', (folder) => describeAs(folder, [{ ...standard, size: 'huge' }]), /wrong at spotters\.0\.size/],
  ];
  const unlist = (folder: string, name: string) =>
    changeManifest(folder, (manifest) => {
      const { [name]: _, ...files } = manifest.files;
      return { ...manifest, files };
    });
  const describeAs = (folder: string, spotters: readonly object[]) =>
    changeManifest(folder, (manifest) => ({ ...manifest, spotters }));
  const changeInput = (folder: string, input: object) =>
    describeAs(folder, [{ ...standard, input: { ...standard.input, ...input } }]);

  for (const [what, damage, message] of damages) {
    it(`is refused by name for ${what}`, () =>
      withSpotters([standard], async (folder) => {
        await damage(folder);
        await assert.rejects(openBundle(folder), refused(folder, message));
      }));
  }

  const malformed: [string, string, RegExp][] = [
    ['no JSON', '{', /judgement\.json is not JSON/],
    ['no judgement', '{}', /judgement\.json is wrong at minSpotLogOdds: /],
    ['a limit beyond 1', JSON.stringify({ ...judged, minConfidence: 2 }), /is wrong at minConfidence: /],
    [
      'a tree without nodes',
      JSON.stringify({ ...judged, local: { ...judged.local, trees: [NO_TREE] } }),
      /is wrong at local\.trees\.0: a tree whose nodes/,
    ],
  ];
  for (const [what, content, message] of malformed) {
    it(`is refused where the file of the judgement holds ${what}`, () =>
      inTemporaryFolder(async (parent) => {
        const folder = join(parent, 'sample');
        const files = new Map([
          ['model.tflite', classifier],
          ['judgement.json', Buffer.from(content)],
        ]);
        const manifest = sampleManifest({ ...described, judgement: { file: 'judgement.json' } });
        await assert.rejects(writeBundle(folder, { manifest, files }), { code: 'INK_BUNDLE_INVALID', message });
      }));
  }

  const differences: [string, Partial<SpotterDescription>, RegExp][] = [
    ['size', describeSpotter('standard', 64, 48), /an input whose shape is 1x32x48x1, and its manifest says 1x64x48x1/],
    ['scale', { input: { ...standard.input, scale: 0.5 } }, /an input whose scale is/],
    ['zero point', { output: { ...standard.output, zeroPoint: 3 } }, /an output whose zeroPoint is 0/],
  ];
  for (const [what, change, message] of differences) {
    it(`is refused where the graph of a spotter has another ${what} than the manifest says`, () =>
      withSpotters([{ ...standard, ...change }], async (folder) => {
        const bundle = await openBundle(folder);
        assert.throws(() => checkGraphs(bundle), refused(folder, message));
      }));
  }

  it('is taken where all graphs are what the manifest says, and refused for what is no graph', () =>
    withSpotters([standard], async (folder) => {
      const bundle = await openBundle(folder);
      checkGraphs(bundle);
      const [{ description }] = bundle.spotters;
      const broken = { ...bundle, spotters: [{ description, model: new Uint8Array(100) }] };
      assert.throws(() => checkGraphs(broken), { code: 'INK_TFLITE_INVALID' });
    }));
});

describe('addToBundle', () => {
  it('puts spotters and judgement into a bundle, each in the place of the one before', () =>
    withSpotters([standard], async (folder) => {
      const before = await openBundle(folder);
      await addToBundle(folder, { spotters: [addedSpotter('small', 16, 32)], version: '1.1.0' });
      const both = await openBundle(folder);
      assert.deepEqual(
        both.spotters.map(({ description }) => description),
        [standard, { ...small, input: asWritten(small.input), output: asWritten(small.output) }],
      );
      assert.deepEqual(both.judgement, judged);
      assert.deepEqual([both.manifest.version, both.manifest.created], ['1.1.0', before.manifest.created]);
      const other = addedSpotter('standard', 64, 64);
      await addToBundle(folder, { spotters: [other], judgement: sampleJudgement({ minDoubt: 0.2 }) });
      const last = await openBundle(folder);
      assert.deepEqual(last.judgement, sampleJudgement({ minDoubt: 0.2 }));
      assert.deepEqual([...last.files.keys()].sort(), [
        'judgement.json',
        'model.tflite',
        'spotter-small.tflite',
        'spotter.tflite',
      ]);
      assert.deepEqual(
        last.spotters.find(({ description }) => description.size === 'standard')?.model,
        Buffer.from(other.model),
      );
      assert.deepEqual(last.model, before.model);
    }));

  it('does not change the bundle if a spotter does not fit', () =>
    withSpotters([standard], async (folder) => {
      const before = await readFile(join(folder, 'manifest.json'), 'utf8');
      await assert.rejects(
        addToBundle(folder, { spotters: [{ ...addedSpotter('small', 16, 32), model: new Uint8Array(9) }] }),
        {
          code: 'INK_TFLITE_INVALID',
        },
      );
      const wrong = { ...addedSpotter('small', 16, 32), stride: 8 };
      await assert.rejects(addToBundle(folder, { spotters: [wrong] }), { code: 'INK_BUNDLE_INVALID' });
      assert.equal(await readFile(join(folder, 'manifest.json'), 'utf8'), before);
      await openBundle(folder);
    }));
});

const asWritten = <T extends { readonly scale: number }>(tensor: T): T => ({
  ...tensor,
  scale: Math.fround(tensor.scale),
});

const changed = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 50 ? byte + 1 : byte));
