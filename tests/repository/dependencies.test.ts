import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importsOf, ROOT, valueImportsOf } from './imports.js';

/** The device's parts in the order in which data passes them: each may import those of a lower number, and no other. */
const ORDER: Readonly<Record<string, number>> = {
  log: -1,
  machine: -1,
  sharp: -1,
  koffi: -1,
  retry: -1,
  camera: 0,
  vision: 1,
  inference: 2,
  annotation: 4,
  explanation: 4,
  health: 4,
  alignment: 4,
  learning: 4,
  regions: 4,
  mqtt: 4,
  service: 4,
  homeassistant: 5,
  requests: 5,
  storage: 5,
  // Labels of many devices are written as one device exports them.
  fleet: 7,
  // Its database is opened, checked and set aside as that of events is.
  teaching: 6,
  // Beside requests over MQTT there are those over HTTP, which the same handlers answer.
  web: 7,
};
/** The reader's parts likewise. */
const READER_ORDER: Readonly<Record<string, number>> = { numbers: 0, vision: 1, inference: 2, engine: 3, reading: 3 };
/** The page's parts likewise; those that lie side by side do not know one another. */
const PAGE_ORDER: Readonly<Record<string, number>> = {
  api: 0,
  words: 1,
  look: 2,
  labelling: 3,
  preferences: 3,
  sketch: 3,
  page: 3,
  frame: 4,
  history: 4,
  live: 4,
  settings: 4,
  setup: 4,
  shell: 4,
  lesson: 4,
  site: 5,
  teach: 4,
  try: 4,
};
/** What parts of the page load of the packages; all others take types only, through `api`. */
const LOADED: Readonly<Record<string, RegExp>> = {
  sketch: /^@inkcast\/(?:reader|shared\/(?:errors|judgement|bundle\/content)$)/,
  lesson: /^@inkcast\/(?:reader|learning|training|shared)\//,
};
/** Those that may know all parts, and that no part may know. */
const ABOVE = ['characters', 'config', 'daemon', 'demo', 'doctor', 'settings', 'setup', 'bench', 'cli'];

describe('dependencies', () => {
  it('of shared lead to neither half, those of the halves not to one another, and none to the lab', async () => {
    const forbidden: [string, RegExp][] = [
      ['shared/src', /^@inkcast\/(training|learning|reader|device|lab)/],
      ['training/src', /^@inkcast\/(learning|reader|device|lab)/],
      ['learning/src', /^@inkcast\/(reader|device|lab)/],
      // It runs in browsers, too.
      ['reader/src', /^(?!\.|@inkcast\/shared\/|zod$)/],
      // The device starts the learning process by its path, and so loads nothing of it.
      ['device/src', /^@inkcast\/(training|learning|lab)/],
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
      // The configuration imports the schema of each part directly.
      if (rest.at(-1) !== 'index.js') return true;
      if (from === 'config') return !(to in ORDER);
      if (ABOVE.includes(from)) return false;
      return !(to in ORDER) || ORDER[to] >= ORDER[from];
    });
    assert.deepEqual(wrong, []);
  });

  it("within the reader follow the data's way, and go through each folder's index", async () => {
    const imports = await importsOf('reader/src');
    const wrong = imports.filter(({ file, target }) => {
      const [from] = file.split('/');
      const up = '../'.repeat(file.split('/').length - 1);
      if (!target.startsWith(up)) return false;
      const [to, ...rest] = target.slice(up.length).split('/');
      return rest.join('/') !== 'index.js' || !(READER_ORDER[to] < READER_ORDER[from]);
    });
    assert.ok(imports.length > 0);
    assert.deepEqual(wrong, []);
  });

  it("of the page follow its parts' order, go through each folder's index, and take nothing of Node's side but types: only sketches and lessons run the reader, and only lessons learn", async () => {
    const imports = await importsOf('device/web/src');
    const wrong = imports.filter(({ file, target }) => {
      const [from] = file.split('/');
      if (LOADED[from]?.test(target)) return false;
      if (target.startsWith('@inkcast/')) return from !== 'api';
      if (!target.startsWith('../')) return false;
      const [to, ...rest] = target.slice('../'.length).split('/');
      return rest.join('/') !== 'index.js' || !(PAGE_ORDER[to] < PAGE_ORDER[from]);
    });
    assert.ok(imports.length > 0);
    assert.deepEqual(wrong, []);
    const loaded = await valueImportsOf('device/web/src', '@inkcast/');
    assert.deepEqual(
      loaded.filter((file) => !(file.split('/')[0] in LOADED)),
      [],
    );
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
