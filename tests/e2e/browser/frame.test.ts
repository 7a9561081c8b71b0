import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Mosquitto, openListener, type Seen, Watcher } from '@inkcast/lab/broker';
import type { Locator, Page } from 'playwright-core';
import { parse } from 'yaml';
import { CHROMIUM, closesPagesOfTests, TestBrowser, type WatchedPage } from '../../support/browser.js';
import { needsProgram } from '../../support/programs.js';
import { ServedDaemon } from './support/served-daemon.js';

/** Two rows on one page, 640 x 480: 0305 above 221859. */
const SCENE = '02-phone.jpg';
type Place = readonly [x: number, y: number];

describe('the frame screen', function () {
  this.timeout(120_000);
  let folder: string;
  let broker: Mosquitto;
  let watcher: Watcher;
  let daemon: ServedDaemon;
  let browser: TestBrowser;
  const opened: WatchedPage[] = [];

  before(async function () {
    needsProgram(this, CHROMIUM, 'mosquitto');
    folder = await mkdtemp(join(tmpdir(), 'inkcast-frame-'));
    const port = await freePort();
    broker = await Mosquitto.start(folder, openListener(port));
    watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/#']);
    const options = { scenes: [SCENE], broker: `mqtt://127.0.0.1:${port}` };
    [daemon, browser] = await Promise.all([ServedDaemon.start(folder, options), TestBrowser.open()]);
  });

  closesPagesOfTests(() => browser);

  after(async () => {
    await browser?.close();
    await daemon?.kill();
    await watcher?.end();
    await broker?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const open = async () => {
    const watched = await browser.openPage(daemon.url);
    opened.push(watched);
    await watched.page.goto('./#/frame');
    await watched.page.locator('.still img').waitFor();
    // Can be pressed once the areas are loaded.
    await watched.page.locator('button:enabled', { hasText: 'Whole frame' }).waitFor();
    return watched.page;
  };

  const saved = async () => parse(await readFile(daemon.config, 'utf8'));

  it('draws what is read, shows what is read in it, and saves it, where it stays', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Whole frame', pressed: true }).waitFor();
    // Around 0305.
    await drag(page, [0.25, 0.3], [0.75, 0.475]);
    await page.locator('.preview-text', { hasText: /^0305$/ }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    await watcher.until((seen) => textsOn(seen, 'reading').includes('0305'));

    const { regionOfInterest } = (await saved()).vision;
    const { x, y, width, height } = regionOfInterest;
    for (const [found, meant] of [
      [x, 0.25],
      [y, 0.3],
      [x + width, 0.75],
      [y + height, 0.475],
    ]) {
      assert.ok(Math.abs(found - meant) < 0.01, `${found}, not ${meant}`);
    }
    assert.match(await readFile(daemon.config, 'utf8'), /^# The desk in the hall\.$/m);

    // Loaded and saved again, it is the same to the last decimal.
    const again = await open();
    await again.getByRole('button', { name: 'Rectangle', pressed: true }).waitFor();
    await again.getByLabel('What stands there').fill('dddd');
    await again.getByRole('button', { name: 'Save', exact: true }).click();
    await again.getByText('Saved. It holds from now on.').waitFor();
    assert.deepEqual((await saved()).vision.regionOfInterest, regionOfInterest);
    assert.equal((await saved()).reading.expect, 'dddd');
  });

  it('moves corners by the keyboard, and takes steps back', async () => {
    const page = await open();
    const corner = page.getByRole('button', { name: 'Bottom right corner' });
    const before = await placeOf(corner);
    await corner.press('Shift+ArrowDown');
    await corner.press('ArrowRight');
    const after = await placeOf(corner);
    assert.ok(after[1] > before[1] + 0.015 && after[0] > before[0]);
    await corner.press('Control+z');
    await corner.press('Control+z');
    assert.deepEqual(await placeOf(corner), before);
    assert.ok(await page.getByRole('button', { name: 'Undo' }).isDisabled());
    await page.getByRole('button', { name: 'Redo' }).click();
    assert.notDeepEqual(await placeOf(corner), before);
  });

  it('straightens between four corners', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Four corners' }).click();
    // Around 221859, askew.
    for (const [name, to] of [
      ['Bottom right', [0.82, 0.7]],
      ['Bottom left', [0.18, 0.68]],
      ['Top left', [0.2, 0.475]],
      ['Top right', [0.8, 0.5]],
    ] as const) {
      await dragHandle(page, page.getByRole('button', { name: `${name} corner` }), to);
    }
    await page.getByLabel('What stands there').fill('');
    await page.locator('.preview-text', { hasText: /^221859$/ }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    const { vision } = await saved();
    assert.equal(vision.regionOfInterest, undefined);
    assert.equal(vision.perspective.length, 4);
    await watcher.until((seen) => textsOn(seen, 'reading').includes('221859'));
  });

  it('reads two named regions, each on a topic of its own, also after a restart', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Whole frame' }).click();
    await page.getByRole('button', { name: 'Add a region' }).click();
    await page.getByRole('button', { name: 'region-1' }).click();
    await drag(page, [0.2, 0.3], [0.8, 0.475]);
    await rename(page, 'upper');
    await page.getByRole('button', { name: 'region-2' }).click();
    for (const [name, to] of [
      ['Top left', [0.2, 0.475]],
      ['Bottom right', [0.8, 0.7]],
    ] as const) {
      await dragHandle(page, page.getByRole('button', { name: `region-2: ${name} corner` }), to);
    }
    await rename(page, 'lower');
    await page.locator('.preview-text', { hasText: /^221859$/ }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    const { vision } = await saved();
    assert.deepEqual(
      vision.regions.map(({ name }: { readonly name: string }) => name),
      ['upper', 'lower'],
    );

    await page.close();
    const count = watcher.seen.length;
    await daemon.restart();
    await watcher.until(
      (seen) =>
        textsOn(seen.slice(count), 'region/upper/reading').includes('0305') &&
        textsOn(seen.slice(count), 'region/lower/reading').includes('221859'),
    );
    const { page: live } = await browser.openPage(daemon.url);
    await live.goto('./');
    for (const [name, text] of [
      ['upper', '0305'],
      ['lower', '221859'],
    ]) {
      await live.locator('.reading', { hasText: name }).locator('output', { hasText: text }).waitFor();
    }
  });

  it('says beside what is drawn why a name is refused', async () => {
    const page = await open();
    await rename(page, 'no good');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByText('vision.regions').first().waitFor();
    opened.pop();
  });

  it('shows the steps by which the newest frame is read', async () => {
    const page = await open();
    await page.getByText('How the newest frame is read').click();
    await page
      .getByText(/^Read as 0/)
      .first()
      .waitFor();
    assert.ok((await page.locator('.step-row img').count()) > 2);
    assert.ok((await page.locator('.candidate img').count()) >= 4);
  });

  it('did nothing that a page must not do', () => {
    assert.ok(opened.length > 4);
    for (const { consoleErrors, foreignRequests } of opened) {
      assert.deepEqual({ consoleErrors, foreignRequests }, { consoleErrors: [], foreignRequests: [] });
    }
  });
});

const textsOn = (seen: readonly Seen[], topic: string): string[] =>
  seen
    .filter((one) => one.topic === `inkcast/desk/${topic}` && one.text !== '')
    .map(({ text }) => JSON.parse(text).text);

/** Drags from place to place of the still, in shares of its sides. */
async function drag(page: Page, from: Place, to: Place): Promise<void> {
  await page.mouse.move(...(await pixelAt(page, from)));
  await page.mouse.down();
  await page.mouse.move(...(await pixelAt(page, [(from[0] + to[0]) / 2, to[1]])));
  await page.mouse.move(...(await pixelAt(page, to)));
  await page.mouse.up();
}

async function dragHandle(page: Page, handle: Locator, to: Place): Promise<void> {
  await drag(page, await placeOf(handle), to);
}

async function pixelAt(page: Page, [x, y]: Place): Promise<[number, number]> {
  const box = await page.locator('.still').boundingBox();
  assert.ok(box !== null);
  return [box.x + x * box.width, box.y + y * box.height];
}

/** Where a handle is, in shares of the still's sides. */
async function placeOf(handle: Locator): Promise<Place> {
  const [left, top] = await handle.evaluate<[string, string], { readonly style: { left: string; top: string } }>(
    ({ style }) => [style.left, style.top],
  );
  return [Number.parseFloat(left) / 100, Number.parseFloat(top) / 100];
}

async function rename(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
}
