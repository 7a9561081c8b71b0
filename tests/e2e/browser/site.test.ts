import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import { CHROMIUM, seriousViolations, TestBrowser, type WatchedPage } from '../../support/browser.js';
import { SITE } from '../../support/built-site.js';
import { FileServer } from '../../support/file-server.js';
import { needsProgram } from '../../support/programs.js';
import { TryPage } from './support/try-page.js';
import { strokesOf } from './support/written-digits.js';

/** Text as any server compresses it, and the model as it lies there. */
const MAX_KILOBYTES = 400;
const SCENES = fileURLToPath(new URL('../../../assets/scenes', import.meta.url));

/** What the device reads of each scene, by its file. */
async function readByDevice(): Promise<ReadonlyMap<string, readonly string[]>> {
  const engine = await openReadingEngine(await openCheckedBundle(join(shippedModels(), 'digits')));
  try {
    const found = new Map<string, readonly string[]>();
    for (const folder of ['photos', 'negatives']) {
      for (const name of await readdir(join(SCENES, folder))) {
        if (!/\.(?:jpg|png)$/.test(name)) continue;
        const file = join(SCENES, folder, name);
        found.set(file, engine.reader.read(await decodePicture(file)).reading.rows);
      }
    }
    return found;
  } finally {
    engine.close();
  }
}

describe('the static site', function () {
  this.timeout(120_000);
  let server: FileServer;
  let browser: TestBrowser;
  let watched: WatchedPage;
  let tried: TryPage;

  before(async function () {
    needsProgram(this, CHROMIUM);
    [server, browser] = await Promise.all([FileServer.start(SITE), TestBrowser.open()]);
    watched = await browser.openPage(server.origin);
    await watched.page.goto('./');
    tried = new TryPage(watched.page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('reads every scene as the device does, under a policy that evaluates no strings', async () => {
    const policy = await watched.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(policy ?? '', /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval';/);
    const expected = await readByDevice();
    assert.ok([...expected.values()].some((rows) => rows.length > 1));
    const found = new Map<string, readonly string[]>();
    for (const file of expected.keys()) found.set(file, await tried.read(file));
    assert.deepEqual(found, expected);
  });

  it('has no fault that hinders people, and asks for nothing but itself', async () => {
    assert.deepEqual(await seriousViolations(watched.page), []);
    assert.deepEqual(watched.foreignRequests, []);
    assert.deepEqual(watched.consoleErrors, []);
  });

  it('reads what is drawn, stroke by stroke, and takes strokes back', async () => {
    assert.deepEqual(
      await tried.draw([
        [130, 130],
        [128, 240],
        [130, 350],
      ]),
      ['1'],
    );
    assert.deepEqual(
      await tried.draw([
        [230, 140],
        [340, 135],
        [320, 190],
        [280, 350],
      ]),
      ['17'],
    );
    assert.deepEqual(await tried.undo(), ['1']);
    await tried.clear();
  });

  it('is loaded with its model in less than 400 kB, compressed', async () => {
    // What the worker keeps for later would be asked for, too.
    const { page } = await browser.openPage(server.origin, { serviceWorkers: 'block' });
    const asked = new Set<string>();
    page.context().on('request', (request) => asked.add(new URL(request.url()).pathname));
    await page.goto('./');
    assert.ok((await new TryPage(page).read(join(SCENES, 'photos/04-single.jpg'))).length > 0);
    const paths = [...asked].filter((path) => !path.includes(':'));
    assert.equal(paths.filter((path) => path.endsWith('.deflate')).length, 5);
    const sizes = await Promise.all(
      paths.map(async (path) => {
        const bytes = await readFile(join(SITE, path === '/' ? 'index.html' : path));
        return path.endsWith('.deflate') ? bytes.length : gzipSync(bytes).length;
      }),
    );
    const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
    assert.ok(kilobytes < MAX_KILOBYTES, `${kilobytes} kB`);
    await page.close();
  });

  it('reads ten digits that are drawn', async () => {
    const drawn = ['01234', '56789'].flatMap((row, down) =>
      [...row].flatMap((digit, right) => strokesOf(digit, [60 + 115 * right, 90 + 190 * down])),
    );
    assert.deepEqual(await tried.draw(...drawn), ['01234', '56789']);
    await tried.clear();
  });

  it('says that a file is no picture, and reads the next one', async () => {
    await tried.choose(fileURLToPath(import.meta.url));
    await tried.page.getByRole('alert').getByText('cannot decode the file').waitFor();
    assert.ok((await tried.read(join(SCENES, 'photos/04-single.jpg'))).length > 0);
  });
});
