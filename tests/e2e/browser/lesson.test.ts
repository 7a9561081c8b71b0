import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import { openBundle } from '@inkcast/shared/bundle';
import { addToBundle } from '@inkcast/training/bundle';
import { decompress } from '@inkcast/training/replay';
import { extract } from 'tar';
import { z } from 'zod';
import { inkcast } from '../../device/support/command.js';
import { quickBundle } from '../../learning/support/lesson.js';
import { CHROMIUM, seriousViolations, TestBrowser, type WatchedPage } from '../../support/browser.js';
import { SITE } from '../../support/built-site.js';
import { FileServer } from '../../support/file-server.js';
import { inSteps } from '../../support/in-steps.js';
import { needsProgram } from '../../support/programs.js';
import { LessonPage } from './support/lesson-page.js';
import { type OddDigit, OddReader, writeOddly } from './support/odd-hand.js';

const SHEET: readonly OddDigit[] = [9, 1, 7, 4, 9, 1, 9, 4, 7, 9, 4, 1, 7, 9, 9];
/** One is drawn, the others are pictures: drawing with a mouse takes a test longest. */
const DRAWN = SHEET.slice(0, 10);
const WRITTEN: readonly OddDigit[] = [1, 7, 4, 9];
const NUMBER = WRITTEN.join('');
const SHEETS = 3;
/** The check may turn a model down for one crop out of a few. Somebody who teaches then gives more labels. */
const MAX_MORE_SHEETS = 3;
const HAND = 3;
const LEARNING_MS = 240_000;

const readSchema = z.object({ text: z.string() });

/** What a device reads of a picture with the shipped model. */
async function readByShipped(file: string): Promise<string> {
  const engine = await openReadingEngine(await openCheckedBundle(join(shippedModels(), 'digits')));
  try {
    return engine.reader.read(await decodePicture(file)).reading.text;
  } finally {
    engine.close();
  }
}

/** A copy of the site whose smaller replay set makes learning quick; the shipped model reads as before. */
async function quickSite(folder: string): Promise<string> {
  const site = join(folder, 'site');
  await cp(SITE, site, { recursive: true });
  const { replay } = await openBundle(await quickBundle(folder));
  if (replay === undefined) throw new Error('the bundle has no replay set');
  await addToBundle(join(site, 'lesson'), { replay: gzipSync(decompress(replay)) });
  return site;
}

describe('teaching an odd hand on the static site', function () {
  this.timeout(LEARNING_MS);
  inSteps();
  let folder: string;
  let server: FileServer;
  let browser: TestBrowser;
  let watched: WatchedPage;
  let lesson: LessonPage;
  let misread: string;

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-lesson-'));
    [server, browser] = await Promise.all([FileServer.start(await quickSite(folder)), TestBrowser.open()]);
    watched = await browser.openPage(server.origin, { acceptDownloads: true });
    lesson = new LessonPage(watched.page, await OddReader.create());
    await watched.page.goto('./');
    await lesson.open();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  /** Shows and labels a sheet. @param number the hand is a little unsteady, on each in another way */
  const labelSheet = async (number: number) => {
    const picture = join(folder, `sheet-${number}.jpg`);
    await writeOddly(picture, SHEET, 100 * HAND + number);
    await lesson.show(picture);
    await lesson.label();
  };

  it('misreads it at first', async () => {
    await lesson.draw(WRITTEN, HAND);
    const { shipped, taught } = await lesson.rows();
    misread = shipped;
    assert.notEqual(misread, NUMBER);
    assert.equal(taught, undefined);
    await lesson.clear();
  });

  it('takes labels by keys, and says which are held back', async () => {
    await lesson.draw(DRAWN, 100 * HAND);
    await lesson.label();
    for (let sheet = 0; sheet < SHEETS; sheet++) await labelSheet(sheet);
    const text = await watched.page.getByText(/labels to learn from, \d+ held back/).textContent();
    const [, learning, heldBack] = /(\d+) labels to learn from, (\d+) held back/.exec(text ?? '')?.map(Number) ?? [];
    assert.ok(learning >= 30 && heldBack >= 6, text ?? '');
    assert.deepEqual(await seriousViolations(watched.page), []);
  });

  it('is cancelled, and nothing has changed', async () => {
    await watched.page.getByRole('button', { name: 'Learn from the labels' }).click();
    await watched.page.getByRole('button', { name: 'Cancel' }).click();
    await watched.page.getByText('It was cancelled. Nothing has changed.').waitFor();
  });

  it('learns in the tab, and shows old and new side by side', async () => {
    for (let more = 0; !(await lesson.learn(LEARNING_MS)) && more < MAX_MORE_SHEETS; more++) {
      await labelSheet(SHEETS + more);
    }
    const check = watched.page.getByRole('region', { name: 'The check' });
    const text = (await check.textContent()) ?? '';
    assert.match(text, /It passed, and reads what you draw/);
    const wrong = [...text.matchAll(/(\d+) of \d+ wrong → (\d+)/g)].map(([, before, after]) => [+before, +after]);
    assert.equal(wrong.length, 3, text);
    for (const [before, after] of wrong.slice(0, 2)) assert.ok(after <= before, text);
    await check.locator('.changed canvas').first().waitFor();
    assert.deepEqual(await seriousViolations(watched.page), []);
  });

  it('is read right by the taught model, and as before by the shipped one', async () => {
    await lesson.draw(WRITTEN, HAND);
    assert.deepEqual(await lesson.rows(), { shipped: misread, taught: NUMBER });
  });

  it('gives the taught model as a file, with which inkcast reads the same', async () => {
    const drawing = join(folder, 'drawing.png');
    await lesson.saveDrawing(drawing);
    const [download] = await Promise.all([
      watched.page.waitForEvent('download'),
      watched.page.getByRole('button', { name: 'Download the model' }).click(),
    ]);
    const name = download.suggestedFilename();
    assert.match(name, /^digits-[\d.]+-taught\.1\.tar\.gz$/);
    const packed = join(folder, name);
    await download.saveAs(packed);
    await extract({ file: packed, cwd: folder });
    const bundle = join(folder, name.replace('.tar.gz', ''));
    const { stdout } = await inkcast('read', '--json', '--model', bundle, drawing);
    assert.equal(readSchema.parse(JSON.parse(stdout)).text, NUMBER);
    assert.equal(await readByShipped(drawing), misread);
    // It can be taught further: what learning needs is in it.
    const { replay, verifier } = await openBundle(bundle);
    assert.ok(replay !== undefined && verifier?.learning !== undefined);
    assert.deepEqual(watched.foreignRequests, []);
    assert.deepEqual(watched.consoleErrors, []);
  });
});
