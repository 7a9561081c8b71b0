import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { CHROMIUM, closesPagesOfTests, seriousViolations, TestBrowser } from '../../support/browser.js';
import { needsProgram } from '../../support/programs.js';
import { makeReadOnly } from '../../support/read-only-folder.js';
import type { InkcastProcess } from '../support/daemon-process.js';
import { EmptyMachine, pageOf } from '../support/empty-machine.js';

describe('the first steps', function () {
  this.timeout(90_000);
  let browser: TestBrowser;
  let folder: string;
  let machine: EmptyMachine;
  let daemon: InkcastProcess;
  let url: string;

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-first-visit-'));
    machine = await EmptyMachine.in(folder);
    daemon = machine.run();
    [url, browser] = await Promise.all([pageOf(daemon), TestBrowser.open()]);
  });

  closesPagesOfTests(() => browser);

  after(async () => {
    await browser?.close();
    await daemon?.end();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const greeted = async (options: BrowserContextOptions, greeting: string): Promise<Page> => {
    const { page } = await browser.openPage(url, options);
    await page.goto('./');
    await page.getByText(greeting).first().waitFor();
    // What the device offers is there.
    await page.locator('button.primary:enabled').waitFor();
    return page;
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`have no serious fault for screen readers and weak eyes, in ${colorScheme} colours`, async () => {
      const page = await greeted({ colorScheme }, 'Welcome to Inkcast.');
      assert.deepEqual(await seriousViolations(page), []);
    });
  }

  it('fit 360 pixels, and are in Chinese for whoever reads it', async () => {
    const page = await greeted(
      { locale: 'zh-CN', viewport: { width: 360, height: 740 }, hasTouch: true },
      '欢迎使用 Inkcast。',
    );
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360);
    assert.match(await page.title(), /^初次设置 · /);
    assert.doesNotMatch((await page.locator('form.setup').textContent()) ?? '', /[a-z]{3,} [a-z]{3,} [a-z]{3,}/);
    await page.goto('./#/settings');
    await page.getByText('本设备在 MQTT 主题中的名称').waitFor();
    await page.goto('./#/frame');
    await page.getByText('还没有可以显示的画面。').first().waitFor();
  });

  it('say what is wrong with an answer, and write nothing then', async () => {
    const page = await greeted({}, 'Welcome to Inkcast.');
    await page.getByRole('radio', { name: /^Something else/ }).check();
    await page.getByLabel('Address or path').fill('/nowhere/at/all');
    await page.getByRole('button', { name: 'Write it, and begin to read' }).click();
    await page.getByRole('alert').getByText('/nowhere/at/all is no camera').waitFor();
    await assert.rejects(access(machine.file), { code: 'ENOENT' });
  });

  it('say before anybody types that nothing can be written, as the settings do', async function () {
    const place = join(folder, 'read-only');
    await mkdir(place);
    const config = join(place, 'begun.yaml');
    await writeFile(config, 'device: { name: hall }\n');
    const release = makeReadOnly(this, place);
    const other = machine.run('--config', config, '--set', `storage.folder=${join(folder, 'other')}`);
    try {
      const { page } = await browser.openPage(await pageOf(other));
      await page.goto('./');
      const said = page.getByRole('alert').getByText(/read-only.* cannot be written/);
      await said.waitFor();
      assert.equal(await page.locator('button.primary').isDisabled(), true);
      await page.goto('./#/settings');
      await page.locator('.setting').first().waitFor();
      await said.waitFor();
    } finally {
      await other.end();
      release();
    }
  });

  // The last one: the machine is set up afterwards.
  it('lead by the keyboard alone to a reading', async () => {
    const { page, consoleErrors, foreignRequests } = await browser.openPage(url);
    await page.goto('./');
    await page.locator('button.primary:enabled').waitFor();
    await page.getByRole('radio', { name: /^Something else/ }).focus();
    await page.keyboard.press('Space');
    await typed(page, 'Address or path', machine.pictures);
    await typed(page, 'Name', 'kitchen');
    await typed(page, 'Address', '127.0.0.1:9');
    await page.keyboard.press('Enter');
    await daemon.prints('"text":"8"');
    await page.locator('.box.digit').first().waitFor();
    await page.locator('.reading').getByText('8', { exact: true }).waitFor();
    assert.match(await page.title(), /^Live · kitchen/);
    assert.deepEqual(foreignRequests, []);
    // While the daemon starts again, nothing answers.
    assert.deepEqual(
      consoleErrors.filter((text) => !/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|WebSocket/.test(text)),
      [],
    );
  });
});

interface Focusable {
  matches(selector: string): boolean;
}

/** Goes on to a field and writes over what it says. */
async function typed(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true });
  const isThere = () => field.evaluate<boolean, Focusable>((element) => element.matches(':focus'));
  for (let presses = 0; !(await isThere()); presses++) {
    assert.ok(presses < 20, `${label} is not reached`);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
