import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBundle } from '@inkcast/shared/bundle';
import { writeBundle } from '@inkcast/training/bundle';
import { sampleManifest } from '../../support/sample-manifest.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const files = new Map([['model.tflite', Uint8Array.of(1, 2, 3)]]);

async function withBundle(work: (folder: string) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (parent) => {
    const folder = join(parent, 'sample');
    await writeBundle(folder, { manifest: sampleManifest(), files });
    await work(folder);
  });
}

/** Rewrites the bundle's manifest with some of its keys replaced. */
async function changeManifest(folder: string, changes: object): Promise<void> {
  const path = join(folder, 'manifest.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...changes }));
}

describe('a model bundle', () => {
  it('is read as it was written, with size and SHA-256 of each file', () =>
    withBundle(async (folder) => {
      const bundle = await openBundle(folder);
      assert.deepEqual([...bundle.model], [1, 2, 3]);
      assert.deepEqual(bundle.manifest, {
        ...sampleManifest(),
        files: {
          'model.tflite': {
            sha256: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
            size: 3,
          },
        },
      });
      assert.deepEqual((await readdir(folder)).sort(), ['manifest.json', 'model.tflite']);
    }));

  const damages: [string, (folder: string) => Promise<void>, RegExp][] = [
    ['a changed file', (folder) => writeFile(join(folder, 'model.tflite'), 'abc'), /model\.tflite was changed/],
    ['a truncated file', (folder) => writeFile(join(folder, 'model.tflite'), 'a'), /model\.tflite has 1 bytes/],
    ['a manifest that is not JSON', (folder) => writeFile(join(folder, 'manifest.json'), '{'), /not JSON/],
    ['a missing key', (folder) => changeManifest(folder, { seed: undefined }), /wrong at seed/],
    ['a file that is not there', (folder) => listFile(folder, 'b.bin'), /b\.bin cannot be read/],
    ['a file outside the folder', (folder) => listFile(folder, '../b.bin'), /"\.\.\/b\.bin" is not a file name/],
    ['labels that are too many', (folder) => changeManifest(folder, { labels: ['0', '1', '2'] }), /3 labels/],
    ['labels that repeat', (folder) => changeManifest(folder, { labels: ['0', '0'] }), /same label/],
    ['no model', (folder) => changeManifest(folder, { files: {} }), /lists no model\.tflite/],
  ];
  const listFile = (folder: string, name: string) =>
    changeManifest(folder, { files: { [name]: { sha256: '0'.repeat(64), size: 3 } } });

  for (const [what, damage, message] of damages) {
    it(`is refused by name for ${what}`, () =>
      withBundle(async (folder) => {
        await damage(folder);
        await assert.rejects(openBundle(folder), (error) => {
          assert.ok(error instanceof Error && 'code' in error);
          assert.equal(error.code, 'INK_BUNDLE_INVALID');
          assert.ok(error.message.includes(folder));
          assert.match(error.message, message);
          return true;
        });
      }));
  }

  it('is missing where there is no manifest', () =>
    inTemporaryFolder(async (folder) => {
      await assert.rejects(openBundle(folder), { code: 'INK_BUNDLE_MISSING' });
    }));

  it('with an error is not written, and the existing one stays', () =>
    withBundle(async (folder) => {
      const manifest = sampleManifest({ labels: ['0', '1', '2'] });
      await assert.rejects(writeBundle(folder, { manifest, files }), { code: 'INK_BUNDLE_INVALID' });
      assert.equal((await openBundle(folder)).manifest.labels.length, 2);
    }));

  it('does not replace a folder with other content', () =>
    inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'thesis.txt'), 'years of work');
      await assert.rejects(writeBundle(folder, { manifest: sampleManifest(), files }), /is not a model bundle/);
      assert.deepEqual(await readdir(folder), ['thesis.txt']);
    }));
});
