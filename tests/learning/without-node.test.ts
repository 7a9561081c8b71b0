import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleForBrowser, externalsOf } from '../support/browser-bundle.js';

const TRAINING = fileURLToPath(new URL('../../training/src', import.meta.url));

/** The parts of learning besides those of Node.js: the process and what it loads. */
const LEARNING = ['crops', 'gate', 'lesson', 'model', 'second-look', 'tools', 'tuning', 'verifier'];
/** What they and the page take of the training's parts as a whole. */
const WHOLE = ['int8-interpreter', 'models', 'quantization', 'random', 'tflite', 'tflite-conversion'];
const ALLOWED = /^(?:(?:learning|training|shared)\/src|node_modules\/(?:zod|flatbuffers|@noble\/hashes))\//;

describe('learning in a browser', () => {
  it('is bundled without anything of Node.js, of the device or of a native library', async () => {
    const folders = await readdir(TRAINING, { recursive: true });
    const portable = folders.filter((path) => path.endsWith('/portable'));
    assert.ok(portable.length > 5);
    const names = [
      ...[...portable, ...WHOLE].map((part) => `@inkcast/training/${part}`),
      ...LEARNING.map((part) => `@inkcast/learning/${part}`),
    ];
    const contents = names.map((name, index) => `export * as part${index} from '${name}';`).join('\n');
    const bundled = await bundleForBrowser(contents, 'learning');
    for (const name of LEARNING) assert.ok(bundled.inputs.includes(`learning/src/${name}/index.ts`), name);
    assert.deepEqual(
      bundled.inputs.filter((path) => !ALLOWED.test(path)),
      [],
    );
    assert.deepEqual(externalsOf(bundled), []);
  });
});
