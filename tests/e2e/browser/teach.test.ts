import assert from 'node:assert/strict';
import { join } from 'node:path';
import { seriousViolations } from '../../support/browser.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { type OddDigit, OddReader, writeOddly } from './support/odd-hand.js';
import { servedPage } from './support/served-page.js';
import { TeachPage } from './support/teach-page.js';

/** What an odd hand wrote on the sheet that is uploaded. */
const SHEET: readonly OddDigit[] = [9, 1, 9, 4, 9, 7, 9, 1, 4, 9, 7, 1, 9, 4, 9];

describe('teaching on the page', function () {
  this.timeout(90_000);
  const served = servedPage();
  let teach: TeachPage;

  before(async () => {
    teach = new TeachPage(served.daemon, await served.browser.openPage(served.daemon.url), await OddReader.create());
    await teach.open();
  });

  it('is off until it is turned on', async () => {
    assert.equal((await teach.state()).enabled, false);
    await teach.page.getByText('Teaching is turned off.').waitFor();
    assert.deepEqual(await seriousViolations(teach.page), []);
    await teach.turnOn();
    assert.equal((await teach.state()).enabled, true);
  });

  it('gives each crop of an uploaded picture a label by one key, look-alikes together', () =>
    inTemporaryFolder(async (folder) => {
      const sheet = join(folder, 'sheet.jpg');
      await writeOddly(sheet, SHEET, 100);
      await teach.upload([sheet]);
      await teach.waitForCrop();
      assert.deepEqual(await seriousViolations(teach.page), []);
      const pressed = await teach.labelAll();
      assert.ok(
        ['1', '4', '7', '9'].every((digit) => digit in pressed),
        JSON.stringify(pressed),
      );
      const { labels, queue } = await teach.state();
      assert.equal(queue.count, 0);
      assert.ok(labels.count >= Object.values(pressed).length);
      assert.equal(labels.heldBack, Math.floor(labels.count / 5));
      assert.equal(labels.learning + labels.heldBack, labels.count);
    }));

  it('takes anything back by Backspace, and shows which label is held back', async () => {
    const { labels } = await teach.state();
    await teach.page.keyboard.press('Backspace');
    const crop = await teach.waitForCrop();
    await teach.press('3');
    await teach.page.keyboard.press('Backspace');
    assert.equal(await teach.waitForCrop(), crop);
    await teach.press('N');
    await teach.page.keyboard.press('Backspace');
    assert.equal(await teach.waitForCrop(), crop);
    await teach.labelAll();
    assert.deepEqual((await teach.state()).labels, labels);
  });

  it('types nothing into the queue while something is typed elsewhere', async () => {
    await teach.page.keyboard.press('Backspace');
    const crop = await teach.waitForCrop();
    await teach.page.getByText('What crops can be').click();
    const field = teach.page.getByLabel('Classes');
    await field.fill('N, S, tick');
    await field.press('3');
    assert.equal(await teach.waitForCrop(), crop);
    const keys = await teach.page.locator('details .class-counts > div').allTextContents();
    assert.deepEqual(keys, ['NN', 'SS', 'tick3T', 'none-', 'skip.']);
    await field.fill('0, 1, 2, 3, 4, 5, 6, 7, 8, 9, x');
    await teach.page.getByRole('button', { name: 'Use these classes' }).click();
    await teach.page.getByRole('button', { name: 'x', exact: true }).waitFor();
    await teach.press('x');
    assert.equal((await teach.state()).labels.byClass.x, 1);
  });

  it('exports labels, deletes all after asking once more, and takes them in again', async () => {
    const { labels } = await teach.state();
    const pair = await teach.download('Export as MNIST pair');
    const folders = await teach.download('Export as folders');
    for (const file of [pair, folders]) {
      await teach.purge();
      await teach.import(file);
      assert.deepEqual((await teach.state()).labels, labels);
    }
    await teach.purge();
    assert.equal((await teach.state()).labels.count, 0);
  });

  it('takes all that is in view of the camera on request', async () => {
    // The camera changes its scene: what is in view at one moment may have no character.
    do await teach.look();
    while ((await teach.state()).queue.count === 0);
    await teach.waitForCrop();
    await teach.purge();
  });

  it('shows those who may only look what there is, and no key', async () => {
    const { page } = await served.browser.openPage(served.daemon.url);
    await page.route('**/api/session', (route) =>
      route.fulfill({ json: { user: 'wall', role: 'viewer', needsLogin: true, csrfToken: null } }),
    );
    await page.goto('./#/teach');
    await page.getByText('0 labels to learn from').waitFor();
    assert.equal(await page.getByRole('button', { name: /Learn|undo|Delete/ }).count(), 0);
  });

  it('asked nobody else, and made no error', () => {
    assert.deepEqual(teach.faults, { consoleErrors: [], foreignRequests: [] });
  });
});
