import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { CHROMIUM, seriousViolations, TestBrowser } from '../../support/browser.js';
import { listenLocally } from '../../support/listen-locally.js';
import { needsProgram } from '../../support/programs.js';

/** What a page can do wrong, in one page each; the tests of Inkcast's own page rely on being told. */
const PAGES: Readonly<Record<string, (other: string) => string>> = {
  '/good': () => '<p>12</p>',
  '/throws': () => '<script>nobody.catches()</script>',
  '/logs': () => '<script>console.error("it says so")</script>',
  '/missing': () => '<img alt="none" src="missing.png">',
  '/asks': (other) => `<img alt="other" src="http://${other}/good">`,
  '/connects': (other) => `<script>new WebSocket("ws://${other}/good")</script>`,
  '/unlabelled': () => '<input><img src="data:,">',
};

describe('a watched page', function () {
  this.timeout(60_000);
  const servers: Server[] = [];
  let browser: TestBrowser;
  let origin: string;
  let other: string;

  before(async function () {
    needsProgram(this, CHROMIUM);
    const serve = async () => {
      const server = createServer(({ url = '' }, answer) => {
        const page = PAGES[url]?.(other);
        answer.writeHead(page === undefined ? 404 : 200, {
          'content-type': 'text/html',
          'content-security-policy':
            url === '/good' || url === '/unlabelled' ? "default-src 'none'; img-src data:" : '',
        });
        answer.end(
          `<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><main>${page}</main>`,
        );
      });
      servers.push(server);
      return `127.0.0.1:${await listenLocally(server)}`;
    };
    origin = `http://${await serve()}`;
    other = await serve();
    browser = await TestBrowser.open({ hosts: { 'rebound.example': '127.0.0.1' } });
  });

  after(async () => {
    await browser?.close();
    for (const server of servers) server.close();
  });

  const visit = async (path: string) => {
    const watched = await browser.openPage(origin);
    await watched.page.goto(path, { waitUntil: 'networkidle' });
    return watched;
  };

  it('without errors passes', async () => {
    const { page, consoleErrors, foreignRequests } = await visit('/good');
    assert.deepEqual({ consoleErrors, foreignRequests }, { consoleErrors: [], foreignRequests: [] });
    assert.deepEqual(await seriousViolations(page), []);
  });

  it('is known by its errors', async () => {
    assert.match((await visit('/throws')).consoleErrors.join(), /nobody is not defined/);
    assert.match((await visit('/logs')).consoleErrors.join(), /it says so/);
    assert.match((await visit('/missing')).consoleErrors.join(), /404.*missing\.png/);
  });

  it('is known by whom else it asks', async () => {
    assert.deepEqual((await visit('/asks')).foreignRequests, [`http://${other}/good`]);
    assert.deepEqual((await visit('/connects')).foreignRequests, [`ws://${other}/good`]);
  });

  it('is known by what a screen reader cannot use, whatever its policy forbids', async () => {
    const rules = (await seriousViolations((await visit('/unlabelled')).page)).map(({ rule }) => rule);
    assert.deepEqual(rules.toSorted(), ['image-alt', 'label']);
  });

  it('can be reached by a name that leads elsewhere', async () => {
    const { port } = new URL(origin);
    const { page } = await browser.openPage(`http://rebound.example:${port}`);
    const answer = await page.goto('/good');
    assert.equal(answer?.status(), 200);
  });
});
