import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { CHROMIUM, holds, TestBrowser } from '../../support/browser.js';
import { SITE } from '../../support/built-site.js';
import { FileServer } from '../../support/file-server.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { LessonPage } from './support/lesson-page.js';
import { OddReader } from './support/odd-hand.js';
import { TryPage } from './support/try-page.js';

const SCENE = fileURLToPath(new URL('../../../assets/scenes/photos/01-note.jpg', import.meta.url));

const isKept = (page: Page): Promise<void> => page.getByText('works without a network').waitFor();

describe('the static site without its server', function () {
  this.timeout(120_000);
  let browser: TestBrowser;

  before(async function () {
    needsProgram(this, CHROMIUM);
    browser = await TestBrowser.open();
  });
  after(() => browser?.close());

  it('reads pictures after the server is gone, though none was read before', async () => {
    const server = await FileServer.start(SITE);
    const { page, foreignRequests, consoleErrors } = await browser.openPage(server.origin);
    await page.goto('./?from=elsewhere');
    await isKept(page);
    await server.stop();
    await page.reload();
    assert.deepEqual(await new TryPage(page).read(SCENE), ['407']);
    assert.deepEqual(foreignRequests, []);
    assert.deepEqual(consoleErrors, []);
  });

  it('teaches after the server is gone, once somebody has opened its lesson', async () => {
    const server = await FileServer.start(SITE);
    const { page, consoleErrors } = await browser.openPage(server.origin);
    await page.goto('./');
    await isKept(page);
    const lesson = new LessonPage(page, await OddReader.create());
    await lesson.open();
    await holds(page, "caches.match('lesson/weights.safetensors')");
    await server.stop();
    await page.reload();
    await lesson.open();
    await lesson.draw([7, 7], 1);
    await lesson.label();
    await page.getByText(/^[12] labels to learn from/).waitFor();
    assert.deepEqual(consoleErrors, []);
  });

  it('has all that a browser asks of what it installs', async () => {
    const server = await FileServer.start(SITE);
    try {
      const { page } = await browser.openPage(server.origin);
      await page.goto('./');
      await isKept(page);
      const session = await page.context().newCDPSession(page);
      const { errors: faults } = await session.send('Page.getAppManifest');
      assert.deepEqual(faults, []);
      const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
      // The profile of a test is private, and nothing is installed from those.
      assert.deepEqual(
        installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
        [],
      );
    } finally {
      await server.stop();
    }
  });

  it('is of one build, and of the newest one once no tab shows an earlier one', () =>
    inTemporaryFolder(async (folder) => {
      const copy = join(folder, 'site');
      await cp(SITE, copy, { recursive: true });
      const server = await FileServer.start(copy);
      try {
        const { page } = await browser.openPage(server.origin);
        const context = page.context();
        await page.goto('./');
        await isKept(page);
        await rebuild(copy);
        await page.reload();
        assert.equal(await page.title(), 'Inkcast');
        await newerWaits(page);
        await page.close();
        const next = await context.newPage();
        await next.goto('./');
        assert.equal(await next.title(), 'A newer Inkcast');
      } finally {
        await server.stop();
      }
    }));
});

/** Resolves once the browser has kept a newer site, which waits until no tab shows the earlier one. */
const newerWaits = (page: Page): Promise<unknown> =>
  page.evaluate(`navigator.serviceWorker.ready.then(async (found) => {
    while (found.waiting === null) await new Promise((resolve) => setTimeout(resolve, 20));
  })`);

/** Changes the page, and the digest that the worker has of the whole site. */
async function rebuild(site: string): Promise<void> {
  const change = async (name: string, from: RegExp, to: string): Promise<void> => {
    const file = join(site, name);
    const text = await readFile(file, 'utf8');
    assert.match(text, from);
    await writeFile(file, text.replace(from, to));
  };
  await change('index.html', /<title>Inkcast/, '<title>A newer Inkcast');
  await change('service-worker.js', /"[0-9a-f]{16}"/, '"0123456789abcdef"');
}
