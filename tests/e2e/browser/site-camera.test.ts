import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { type BrowserOptions, CHROMIUM, TestBrowser } from '../../support/browser.js';
import { SITE } from '../../support/built-site.js';
import { FileServer } from '../../support/file-server.js';
import { needsProgram } from '../../support/programs.js';

const SCENE = fileURLToPath(new URL('../../../assets/scenes/photos/01-note.jpg', import.meta.url));

const cameraOf = (page: Page) => page.getByRole('region', { name: 'Camera' });

describe('the static site with a camera', function () {
  this.timeout(90_000);
  let server: FileServer;
  let folder: string;
  let film: string;

  before(async function () {
    needsProgram(this, CHROMIUM);
    server = await FileServer.start(SITE);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    film = join(folder, 'scene.mjpeg');
    await copyFile(SCENE, film);
  });
  after(async () => {
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  async function inBrowser(options: BrowserOptions, work: (browser: TestBrowser) => Promise<void>): Promise<void> {
    const browser = await TestBrowser.open(options);
    try {
      await work(browser);
    } finally {
      await browser.close();
    }
  }

  it('reads what the camera sees, frame after frame, until it is stopped', () =>
    inBrowser({ camera: film }, async (browser) => {
      const { page, consoleErrors, foreignRequests } = await browser.openPage(server.origin, {
        permissions: ['camera'],
      });
      await page.goto('./');
      const camera = cameraOf(page);
      await camera.getByRole('button', { name: 'Use the camera' }).click();
      const output = camera.getByRole('status');
      await output.getByText('407', { exact: true }).waitFor();
      const box = camera.locator('.box');
      assert.equal(await box.count(), 3);
      // Each reading takes another time, so another frame was read once the text has changed.
      const before = (await output.textContent()) ?? '';
      await output.filter({ hasNotText: before }).waitFor();
      await camera.getByRole('button', { name: 'Stop the camera' }).click();
      await camera.getByRole('button', { name: 'Use the camera' }).waitFor();
      assert.equal(await camera.locator('video').count(), 0);
      assert.deepEqual(consoleErrors, []);
      assert.deepEqual(foreignRequests, []);
    }));

  it('says why there is none where the page is not secure', () =>
    inBrowser({ hosts: { 'desk.example': '127.0.0.1' } }, async (browser) => {
      const origin = server.origin.replace('127.0.0.1', 'desk.example');
      const { page } = await browser.openPage(origin);
      await page.goto('./');
      await cameraOf(page).getByText('Browsers give a camera to pages with https:// only').waitFor();
      assert.equal(await cameraOf(page).getByRole('button').count(), 0);
      await page.getByText('so the page needs its server').waitFor();
    }));

  it('says that there is none', () =>
    inBrowser({}, async (browser) => {
      const { page } = await browser.openPage(server.origin);
      await page.goto('./');
      await cameraOf(page).getByRole('button', { name: 'Use the camera' }).click();
      await cameraOf(page).getByRole('alert').getByText('There is no camera.').waitFor();
    }));

  it('says that it may not use the camera, and uses it once it may', () =>
    inBrowser({ camera: film }, async (browser) => {
      const { page } = await browser.openPage(server.origin);
      // Every other permission is refused by this.
      await page.context().grantPermissions(['geolocation']);
      await page.goto('./');
      const camera = cameraOf(page);
      await camera.getByRole('button', { name: 'Use the camera' }).click();
      await camera.getByRole('alert').getByText('no permission to use the camera').waitFor();
      await page.context().grantPermissions(['camera']);
      await camera.getByRole('button', { name: 'Use the camera' }).click();
      await camera.locator('video').waitFor();
    }));
});
