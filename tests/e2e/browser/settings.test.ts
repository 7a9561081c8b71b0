import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import type { WatchedPage } from '../../support/browser.js';
import { servedPage } from './support/served-page.js';

const SECRET = 'ada-and-the-engine';

describe('the settings screen', function () {
  this.timeout(90_000);
  const served = servedPage();
  const opened: WatchedPage[] = [];

  const open = async () => {
    const watched = await served.browser.openPage(served.daemon.url);
    opened.push(watched);
    await watched.page.goto('./#/settings');
    await field(watched.page, 'device.name').waitFor();
    return watched.page;
  };
  const text = () => readFile(served.daemon.config, 'utf8');

  it('shows every key with its description, its range, its default and when it holds', async () => {
    const page = await open();
    const holdMs = page.locator('.setting', { hasText: 'reading.tracking.holdMs' });
    await holdMs.getByText('Time that a digit is held that is not seen').waitFor();
    await holdMs.getByText(/from 0; up to 3600000; Default: 450/).waitFor();
    await holdMs.getByText('at once').waitFor();
    assert.equal(await field(page, 'reading.tracking.holdMs').inputValue(), '100');
    await page.locator('.setting', { hasText: 'mqtt.url' }).getByText('at restart').waitFor();
  });

  it('finds keys by words', async () => {
    const page = await open();
    await page.getByLabel('Search the settings').fill('MQTT password');
    await field(page, 'mqtt.password').waitFor();
    await field(page, 'device.name').waitFor({ state: 'detached' });
  });

  it('saves to the file, whose comments stay, and takes it back', async () => {
    const page = await open();
    const before = await text();
    await change(page, 'reading.tracking.holdMs', '120');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(`Saved to ${served.daemon.config}.`).waitFor();
    assert.equal(parse(await text()).reading.tracking.holdMs, 120);
    assert.match(await text(), /^# The desk in the hall\.$/m);

    await page.getByText('Earlier versions of the file').click();
    await page
      .getByRole('button', { name: /^Restore: / })
      .first()
      .click();
    await page.getByText('Restored.').waitFor();
    assert.equal(await text(), before);
  });

  it('says which keys hold after a restart only, and starts again with them', async () => {
    const { page } = await served.browser.openPage(served.daemon.url);
    await page.goto('./#/settings');
    await change(page, 'log.format', 'json');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('These hold once Inkcast is started again').waitFor();
    await page.locator('.save-bar').getByText('log.format').waitFor();
    // The pages of the tests before would report that nobody answers meanwhile.
    await Promise.all(opened.map((other) => other.page.close()));
    await page.getByRole('button', { name: 'Start again now' }).click();
    await served.daemon.isServedAgain();
    await page.reload();
    const format = page.locator('.setting', { hasText: 'log.format' });
    await format.locator('select').waitFor();
    assert.equal(await format.getByText(/^After a restart/).count(), 0);
    assert.equal(await field(page, 'log.format').inputValue(), 'json');
  });

  it('says beside the field what is wrong, and saves nothing', async () => {
    const { page } = await served.browser.openPage(served.daemon.url);
    await page.goto('./#/settings');
    const before = await text();
    await change(page, 'reading.tracking.holdMs', '-5');
    await change(page, 'mqtt.url', 'http://nowhere');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    for (const path of ['reading.tracking.holdMs', 'mqtt.url']) {
      await page.locator(`[id="setting-${path}"][aria-invalid="true"]`).waitFor();
      assert.notEqual(await page.locator(`[id="setting-${path}-wrong"]`).textContent(), '');
    }
    assert.equal(await text(), before);
  });

  it('keeps what is typed before all of it has arrived', async () => {
    await savedOverHttp(served.daemon.url, { 'reading.tracking.holdMs': 110 });
    const { page } = await served.browser.openPage(served.daemon.url);
    const typed = held();
    await page.route('**/api/settings/versions', (route) => typed.promise.then(() => route.continue()));
    await page.goto('./#/settings');
    await change(page, 'reading.tracking.holdMs', '130');
    typed.letGo();
    await page.locator('.versions li').first().waitFor({ state: 'attached' });
    assert.equal(await field(page, 'reading.tracking.holdMs').inputValue(), '130');
    await page.locator('.setting.draft', { hasText: 'reading.tracking.holdMs' }).waitFor();
  });

  it('keeps what is typed while something else is saved', async () => {
    const { page } = await served.browser.openPage(served.daemon.url);
    const typed = held();
    await page.route('**/api/settings/save', (route) => typed.promise.then(() => route.continue()));
    await page.goto('./#/settings');
    await change(page, 'reading.tracking.holdMs', '140');
    await change(page, 'reading.tracking.lossMs', '160');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await change(page, 'reading.tracking.lossMs', '170');
    await change(page, 'reading.tracking.motionMs', '210');
    typed.letGo();
    await page.getByText(`Saved to ${served.daemon.config}.`).waitFor();
    const { lossMs, holdMs } = parse(await text()).reading.tracking;
    assert.deepEqual({ lossMs, holdMs }, { lossMs: 160, holdMs: 140 });
    assert.equal(await field(page, 'reading.tracking.lossMs').inputValue(), '170');
    assert.equal(await field(page, 'reading.tracking.motionMs').inputValue(), '210');
    assert.equal(await page.locator('.setting.draft').count(), 2);
  });

  it('never shows a secret, and sets one all the same', async () => {
    const page = await open();
    await change(page, 'mqtt.username', 'ada');
    await change(page, 'mqtt.password', SECRET);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(`Saved to ${served.daemon.config}.`).waitFor();
    assert.equal(parse(await text()).mqtt.password, SECRET);
    await page.reload();
    await field(page, 'mqtt.password').waitFor();
    assert.equal(await field(page, 'mqtt.password').getAttribute('placeholder'), 'is set; never shown');
    const answer = await page.request.get('api/settings');
    assert.ok(!(await answer.text()).includes(SECRET));
    assert.ok(!(await page.content()).includes(SECRET));
  });

  it('did nothing that a page must not do', () => {
    assert.ok(opened.length > 3);
    for (const { consoleErrors, foreignRequests } of opened) {
      assert.deepEqual({ consoleErrors, foreignRequests }, { consoleErrors: [], foreignRequests: [] });
    }
  });
});

const field = (page: Page, path: string) => page.locator(`[id="setting-${path}"]`);

/** A promise that a request waits for until the test has done what comes before its answer. */
function held(): { readonly promise: Promise<void>; readonly letGo: () => void } {
  let letGo = () => {};
  const promise = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { promise, letGo };
}

async function savedOverHttp(url: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(new URL('api/settings/save', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ changes }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

/** Types or chooses a value. */
async function change(page: Page, path: string, value: string): Promise<void> {
  const control = field(page, path);
  await control.waitFor();
  if ((await control.evaluate<string, { readonly tagName: string }>(({ tagName }) => tagName)) === 'SELECT') {
    await control.selectOption(value);
    return;
  }
  await control.fill(value);
}
