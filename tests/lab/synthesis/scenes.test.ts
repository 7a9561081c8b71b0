import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { z } from 'zod';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

const shipped = fileURLToPath(new URL('../../../assets/scenes', import.meta.url));

const labelsSchema = z.array(
  z.object({
    file: z.string(),
    digits: z.string().regex(/^[0-9]+$/),
    rows: z.array(z.string().regex(/^[0-9]+$/)).min(1),
    order: z.literal('reading'),
    writer: z.string(),
    source: z.string(),
    tier: z.enum(['A', 'B', 'C']),
  }),
);

const pixels = async (file: string): Promise<Uint8Array> => sharp(file).grayscale().raw().toBuffer();

describe('sample scenes', () => {
  it('are what the command renders, labels and pixels', () =>
    inTemporaryFolder(async (folder) => {
      const { code, stdout } = await lab('scenes', '--out', folder);
      assert.equal(code, 0);
      assert.match(stdout, /17 scenes/);
      for (const part of ['photos', 'negatives']) {
        const names = (await readdir(join(folder, part))).sort();
        assert.deepEqual(names, (await readdir(join(shipped, part))).sort());
        for (const name of names) {
          const [made, kept] = [join(folder, part, name), join(shipped, part, name)];
          if (name.endsWith('.json')) {
            assert.deepEqual(await readFile(made), await readFile(kept), name);
            continue;
          }
          // Another build of the JPEG encoder may round differently, so pixels are compared and not bytes.
          const [a, b] = await Promise.all([pixels(made), pixels(kept)]);
          assert.equal(a.length, b.length);
          const difference = a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length;
          assert.ok(difference < 0.5, `${name} differs by ${difference} levels`);
        }
      }
    })).timeout(60_000);

  it('are small pictures whose labels agree with themselves', async () => {
    const labels = labelsSchema.parse(JSON.parse(await readFile(join(shipped, 'photos', 'labels.json'), 'utf8')));
    for (const { file, digits, rows } of labels) {
      assert.equal(rows.join(''), digits);
      const path = join(shipped, 'photos', file);
      const { width, height } = await sharp(path).metadata();
      assert.deepEqual([width, height], [640, 480]);
      assert.ok((await stat(path)).size < 60_000, `${file} is too large to ship`);
    }
    assert.deepEqual(
      new Set(labels.flatMap(({ digits }) => [...digits])).size,
      10,
      'every digit should be shown somewhere',
    );
  });

  it('differ with the seed', () =>
    inTemporaryFolder(async (folder) => {
      await lab('scenes', '--out', folder, '--seed', '4');
      const made = await pixels(join(folder, 'photos', '01-note.jpg'));
      const kept = await pixels(join(shipped, 'photos', '01-note.jpg'));
      const difference = made.reduce((sum, value, index) => sum + Math.abs(value - kept[index]), 0) / made.length;
      assert.ok(difference > 2, `a difference of ${difference} levels`);
    })).timeout(60_000);
});
