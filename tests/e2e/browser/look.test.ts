import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { holds, seriousViolations } from '../../support/browser.js';
import { PrefixProxy } from './support/prefix-proxy.js';
import { servedPage } from './support/served-page.js';

const NARROW = { width: 360, height: 740 };
const WALL = { width: 2560, height: 1440 };

/** What each screen is called, and an element that is there once it is. */
const SCREENS: Readonly<Record<string, { readonly en: string; readonly zh: string; readonly ready: string }>> = {
  live: { en: 'Live', zh: '实时', ready: '.box.digit' },
  frame: { en: 'Frame', zh: '画面', ready: '.still img' },
  history: { en: 'History', zh: '历史', ready: '.events tbody tr' },
  teach: { en: 'Teach', zh: '教学', ready: '.teach .card' },
  settings: { en: 'Settings', zh: '设置', ready: '.setting' },
};

describe('the look of the page', function () {
  this.timeout(90_000);
  const served = servedPage();

  /** Every screen, one after the other, with what is asked of it; and nothing that a page must not do. */
  const visitAll = async (options: BrowserContextOptions, look: (page: Page, screen: string) => Promise<void>) => {
    const { page, consoleErrors, foreignRequests } = await served.browser.openPage(served.daemon.url, options);
    for (const [screen, { ready }] of Object.entries(SCREENS)) {
      await page.goto(`./#/${screen}`);
      await page.locator(ready).first().waitFor();
      await look(page, screen);
    }
    assert.deepEqual({ consoleErrors, foreignRequests }, { consoleErrors: [], foreignRequests: [] });
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no serious fault for screen readers and weak eyes, in ${colorScheme} colours`, () =>
      visitAll({ colorScheme }, async (page, screen) => {
        assert.deepEqual(await seriousViolations(page), [], screen);
      }));
  }

  for (const viewport of [NARROW, WALL]) {
    it(`fits ${viewport.width} pixels without scrolling sideways`, () =>
      visitAll({ viewport, hasTouch: viewport === NARROW }, async (page, screen) => {
        const width = await page.evaluate('document.documentElement.scrollWidth');
        assert.equal(width, viewport.width, screen);
      }));
  }

  it("is in the reader's language, or the one that is chosen, also on the next visit", async () => {
    await visitAll({ locale: 'zh-CN' }, async (page, screen) => {
      await page.getByRole('link', { name: SCREENS[screen].zh, exact: true }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
      // The device's name comes with its state.
      await holds(page, `document.title === '${SCREENS[screen].zh} · desk · Inkcast'`);
    });
    const { page } = await served.browser.openPage(served.daemon.url, { locale: 'zh-CN' });
    await page.goto('./');
    await page.getByLabel('语言').selectOption('English');
    await page.getByRole('link', { name: SCREENS.live.en, exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: SCREENS.live.en, exact: true }).waitFor();
  });

  it('is dark or light as the system, or as it is chosen, also on the next visit', async () => {
    const { page } = await served.browser.openPage(served.daemon.url, { colorScheme: 'dark' });
    const brightness = () =>
      page.evaluate<number>(
        'getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, part) => sum + Number(part), 0)',
      );
    await page.goto('./');
    await page.getByLabel('Colours').waitFor();
    assert.ok((await brightness()) < 150);
    await page.getByLabel('Colours').selectOption('Light');
    assert.ok((await brightness()) > 600);
    await page.reload();
    await page.getByLabel('Colours').waitFor();
    assert.ok((await brightness()) > 600);
  });

  it('is used by the keyboard alone, and shows where the focus is', async () => {
    const { page } = await served.browser.openPage(served.daemon.url);
    await page.goto('./');
    await page.locator('.box.digit').first().waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Boxes');
    const outline = await page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle");
    assert.equal(outline, 'solid');
    await page.keyboard.press('Space');
    await page.locator('.box.digit').first().waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+Tab');
    await tabTo(page, 'Settings', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/settings$/);
  });

  it('works below a path, behind a proxy that knows nothing of it', async () => {
    const proxy = await PrefixProxy.start(served.daemon.url, '/house/desk/');
    try {
      const { page, consoleErrors, foreignRequests } = await served.browser.openPage(proxy.url);
      await page.goto('./');
      await page.locator('.box.digit').first().waitFor();
      assert.deepEqual({ consoleErrors, foreignRequests }, { consoleErrors: [], foreignRequests: [] });
    } finally {
      proxy.stop();
    }
  });
});

/** What the element that has the focus is called. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    "(document.activeElement.closest('label') ?? document.activeElement).textContent.trim()",
  );
}

/** Goes on until the focus is there. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 40) {
    await page.keyboard.press(key);
    passed.push(await focused(page));
    if (passed.at(-1) === name) return;
  }
  assert.fail(`${name} is not among ${passed.join(', ')}`);
}
