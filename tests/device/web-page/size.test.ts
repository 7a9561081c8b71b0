import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PAGE } from '../../support/built-page.js';

const MAX_KILOBYTES = 60;

describe('the built page', () => {
  it('is loaded with less than 60 kB, compressed', async () => {
    const page = await readFile(join(PAGE, 'index.html'), 'utf8');
    const named = [...page.matchAll(/(?:src|href)="\.\/([^"]*)"/g)].map(([, name]) => name);
    assert.deepEqual(new Set(named.map(extname)), new Set(['.css', '.js', '.svg']));
    const [script] = named.filter((name) => name.endsWith('.js'));
    // What the script imports itself would be loaded too; what draws the chart is not, before the chart is looked at.
    assert.doesNotMatch(await readFile(join(PAGE, script), 'utf8'), /^import\b(?!\()/m);
    const loaded = ['index.html', ...named];
    const sizes = await Promise.all(loaded.map(async (name) => gzipSync(await readFile(join(PAGE, name))).length));
    const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
    assert.ok(kilobytes < MAX_KILOBYTES, `${kilobytes} kB`);
  });

  it('names nothing by an absolute address', async () => {
    const page = await readFile(join(PAGE, 'index.html'), 'utf8');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    assert.ok(addresses.length >= 3);
    assert.deepEqual(
      addresses.filter((address) => !address.startsWith('./')),
      [],
    );
  });
});
