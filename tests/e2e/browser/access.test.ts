import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateSchema, UserFile } from '@inkcast/device/web';
import type { Page } from 'playwright-core';
import { CHROMIUM, closesPagesOfTests, TestBrowser } from '../../support/browser.js';
import { listenLocally } from '../../support/listen-locally.js';
import { needsProgram } from '../../support/programs.js';
import { ServedDaemon } from './support/served-daemon.js';

const PASSWORD = 'correct horse battery';

describe('access to the page', function () {
  this.timeout(90_000);
  let folder: string;
  let daemon: ServedDaemon;
  let browser: TestBrowser;
  let strangers: Server | undefined;

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-access-'));
    [daemon, browser] = await Promise.all([
      ServedDaemon.start(folder, { more: 'web: { requireLogin: true }\n' }),
      TestBrowser.open({ hosts: { 'rebound.example': '127.0.0.1' } }),
    ]);
    const users = new UserFile(join(folder, 'state'));
    await users.add('ana', 'admin', PASSWORD);
    await users.add('wall', 'viewer', PASSWORD);
  });

  closesPagesOfTests(() => browser);

  after(async () => {
    await browser?.close();
    await daemon?.kill();
    strangers?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const logIn = async (page: Page, user: string, password = PASSWORD) => {
    await page.goto('./');
    await page.getByLabel('User').fill(user);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
  };

  const loggedIn = async (user: string): Promise<Page> => {
    const { page } = await browser.openPage(daemon.url);
    await logIn(page, user);
    await page.locator('.box.digit').first().waitFor();
    return page;
  };

  /** What the device answers to a request that a script of the page makes, with the session's cookie. */
  const ask = (page: Page, method: string, path: string, withToken: boolean) =>
    page.evaluate<{ status: number; code: string }>(
      `fetch('api/session').then((answer) => answer.json()).then(({ csrfToken }) => fetch('${path}', {
        method: '${method}',
        headers: { 'content-type': 'application/json', ...(${withToken} ? { 'x-csrf-token': csrfToken } : {}) },
        body: JSON.stringify({ changes: { 'log.level': 'warn' } }),
      })).then(async (answer) => ({ status: answer.status, code: (await answer.json()).code ?? '' }))`,
    );

  it('is refused with a wrong password, and given with the right one', async () => {
    const { page } = await browser.openPage(daemon.url);
    await logIn(page, 'ana', 'a wrong password');
    await page.getByRole('alert').getByText('User or password are wrong.').waitFor();
    await logIn(page, 'ana');
    await page.locator('.box.digit').first().waitFor();
  });

  it('lets a viewer look, and save nothing', async () => {
    const page = await loggedIn('wall');
    await page.goto('./#/settings');
    await page.locator('.setting').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).count(), 0);
    assert.deepEqual(await ask(page, 'POST', 'api/settings/save', true), { status: 403, code: 'INK_WEB_ROLE' });
    assert.doesNotMatch(await readFile(daemon.config, 'utf8'), /level/);
  });

  it("needs the session's token with whatever changes something", async () => {
    const page = await loggedIn('ana');
    assert.deepEqual(await ask(page, 'POST', 'api/settings/save', false), { status: 403, code: 'INK_WEB_ORIGIN' });
    assert.doesNotMatch(await readFile(daemon.config, 'utf8'), /level/);
    assert.deepEqual(await ask(page, 'POST', 'api/settings/save', true), { status: 200, code: '' });
    assert.match(await readFile(daemon.config, 'utf8'), /^log:\n {2}level: warn\n$/m);
  });

  it('is not lent to a page of somebody else, which the browser sends the cookie for', async () => {
    const page = await loggedIn('ana');
    strangers = createServer((_, answer) => {
      const form = `<form method="post" action="${daemon.url}api/pause"><button>Win a prize</button></form>`;
      answer.setHeader('content-type', 'text/html').end(`<!doctype html><title>Elsewhere</title>${form}`);
    });
    // Another port is the same site to a browser: SameSite alone does not keep the cookie.
    await page.goto(`http://127.0.0.1:${await listenLocally(strangers)}/`);
    const answer = page.waitForResponse(`${daemon.url}api/pause`);
    await page.getByRole('button', { name: 'Win a prize' }).click();
    assert.equal((await answer).status(), 403);
    assert.match((await (await answer).request().allHeaders()).cookie ?? '', /^inkcast-desk=/);
    const state = await page.goto(`${daemon.url}api/state`);
    assert.equal(stateSchema.parse(await state?.json()).paused, false);
  });

  it('is refused by a name that somebody else has made lead here', async () => {
    const { port } = new URL(daemon.url);
    const { page } = await browser.openPage(`http://rebound.example:${port}`);
    for (const path of ['/', '/login', '/api/state']) {
      const answer = await page.goto(path);
      assert.equal(answer?.status(), 421, path);
      assert.match(await page.content(), /INK_WEB_HOST/);
    }
  });
});
