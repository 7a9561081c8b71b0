import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { bundleForBrowser, externalsOf } from '../support/browser-bundle.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** All parts of the reader as one script for a browser, which leaves them in the variable `reader`. */
async function bundle() {
  const entries = await readdir(join(ROOT, 'reader/src'), { withFileTypes: true });
  const parts = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const contents = parts.map((part) => `export * as ${part} from '@inkcast/reader/${part}';`).join('\n');
  return { parts, bundled: await bundleForBrowser(contents, 'reader') };
}

describe('the reader in a browser', () => {
  it('is bundled without anything of Node.js, of the device or of a native library', async () => {
    const { parts, bundled } = await bundle();
    const { inputs } = bundled;
    for (const part of parts) assert.ok(inputs.includes(`reader/src/${part}/index.ts`), part);
    const foreign = inputs.filter((path) => !/^(?:(?:reader|shared)\/src|node_modules\/zod)\//.test(path));
    assert.deepEqual(foreign, []);
    assert.deepEqual(externalsOf(bundled), []);
  });

  it('runs with what every browser has, with the code of its kernel passed as bytes', async () => {
    const {
      bundled: { script },
    } = await bundle();
    const code = await readFile(join(ROOT, 'reader/wasm/vision.wasm'));
    const context = createContext({ TextDecoder, code: new Uint8Array(code) });
    runInContext(script, context);
    const bytes: unknown = await runInContext(
      `reader.vision.openClosing(code).then((closing) => {
        const paper = new Uint8Array(25).fill(200);
        paper[12] = 10;
        return Array.from(closing.run({ width: 5, height: 5, bytes: paper }, 3, 'dark').bytes).join();
      })`,
      context,
    );
    assert.equal(bytes, Array(25).fill(200).join());
  });
});
