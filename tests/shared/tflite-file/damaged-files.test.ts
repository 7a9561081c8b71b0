import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InkError } from '@inkcast/shared/errors';
import { readTflite, schema } from '@inkcast/shared/tflite-file';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import { sampleModel } from '../../support/sample-tflite.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { OPERATORS, operatorGraph } from '../../training/tflite/support/operators.js';
import type { Settings } from '../../training/tflite/support/random-graph.js';
import { fieldAt, follow, tableOf } from './support/change-field.js';
import { mutate } from './support/mutate.js';

const { MODEL, SUBGRAPH } = schema;

const RUNNER = fileURLToPath(new URL('support/run-models.ts', import.meta.url));
/** Another seed or more files find more: INKCAST_FUZZ="7 100000". */
const [SEED, FILES] = (process.env.INKCAST_FUZZ ?? '1 1000').split(' ').map(Number);

const SETTINGS: Settings = {
  ...{ size: [5, 6], channels: 4, filters: 3, window: [3, 2], strides: [1, 2], dilations: [1, 1] },
  ...{ padding: 'same', activation: 'relu', batch: 1, seed: 3 },
};

/** Small files, so that mutations hit important bytes: a whole classifier, and each operator in float and in int8. */
const originals = (): Uint8Array[] => [
  writeTflite(sampleModel()),
  ...Object.keys(OPERATORS).flatMap((name) =>
    (['int8', 'float32'] as const).map((numbers) => writeTflite(operatorGraph(name, numbers, SETTINGS))),
  ),
];

/** True if the reader accepts a file, false if it refuses it with a code. */
function isAccepted(bytes: Uint8Array, what: string): boolean {
  try {
    readTflite(bytes);
    return true;
  } catch (error) {
    const expected = ['INK_TFLITE_INVALID', 'INK_TFLITE_UNSUPPORTED'];
    if (error instanceof InkError && expected.includes(error.code)) return false;
    throw new Error(`${what} made the reader throw ${error}`, { cause: error });
  }
}

describe('damaged .tflite files', () => {
  it('field report 10: are refused if a list has more elements than fit into memory', () => {
    const sample = writeTflite(sampleModel());
    const list = new Uint8Array(4 + 4 * 1_000_001);
    new DataView(list.buffer).setUint32(0, 1_000_001, true);
    const bytes = Uint8Array.from(Buffer.concat([sample, list]));
    const subgraph = tableOf(bytes, follow(bytes, 0), MODEL.subgraphs, 0);
    const field = fieldAt(bytes, subgraph, SUBGRAPH.inputs);
    new DataView(bytes.buffer).setUint32(field, sample.length - field, true);
    assert.throws(() => readTflite(bytes), {
      code: 'INK_TFLITE_INVALID',
      message: /lists have more than 1000000 elements/,
    });
  });

  it(`are refused with a code, or harm nothing in TensorFlow Lite (${FILES} mutations)`, async () => {
    await inTemporaryFolder(async (folder) => {
      const random = new Random(SEED);
      const files = originals();
      const how = new Map<string, string>();
      for (let index = 0; index < FILES; index++) {
        const damaged = mutate(files[index % files.length], random);
        const what = `file ${index}, with ${damaged.how}`;
        if (!isAccepted(damaged.bytes, what)) continue;
        how.set(`${index}.tflite`, what);
        await writeFile(join(folder, `${index}.tflite`), damaged.bytes);
      }
      assert.ok(how.size > FILES / 20 && how.size < FILES / 2, `${how.size} of ${FILES} files were accepted`);
      const child = spawnSync(process.execPath, [...process.execArgv, RUNNER, folder], { encoding: 'utf8' });
      const last = child.stdout.trimEnd().split('\n').at(-1) ?? '';
      assert.equal(last, 'done', `ended with ${child.signal ?? child.status} at ${how.get(last)}: ${child.stderr}`);
      assert.deepEqual([child.status, child.signal], [0, null]);
    });
  });
});
