import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import { CHROMIUM, closesPagesOfTests, TestBrowser } from '../../support/browser.js';
import { INKCAST } from '../../support/built-programs.js';
import { needsProgram } from '../../support/programs.js';
import { ServedDaemon } from './support/served-daemon.js';

const PASSWORDS = { wall: 'only looking at it', ana: 'may change all of it' } as const;
type User = keyof typeof PASSWORDS;

describe('the page behind a login', function () {
  this.timeout(90_000);
  let folder: string;
  let daemon: ServedDaemon;
  let browser: TestBrowser;

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-viewer-'));
    addUser('wall', 'viewer');
    addUser('ana', 'admin');
    const options = { more: 'web: { requireLogin: true }\n' };
    [daemon, browser] = await Promise.all([ServedDaemon.start(folder, options), TestBrowser.open()]);
  });

  closesPagesOfTests(() => browser);

  after(async () => {
    await browser?.close();
    await daemon?.kill();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const addUser = (name: User, role: string) => {
    const args = [INKCAST, 'user', 'add', name, '--role', role, '--state', join(folder, 'state')];
    const { status, stderr } = spawnSync(process.execPath, args, { input: `${PASSWORDS[name]}\n`, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  const open = async () => (await browser.openPage(daemon.url)).page;

  it('lets nobody in with a wrong password', async () => {
    const page = await open();
    await page.goto('./');
    await logIn(page, 'ana', PASSWORDS.wall);
    await page.getByRole('alert').waitFor();
    assert.equal(await page.locator('canvas').count(), 0);
  });

  it('shows a viewer everything, and lets them change nothing', async () => {
    const page = await open();
    await page.goto('./');
    await logIn(page, 'wall');
    await page.locator('.box.digit').first().waitFor();
    const before = await readFile(daemon.config, 'utf8');

    await page.goto('./#/frame');
    await page.getByText('You may look, but not change anything').waitFor();
    await page.locator('.still img').waitFor();
    assert.equal(await page.locator('.handle').count(), 0);
    await page.goto('./#/settings');
    const field = page.locator('[id="setting-reading.tracking.holdMs"]');
    await field.waitFor();
    assert.ok(await field.isDisabled());
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).count(), 0);

    // Whoever asks past the page is refused too.
    const session: unknown = await page.evaluate("fetch('api/session').then((answer) => answer.json())");
    assert.ok(typeof session === 'object' && session !== null && 'csrfToken' in session);
    const answer = await page.evaluate(`fetch('api/settings/save', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': ${JSON.stringify(session.csrfToken)} },
      body: JSON.stringify({ changes: { 'reading.tracking.holdMs': 120 } }),
    }).then(async (answer) => [answer.status, (await answer.json()).code])`);
    assert.deepEqual(answer, [403, 'INK_WEB_ROLE']);
    assert.equal(await readFile(daemon.config, 'utf8'), before);
  });

  it('lets an administrator save, and out again', async () => {
    const page = await open();
    await page.goto('./');
    await logIn(page, 'ana');
    await page.locator('.box.digit').first().waitFor();
    await page.goto('./#/settings');
    await page.locator('[id="setting-reading.tracking.holdMs"]').fill('130');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(`Saved to ${daemon.config}.`).waitFor();
    assert.equal(parse(await readFile(daemon.config, 'utf8')).reading.tracking.holdMs, 130);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.locator('input[name="password"]').waitFor();
    assert.equal((await page.request.get('api/state')).status(), 401);
  });
});

async function logIn(page: Page, user: User, password: string = PASSWORDS[user]): Promise<void> {
  await page.locator('input[name="user"]').fill(user);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button').click();
}
