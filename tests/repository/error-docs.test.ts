import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ERROR_CATALOG } from '@inkcast/shared/errors';

const PAGE = join(fileURLToPath(new URL('../..', import.meta.url)), 'docs/guide/errors.md');

describe('docs/guide/errors.md', () => {
  it('has exactly the codes of the catalog, each with its meaning, exit code and remedy', async () => {
    const text = await readFile(PAGE, 'utf8');
    const rows = [...text.matchAll(/^\| `(INK_\w+)` *\| (\d) *\| (.*?) *\| (.*?) *\|$/gm)].map(
      ([, code, exitCode, summary, remedy]) => ({ code, exitCode: Number(exitCode), summary, remedy }),
    );
    const expected = Object.entries(ERROR_CATALOG).map(([code, { exitCode, summary, remedy }]) => ({
      code,
      exitCode,
      summary,
      remedy,
    }));
    assert.deepEqual(rows, expected, 'run npm run docs');
  });
});
