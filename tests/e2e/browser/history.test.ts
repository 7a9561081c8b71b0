import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { CHROMIUM, TestBrowser, type WatchedPage } from '../../support/browser.js';
import { needsProgram } from '../../support/programs.js';
import { ServedDaemon } from './support/served-daemon.js';

const ROWS = 'table.events tbody tr';

describe('the history screen', function () {
  this.timeout(90_000);
  let folder: string;
  let daemon: ServedDaemon;
  let browser: TestBrowser;
  let watched: WatchedPage;
  let page: Page;

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-history-'));
    [daemon, browser] = await Promise.all([
      ServedDaemon.start(folder, { scenes: ['01-note.jpg', '02-phone.jpg'] }),
      TestBrowser.open(),
    ]);
    const saved = await fetch(`${daemon.url}api/settings/save`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ changes: { 'storage.pictures.enabled': true } }),
    });
    assert.deepEqual((await saved.text()).includes('storage.pictures.enabled'), true);
    await daemon.restart();
    watched = await browser.openPage(daemon.url);
    page = watched.page;
    await page.goto('./#/history');
    await page.locator(ROWS).nth(3).waitFor();
  });

  after(async () => {
    await browser?.close();
    await daemon?.kill();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  it('saved to the file what it was told, between the lines of its owner', async () => {
    const text = await readFile(daemon.config, 'utf8');
    assert.match(text, /^# The desk in the hall\.\n/);
    assert.match(text, /^storage: \{ folder: state, pictures: \{ enabled: true \} \}$/m);
  });

  it('shows what was read, each with its small picture', async () => {
    const picture = page.locator(`${ROWS} img`).first();
    const width = await page.evaluate<number>(
      `(async ([image]) => { await image.decode(); return image.naturalWidth; })(document.querySelectorAll('${ROWS} img'))`,
    );
    assert.equal(width, 480);
    assert.match((await picture.getAttribute('alt')) ?? '', /^Picture of/);
  });

  it('filters by kind and day, and exports what is left', async () => {
    const change = page.getByRole('combobox', { name: /^Change/ });
    const day = page.locator('.filters input[type=date]');
    await change.selectOption('digits_changed');
    await page
      .locator(`${ROWS} .kind`, { hasText: /^(appeared|cleared)$/ })
      .first()
      .waitFor({ state: 'detached' });
    assert.deepEqual(new Set(await exportedKinds('CSV')), new Set(['digits_changed']));
    assert.deepEqual(new Set(await exportedKinds('JSON')), new Set(['digits_changed']));
    await day.fill('2001-01-01');
    await page.getByText('Nothing was read in that time.').waitFor();
    assert.deepEqual(await exportedKinds('CSV'), []);
    await day.fill('');
    await change.selectOption('');
    await page.locator(ROWS).first().waitFor();
  });

  it('deletes all pictures after asking once more', async () => {
    await page.getByRole('button', { name: 'Delete all pictures' }).click();
    const [before] = await Promise.all([readdir(join(folder, 'state/pictures')), page.locator(ROWS).first().waitFor()]);
    assert.ok(before.length > 0);
    const answer = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await page.getByRole('button', { name: 'Really delete all pictures' }).click();
    assert.equal((await answer).status(), 200);
    const left = await readdir(join(folder, 'state/pictures'));
    assert.deepEqual(
      before.filter((name) => left.includes(name)),
      [],
    );
  });

  it('asked nobody else, and made no error', () => {
    // A picture may be deleted between the list and its request.
    const errors = watched.consoleErrors.filter((error) => !/404.*\/picture\)$/.test(error));
    assert.deepEqual({ errors, foreign: watched.foreignRequests }, { errors: [], foreign: [] });
  });

  /** The kinds of change in a file that the page offers. */
  const exportedKinds = async (name: 'CSV' | 'JSON'): Promise<string[]> => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    const text = await readFile(await (await waiting).path(), 'utf8');
    return name === 'CSV'
      ? text
          .split('\r\n')
          .slice(1, -1)
          .map((line) => line.split(',')[1])
      : [...text.matchAll(/"event_type":"(\w+)"/g)].map(([, kind]) => kind);
  };
});
