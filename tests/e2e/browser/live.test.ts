import assert from 'node:assert/strict';
import type { Page, WebSocket } from 'playwright-core';
import { holds, type WatchedPage } from '../../support/browser.js';
import { servedPage } from './support/served-page.js';

describe('the live screen', function () {
  this.timeout(90_000);
  const served = servedPage();
  const opened: WatchedPage[] = [];

  const open = async () => {
    const watched = await served.browser.openPage(served.daemon.url);
    opened.push(watched);
    return watched.page;
  };

  it('shows the picture, a box around each digit, and the reading', async () => {
    const page = await open();
    await page.goto('./');
    await page.locator('output', { hasText: /^407$/ }).waitFor();
    await holds(page, "document.querySelectorAll('.box.digit').length === 3");
    const labels = await page.locator('.box.digit').allInnerTexts();
    assert.deepEqual(labels.map((label) => label.replace(/\s+/g, ' ').slice(0, 1)).sort(), ['0', '4', '7']);
    assert.ok(labels.every((label) => /\d+ %$/.test(label)));
    assert.deepEqual(await sizeOfPicture(page), [640, 480]);
    await page.getByText(/since .*\(.*ago\)/).waitFor();
    await page.locator('.boxes').waitFor();
  });

  it('puts each box around its digit', async () => {
    const page = await open();
    await page.goto('./');
    // In shares of the picture, as `inkcast read` says of this scene.
    const expected = { left: 108 / 640, top: 184 / 480, width: 74 / 640, height: 114 / 480 };
    const box = page.locator('.box.digit').filter({ hasText: /^4/ });
    await box.waitFor();
    // Both at one moment: what arrives between two questions moves the picture.
    const [drawn, canvas] = await page.evaluate<readonly Place[]>(
      `[[...document.querySelectorAll('.box.digit')].find((box) => box.textContent.startsWith('4')),
        document.querySelector('canvas')].map((element) => element.getBoundingClientRect().toJSON())`,
    );
    const found = {
      left: (drawn.left - canvas.left) / canvas.width,
      top: (drawn.top - canvas.top) / canvas.height,
      width: drawn.width / canvas.width,
      height: drawn.height / canvas.height,
    };
    for (const side of ['left', 'top', 'width', 'height'] as const) {
      assert.ok(Math.abs(found[side] - expected[side]) < 0.01, `${side}: ${found[side]}, not ${expected[side]}`);
    }
  });

  it('shows the value that the rules have accepted, and sets and forgets it', async () => {
    // Not among those that do nothing wrong: a refused value is an error on the console.
    const { page } = await served.browser.openPage(served.daemon.url);
    await page.goto('./');
    const card = page.getByRole('region', { name: 'Last accepted value' });
    await card.getByText('407', { exact: true }).waitFor();
    await card.getByLabel('New value').fill('4.07');
    await card.getByRole('button', { name: 'Set' }).click();
    await card
      .getByRole('alert')
      .getByText(/more decimal places than readings have/)
      .waitFor();
    await card.getByLabel('New value').fill('1000');
    await card.getByRole('button', { name: 'Set' }).click();
    await card.getByText('1000', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Forget it' }).click();
    await card.getByText('There is none.').waitFor();
  });

  it('shows which models there are, reads with another one, and goes back', async () => {
    const page = await open();
    await page.goto('./');
    const card = page.getByRole('region', { name: 'Models' });
    const before = (await card.locator('li', { hasText: 'in use' }).locator('strong').textContent()) ?? '';
    await card.getByRole('button', { name: /^Use lenet/ }).click();
    await card.getByText(/^Frames are read with lenet@/).waitFor();
    await card.locator('li', { hasText: 'lenet' }).getByText('in use').waitFor();
    await card.getByRole('button', { name: `Use ${before}` }).click();
    await card.getByText(`Frames are read with ${before} now.`).waitFor();
  });

  it('leaves out boxes and confidences when they are switched off', async () => {
    const page = await open();
    await page.goto('./');
    const four = page.locator('.box.digit').filter({ hasText: /^4/ });
    await four.waitFor();
    await page.getByLabel('Confidences').uncheck();
    await holds(page, "![...document.querySelectorAll('.box.digit')].some((box) => /%/.test(box.innerText))");
    await page.getByLabel('Boxes', { exact: true }).uncheck();
    await four.waitFor({ state: 'detached' });
  });

  it('says what is wrong with the broker, and what to do about it', async () => {
    const page = await open();
    await page.goto('./');
    const broker = page.locator('.part', { hasText: 'Broker' });
    await broker.getByText('needs attention').waitFor();
    await broker.getByText('nothing listens there').waitFor();
    await broker.getByText('Check the address, and that the broker runs.').waitFor();
  });

  it('asks for nothing while the tab is hidden, and goes on when it is seen again', async () => {
    const page = await open();
    const socket = page.waitForEvent('websocket', isLive);
    await page.goto('./');
    await page.locator('.box.digit').first().waitFor();
    const closed = (await socket).waitForEvent('close');
    await hide(page, true);
    await closed;
    const again = page.waitForEvent('websocket', isLive);
    await hide(page, false);
    await (await again).waitForEvent('framesent', ({ payload }) => String(payload).includes('"ack"'));
  });

  it('pulls single pictures where the socket does not open', async () => {
    const page = await open();
    await page.routeWebSocket(/\/api\/live$/, (socket) => socket.close());
    await page.goto('./');
    await page.getByText('Single pictures: the live connection did not open.').waitFor();
    await page.locator('output', { hasText: /^407$/ }).waitFor();
    assert.deepEqual(await sizeOfPicture(page), [640, 480]);
  });

  it('did nothing that a page must not do', () => {
    assert.ok(opened.length > 5);
    for (const { consoleErrors, foreignRequests } of opened) {
      assert.deepEqual({ consoleErrors, foreignRequests }, { consoleErrors: [], foreignRequests: [] });
    }
  });

  it("says that its picture is stale within 3 s of the daemon's death", async () => {
    const { page } = await served.browser.openPage(served.daemon.url);
    await page.goto('./');
    await page.locator('.box.digit').first().waitFor();
    await served.daemon.kill();
    await page.getByRole('alert').getByText('Stale').waitFor({ timeout: 3000 });
  });
});

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const isLive = (socket: WebSocket): boolean => socket.url().endsWith('/api/live');

/** Width and height in pixels of the picture that is shown. */
function sizeOfPicture(page: Page): Promise<unknown> {
  return page.evaluate("[document.querySelector('canvas').width, document.querySelector('canvas').height]");
}

/** What a browser tells a page whose tab is put behind another: a headless one shows all its tabs. */
async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
    document.dispatchEvent(new Event('visibilitychange'))`);
}
