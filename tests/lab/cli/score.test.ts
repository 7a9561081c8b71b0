import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

const SCENES = fileURLToPath(new URL('../../../assets/scenes', import.meta.url));

interface Labels {
  readonly photos: readonly object[];
  readonly negatives?: readonly object[];
}

/** A labelled folder with two sample scenes and one scene without digits. */
function withFolder(labels: Labels, work: (folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    for (const part of ['photos', 'negatives']) await mkdir(join(folder, part));
    for (const name of ['04-single.jpg', '01-note.jpg']) {
      await copyFile(join(SCENES, 'photos', name), join(folder, 'photos', name));
    }
    await copyFile(join(SCENES, 'photos', '04-single.jpg'), join(folder, 'negatives', 'single.jpg'));
    await writeFile(join(folder, 'photos', 'labels.json'), JSON.stringify(labels.photos));
    if (labels.negatives !== undefined) {
      await writeFile(join(folder, 'negatives', 'sources.json'), JSON.stringify(labels.negatives));
    }
    await work(folder);
  });
}

const label = (file: string, digits: string, writer: string) => ({ file, digits, order: 'reading', tier: 'A', writer });

describe('npm run lab -- score', () => {
  it('counts digits, exact pictures and false digits, by writer', async () => {
    const { stdout } = await lab('score', SCENES, '--json');
    const { photos, negatives, model } = JSON.parse(stdout);
    assert.match(model, /^digits@/);
    assert.equal(photos.all.pictures, 15);
    assert.ok(photos.all.f1 > 0.95, stdout);
    assert.equal(negatives.pictures, 2);
  }).timeout(60_000);

  it('counts wrong digits, and digits where there are none', () => {
    const photos = [label('04-single.jpg', '7777', 'one'), label('01-note.jpg', '', 'two')];
    const negatives = [
      { file: 'single.jpg', strict: true },
      { file: 'with-print.jpg', strict: false },
    ];
    return withFolder({ photos, negatives }, async (folder) => {
      const { code, stdout, stderr } = await lab('score', folder);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /all +2 pictures +4 digits {2}F1 +\d+\.\d % .* exact +0\.0 %/);
      assert.match(stdout, /\none +1 pictures/);
      assert.match(stdout, /mean F1 over writers/);
      assert.match(stdout, /1 false digits in 1 of 1 pictures without digits/);
      assert.match(stdout, /04-single.jpg: 7777 read as \d/);
    });
  }).timeout(60_000);

  it('measures how many altered copies read as the original, right or wrong', () =>
    withFolder({ photos: [label('04-single.jpg', '7777', 'one')] }, async (folder) => {
      const { stdout } = await lab('score', folder, '--copies', '--json');
      const { stability, negatives } = JSON.parse(stdout);
      assert.equal(negatives, undefined);
      assert.equal(stability.photos.copies, 12);
      assert.ok(stability.photos.same >= 10, `${stability.photos.same} of 12`);
      assert.equal(stability.negatives, undefined);
      const { stdout: lines } = await lab('score', folder, '--copies');
      assert.match(lines, /\d+ of 12 altered copies of photographs/);
    })).timeout(60_000);

  it('says what is wrong with a folder', async () => {
    const missing = await lab('score', 'no-such-folder');
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /INK_DATASET_MISSING: no-such-folder contains no photos\/labels.json/);
    await withFolder({ photos: [{ ...label('04-single.jpg', '4', 'one'), order: 'any' }] }, async (folder) => {
      const { code, stderr } = await lab('score', folder);
      assert.equal(code, 1);
      assert.match(stderr, /INK_DATASET_INVALID: .*labels.json is wrong at 0.order/);
    });
    await withFolder({ photos: [label('not-there.jpg', '4', 'one')] }, async (folder) => {
      assert.match((await lab('score', folder)).stderr, /INK_FILE_UNREADABLE: .*not-there.jpg/);
    });
    assert.equal((await lab('score')).code, 2);
  }).timeout(60_000);
});
