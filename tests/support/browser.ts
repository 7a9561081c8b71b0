import axe from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findProgram } from './programs.js';

/** Debian's; suites that open one begin with `needsProgram(this, CHROMIUM)`. */
export const CHROMIUM = 'chromium';

/** A page with a profile of its own, and what it has done that no page of ours may do. */
export interface WatchedPage {
  readonly page: Page;
  /** Messages of the console that are errors, and exceptions that nobody caught. */
  readonly consoleErrors: readonly string[];
  /** Addresses outside of the page's origin that were asked for, also by sockets. */
  readonly foreignRequests: readonly string[];
}

/** A rule of axe-core that a page breaks, in a few words each. */
export interface AxeViolation {
  readonly rule: string;
  readonly impact: string;
  /** Selectors of the elements. */
  readonly elements: readonly string[];
}

export interface BrowserOptions {
  /** Addresses by host name, in the place of what the system's resolver says of it. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** A film of JPEGs (.mjpeg) that a camera shows over and over; without it there is no camera. */
  readonly camera?: string;
}

/** A real Chromium; whoever opens it closes it. */
export class TestBrowser {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open({ hosts = {}, camera }: BrowserOptions = {}): Promise<TestBrowser> {
    const executablePath = findProgram(CHROMIUM);
    if (executablePath === undefined) throw new Error(`${CHROMIUM} is not installed`);
    const rules = Object.entries(hosts).map(([name, address]) => `MAP ${name} ${address}`);
    const args = rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(',')}`];
    const count = camera === undefined ? 0 : 1;
    args.push(`--use-fake-device-for-media-stream=device-count=${count}`);
    if (camera !== undefined) args.push(`--use-file-for-fake-video-capture=${camera}`);
    return new TestBrowser(await chromium.launch({ executablePath, args }));
  }

  /**
   * Opens an empty page. The test goes to an address by itself, so that it can wait for what it likes.
   *
   * @param origin what the page may ask, such as http://127.0.0.1:8765
   * @param options size, language, colour scheme and such; by default a desktop's in English
   */
  async openPage(origin: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const context = await this.#browser.newContext({ baseURL: origin, locale: 'en-GB', ...options });
    const page = await context.newPage();
    const consoleErrors: string[] = [];
    const foreignRequests: string[] = [];
    const note = (address: string) => {
      if (isForeign(address, origin)) foreignRequests.push(address);
    };
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => consoleErrors.push(String(error)));
    context.on('request', (request) => note(request.url()));
    page.on('websocket', (socket) => note(socket.url()));
    return { page, consoleErrors, foreignRequests };
  }

  /** The pages that are open, by what keeps their profiles apart. */
  contexts(): readonly BrowserContext[] {
    return this.#browser.contexts();
  }

  /** Closes it with all its pages. */
  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/**
 * Closes, at the end of each test of a suite, the pages that were opened in it: a page that stays open shows every frame of
 * the daemon until the suite ends, at the cost of all later tests.
 */
export function closesPagesOfTests(browser: () => TestBrowser | undefined): void {
  let before: readonly BrowserContext[] = [];
  beforeEach(() => {
    before = browser()?.contexts() ?? [];
  });
  afterEach(async () => {
    const opened = browser()?.contexts() ?? [];
    await Promise.all(opened.filter((context) => !before.includes(context)).map((context) => context.close()));
  });
}

/**
 * Resolves once a condition holds in a page. The page's policy lets `waitForFunction` of Playwright look only once.
 *
 * @param condition an expression of JavaScript; where it is a promise, what that becomes
 */
export function holds(page: Page, condition: string): Promise<void> {
  return page.evaluate(`(async () => {
    while (!(await (${condition}))) await new Promise(requestAnimationFrame);
  })()`);
}

/** What axe-core finds on a page that is serious or critical. */
export async function seriousViolations(page: Page): Promise<AxeViolation[]> {
  // Evaluated by the debugger, which no Content-Security-Policy binds.
  await page.evaluate(axe.source);
  return page.evaluate<AxeViolation[]>(
    `axe.run().then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({ rule: id, impact, elements: nodes.map(({ target }) => target.join(' ')) })))`,
  );
}

/** A socket's origin is that of the page whose scheme corresponds to its own; `data:` and `blob:` ask nobody. */
function isForeign(address: string, origin: string): boolean {
  const { protocol, origin: asked } = new URL(address.replace(/^ws/, 'http'));
  return ['http:', 'https:'].includes(protocol) && asked !== new URL(origin).origin;
}
