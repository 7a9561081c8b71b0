import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUILT = fileURLToPath(new URL('../../../device/dist-web/', import.meta.url));
const MAX_KILOBYTES = 60;

describe('the built page', () => {
  it('is loaded with less than 60 kB, compressed, all screens together', async () => {
    const loaded = (await readdir(BUILT, { recursive: true })).filter((name) => /\.(html|css|js|svg)$/.test(name));
    const sizes = await Promise.all(loaded.map(async (name) => gzipSync(await readFile(join(BUILT, name))).length));
    assert.ok(sizes.length >= 4);
    const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
    assert.ok(kilobytes < MAX_KILOBYTES, `${kilobytes} kB`);
  });

  it('names nothing by an absolute address', async () => {
    const page = await readFile(join(BUILT, 'index.html'), 'utf8');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    assert.ok(addresses.length >= 3);
    assert.deepEqual(
      addresses.filter((address) => !address.startsWith('./')),
      [],
    );
  });
});
