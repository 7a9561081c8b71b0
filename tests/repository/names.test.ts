import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './imports.js';

const FOLDERS = ['shared/src', 'training/src', 'reader/src', 'device/src', 'lab/src', 'tests', 'scripts'];
/** Bounds are named MIN_ and MAX_ with a unit: readers search for these words. */
const BOUNDS =
  /(?:^|_)(?:LEAST|MOST|FEWEST|(?:WID|GREAT|LARG|BIGG|SMALL|LONG|SHORT|HIGH|LOW|NARROW|DEEP|FURTH)EST)(?:_|$)/;

/** The constants that a text declares, destructured ones included. */
function constantsOf(text: string): string[] {
  return [...text.matchAll(/\bconst (\[[^\]]*\]|\{[^}]*\}|[\w$]+)/g)].flatMap(([, declared]) =>
    [...declared.matchAll(/\b[A-Z][A-Z0-9_]*\b/g)].map(([name]) => name),
  );
}

async function sourcesIn(folder: string): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  return names.filter((name) => /\.(?:ts|mjs)$/.test(name)).map((name) => join(folder, name));
}

describe('names', () => {
  it('of constants that bound something begin with MIN_ or MAX_', async () => {
    const files = (await Promise.all(FOLDERS.map(sourcesIn))).flat();
    const texts = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')));
    const constants = texts.flatMap((text, index) => constantsOf(text).map((name) => ({ file: files[index], name })));
    assert.ok(constants.some(({ name }) => name.startsWith('MAX_')));
    assert.deepEqual(
      constants.filter(({ name }) => BOUNDS.test(name)),
      [],
    );
  });
});
