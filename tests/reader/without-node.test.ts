import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** All parts of the reader as one script for a browser, which leaves them in the variable `reader`. */
async function bundle() {
  const entries = await readdir(join(ROOT, 'reader/src'), { withFileTypes: true });
  const parts = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const result = await build({
    stdin: {
      contents: parts.map((part) => `export * as ${part} from '@inkcast/reader/${part}';`).join('\n'),
      resolveDir: join(ROOT, 'tests'),
    },
    ...{ absWorkingDir: ROOT, bundle: true, metafile: true, write: false, logLevel: 'silent' },
    ...{ platform: 'browser', conditions: ['inkcast-source'], format: 'iife', globalName: 'reader' },
    define: { 'import.meta.url': '"https://reader.example/reader.js"' },
  });
  return { parts, script: result.outputFiles[0].text, metafile: result.metafile };
}

describe('the reader in a browser', () => {
  it('is bundled without anything of Node.js, of the device or of a native library', async () => {
    const { parts, metafile } = await bundle();
    const inputs = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>');
    for (const part of parts) assert.ok(inputs.includes(`reader/src/${part}/index.ts`), part);
    const foreign = inputs.filter((path) => !/^(?:(?:reader|shared)\/src|node_modules\/zod)\//.test(path));
    assert.deepEqual(foreign, []);
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    assert.deepEqual(
      imports.filter(({ external }) => external === true),
      [],
    );
  });

  it('runs with what every browser has, with the code of its kernel passed as bytes', async () => {
    const { script } = await bundle();
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
