import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readingsSchema } from '@inkcast/device/web';
import { quickBundle } from '../../learning/support/lesson.js';
import { CHROMIUM, seriousViolations, TestBrowser } from '../../support/browser.js';
import { inSteps } from '../../support/in-steps.js';
import { needsProgram } from '../../support/programs.js';
import { FrameWatch } from './support/frame-watch.js';
import { type OddDigit, OddReader, writeOddly } from './support/odd-hand.js';
import { ServedDaemon } from './support/served-daemon.js';
import { TeachPage } from './support/teach-page.js';

/** What an odd hand wrote on each sheet that is uploaded. */
const SHEET: readonly OddDigit[] = [9, 1, 9, 4, 9, 7, 9, 1, 4, 9, 7, 1, 9, 4, 9];
/** What stands in view of the camera, in the same hand. */
const WRITTEN: readonly OddDigit[] = [1, 7, 4, 9];
const NUMBER = WRITTEN.join('');
const SHEETS = 4;
/** The check may turn a model down for one crop out of a few. Somebody who teaches then gives more labels. */
const MAX_MORE_SHEETS = 3;
/** How the hand is unsteady: in this one, the shipped model misreads the number, and can learn it. */
const HAND = 2;
/** So many frames give a steady reading of what stands still. */
const STEADY_FRAMES = 20;
/**
 * While it learns, and while models are swapped, the longest time without a frame may be so much longer than before. The
 * camera takes five frames a second. A learning that held them up would do so for as long as it lasts.
 */
const MAX_GAP_RATIO = 4;
const MIN_GAP_MS = 400;
const LEARNING_MS = 150_000;

describe('a number in an odd hand', function () {
  this.timeout(LEARNING_MS);
  inSteps();
  let folder: string;
  let daemon: ServedDaemon;
  let browser: TestBrowser;
  let teach: TeachPage;
  let frames: FrameWatch;
  /** What was read before anything was learned. */
  let misread: string;
  let gapBefore: number;

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-odd-hand-'));
    const scene = join(folder, 'scene.jpg');
    await writeOddly(scene, WRITTEN, HAND);
    // Its smaller replay set makes learning quick; it reads as the shipped one does. On a busy machine, learning that gives
    // way to all else would take minutes.
    const more = `inference: { model: "${await quickBundle(folder)}" }\nteaching: { enabled: true, niceness: 0 }\n`;
    [daemon, browser] = await Promise.all([ServedDaemon.start(folder, { scenes: [scene], more }), TestBrowser.open()]);
    frames = new FrameWatch(daemon);
    frames.start();
    teach = new TeachPage(daemon, await browser.openPage(daemon.url), await OddReader.create());
  });

  after(async () => {
    await frames?.stop();
    await browser?.close();
    await daemon?.kill();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const isShown = async (text: string) => {
    await teach.page.goto('./#/live');
    const shown = teach.page.locator('.reading .text');
    await (text === '' ? teach.page.locator('.reading .text.none') : shown.getByText(text, { exact: true })).waitFor();
  };

  /** Uploads sheets by their numbers, and says what is on them. */
  const label = async (numbers: readonly number[]) => {
    const sheets = numbers.map((number) => join(folder, `sheet-${number}.jpg`));
    await Promise.all(sheets.map((file, index) => writeOddly(file, SHEET, 100 * HAND + numbers[index])));
    await teach.upload(sheets);
    await teach.labelAll();
  };

  /** @returns whether the new model passed the check */
  const learn = async (): Promise<boolean> => {
    const progress = teach.page.locator('progress');
    await teach.page.getByRole('button', { name: 'Learn from the labels' }).click();
    // What the model contradicts is shown once more; the hand is odd, so that the same key keeps it.
    await teach.labelAll(progress);
    await teach.page.getByText(/^Epoch \d+: loss/).waitFor({ timeout: LEARNING_MS });
    await teach.page.locator('.chart .u-legend').waitFor();
    await progress.waitFor({ state: 'detached', timeout: LEARNING_MS });
    const check = teach.page.getByRole('region', { name: 'The check' });
    return /It passed/.test((await check.textContent()) ?? '');
  };

  const assertNoPause = () => {
    const gap = frames.longestGap();
    assert.ok(gap <= MAX_GAP_RATIO * Math.max(MIN_GAP_MS, gapBefore), `${gap} ms, and ${gapBefore} ms before`);
  };

  it('is misread or held back at first', async () => {
    await frames.sees(STEADY_FRAMES);
    const { readings } = readingsSchema.parse(await (await fetch(`${daemon.url}api/reading`)).json());
    misread = readings[0].text;
    assert.notEqual(misread, NUMBER);
    await isShown(misread);
  });

  it('is labelled by keys, with more of the hand from uploaded sheets', async () => {
    await teach.open();
    await teach.look();
    await label(Array.from({ length: SHEETS }, (_, index) => index));
    const { byClass } = (await teach.state()).labels;
    for (const digit of WRITTEN) assert.ok(byClass[digit] >= 3, JSON.stringify(byClass));
    gapBefore = frames.longestGap();
  });

  it('is learned while frames are read', async () => {
    for (let more = 0; !(await learn()) && more < MAX_MORE_SHEETS; more++) await label([SHEETS + more]);
    assertNoPause();
  });

  it('is better read by the new model, in counts and pictures, and MNIST as well as before', async () => {
    const check = teach.page.getByRole('region', { name: 'The check' });
    const text = (await check.textContent()) ?? '';
    assert.match(text, /It passed/);
    const wrong = [...text.matchAll(/(\d+) of \d+ wrong → (\d+)/g)].map(([, before, after]) => [+before, +after]);
    assert.equal(wrong.length, 3, text);
    // The third is of pictures that the model has known before.
    for (const [before, after] of wrong.slice(0, 2)) assert.ok(after <= before, text);
    const [, before, after] = /([\d.]+) % → ([\d.]+) %/.exec(text)?.map(Number) ?? [];
    assert.ok(before > 99 && Math.abs(after - before) <= 0.1, text);
    await check.locator('.changed img').first().waitFor();
    assert.deepEqual(await seriousViolations(teach.page), []);
    await teach.page.setViewportSize({ width: 360, height: 740 });
    // The chart takes its new width after the next layout.
    while ((await teach.page.evaluate('document.documentElement.scrollWidth')) !== 360) await wait(50);
    await teach.page.setViewportSize({ width: 1280, height: 720 });
  });

  it('is read right with the new model, and as before with the old one', async () => {
    await teach.page.getByRole('button', { name: 'Use the new model' }).click();
    await teach.page.getByText('The new model is in use.').waitFor();
    await isShown(NUMBER);
    await teach.open();
    await teach.page.getByRole('button', { name: 'Back to the model before' }).click();
    await teach.page.getByRole('button', { name: 'Use the new model' }).waitFor();
    await isShown(misread);
    assertNoPause();
    assert.deepEqual(teach.faults, { consoleErrors: [], foreignRequests: [] });
  });
});
