import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importsOf, ROOT } from './imports.js';

/** The device's parts in the order in which data passes them: each may import those of a lower number, and no other. */
const ORDER: Readonly<Record<string, number>> = {
  log: -1,
  numbers: -1,
  retry: -1,
  camera: 0,
  vision: 1,
  inference: 2,
  reading: 3,
  annotation: 4,
  explanation: 4,
  health: 4,
  mqtt: 4,
  service: 4,
  homeassistant: 5,
  requests: 5,
  storage: 5,
  web: 5,
  fleet: 5,
};
/** Those that may know all parts, and that no part may know. */
const ABOVE = ['characters', 'config', 'daemon', 'demo', 'doctor', 'setup', 'bench', 'cli'];

describe('dependencies', () => {
  it('of shared lead to neither half, those of the halves not to one another, and none to the lab', async () => {
    const forbidden: [string, RegExp][] = [
      ['shared/src', /^@inkcast\/(training|device|lab)/],
      ['training/src', /^@inkcast\/(device|lab)/],
      ['device/src', /^@inkcast\/(training|lab)/],
    ];
    for (const [folder, pattern] of forbidden) {
      const imports = await importsOf(folder);
      assert.ok(imports.length > 0);
      assert.deepEqual(
        imports.filter(({ target }) => pattern.test(target)),
        [],
      );
    }
  });

  it("within the device follow the data's way, and go through each folder's index", async () => {
    const parts = (await readdir(join(ROOT, 'device/src'), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(
      parts.filter((part) => !(part in ORDER) && !ABOVE.includes(part)),
      [],
      'a part without a place in the order',
    );
    const wrong = (await importsOf('device/src')).filter(({ file, target }) => {
      const [from] = file.split('/');
      const depth = file.split('/').length - 1;
      const up = '../'.repeat(depth);
      if (depth === 0 || !target.startsWith(up)) return false;
      const [to, ...rest] = target.slice(up.length).split('/');
      if (to === from) return false;
      // The configuration reads each part's own schema where it lies.
      if (rest.at(-1) !== 'index.js') return true;
      if (from === 'config') return !(to in ORDER);
      if (ABOVE.includes(from)) return false;
      return !(to in ORDER) || ORDER[to] >= ORDER[from];
    });
    assert.deepEqual(wrong, []);
  });

  it("within the lab go through each folder's index", async () => {
    const between = (await importsOf('lab/src')).flatMap(({ file, target }) => {
      const up = '../'.repeat(file.split('/').length - 1);
      if (up === '' || !target.startsWith(up)) return [];
      const [to, ...rest] = target.slice(up.length).split('/');
      return [{ file, to, byIndex: rest.join('/') === 'index.js' }];
    });
    assert.ok(between.length > 0);
    assert.deepEqual(
      between.filter(({ byIndex }) => !byIndex),
      [],
    );
  });
});
