import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkGraphs, openBundle } from '@inkcast/shared/bundle';
import { addToBundle, writeBundle } from '@inkcast/training/bundle';
import { sampleManifest } from '../../support/sample-manifest.js';
import { addedVerifier, describeVerifier, SAMPLE_LABELS, verifierModel } from '../../support/sample-verifier.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { classifier, described } from './support/classifier.js';

/** A bundle of a classifier and the sample verifier. */
function withVerifier(work: (folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (parent) => {
    const folder = join(parent, 'sample');
    const files = new Map([['model.tflite', classifier]]);
    await writeBundle(folder, { manifest: sampleManifest(described), files });
    await addToBundle(folder, { verifier: addedVerifier() });
    await work(folder);
  });
}

async function describeAs(folder: string, changes: object): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...manifest, verifier: { ...manifest.verifier, ...changes } }));
}

describe('a model bundle with a verifier', () => {
  it('is read back with it, described by its own file', () =>
    withVerifier(async (folder) => {
      const bundle = await openBundle(folder);
      checkGraphs(bundle);
      assert.deepEqual(bundle.verifier?.description, {
        ...describeVerifier(),
        input: { ...describeVerifier().input, scale: Math.fround(1 / 255) },
        output: { ...describeVerifier().output, scale: Math.fround(0.05) },
      });
      assert.deepEqual(Buffer.from(bundle.verifier.model), Buffer.from(verifierModel()));
    }));

  it('keeps it where another part is added, and takes another in its place', () =>
    withVerifier(async (folder) => {
      await addToBundle(folder, { version: '2.0.0' });
      assert.equal((await openBundle(folder)).verifier?.description.window, 2);
      await addToBundle(folder, { verifier: { ...addedVerifier(), window: 3 } });
      assert.equal((await openBundle(folder)).verifier?.description.window, 3);
    }));

  const { input } = describeVerifier();
  const refusals: [string, object, RegExp][] = [
    ['a picture that is not square', { input: { ...input, shape: [1, 8, 9, 1] } }, /takes \[1,8,9,1\].*one square/],
    ['colour', { input: { ...input, shape: [1, 8, 8, 3] } }, /takes \[1,8,8,3\]/],
    ['another number of labels', { labels: SAMPLE_LABELS.slice(1) }, /gives \[1,12\] by its manifest for 11 labels/],
    ['a label twice', { labels: [...SAMPLE_LABELS.slice(0, 11), 'none'] }, /two outputs of the same label/],
    ['no 7', { labels: SAMPLE_LABELS.map((label) => (label === '7' ? 'seven' : label)) }, /does not know the digit 7/],
    ['another file', { file: 'other.tflite' }, /lists no other\.tflite/],
    ['no window', { window: 0 }, /wrong at verifier\.window/],
  ];
  for (const [what, changes, message] of refusals) {
    it(`is refused by name for ${what}`, () =>
      withVerifier(async (folder) => {
        await describeAs(folder, changes);
        await assert.rejects(openBundle(folder), { code: 'INK_BUNDLE_INVALID', message });
      }));
  }

  it('is refused where the model is not what the manifest says', () =>
    withVerifier(async (folder) => {
      await describeAs(folder, { input: { ...input, scale: 0.5 } });
      const bundle = await openBundle(folder);
      assert.throws(() => checkGraphs(bundle), {
        code: 'INK_BUNDLE_INVALID',
        message: /verifier\.tflite has an input whose scale/,
      });
    }));
});
