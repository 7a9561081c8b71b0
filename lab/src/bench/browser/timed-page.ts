import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { LumaFrame } from '@inkcast/reader/vision';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Round, TimedFiles } from './timed-reader.js';

/** Debian's. */
const CHROMIUM = '/usr/bin/chromium';
/** That of the site: no string is evaluated. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const TYPES: Readonly<Record<string, string>> = { '': 'text/html', 'page.js': 'text/javascript' };

export const isChromiumInstalled = (): boolean => existsSync(CHROMIUM);

/** The reader in a page of a real Chromium, under the policy of the site. */
export class TimedPage {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(server: Server, browser: Browser, page: Page) {
    this.#server = server;
    this.#browser = browser;
    this.#page = page;
  }

  static async open(files: TimedFiles, frames: readonly LumaFrame[]): Promise<TimedPage> {
    const server = await serve(files, frames);
    let browser: Browser | undefined;
    try {
      browser = await chromium.launch({ executablePath: CHROMIUM });
      const page = await browser.newPage();
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      await page.goto(`http://127.0.0.1:${address.port}/`);
      return new TimedPage(server, browser, page);
    } catch (error) {
      await browser?.close();
      server.close();
      throw error;
    }
  }

  round(): Promise<Round> {
    return this.#page.evaluate<Round>('timed.then((reader) => reader.round())');
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}

async function serve(files: TimedFiles, frames: readonly LumaFrame[]): Promise<Server> {
  const script = await build({
    stdin: {
      contents: "import './page.js';",
      loader: 'ts',
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    ...{ bundle: true, write: false, platform: 'browser', format: 'esm', conditions: ['inkcast-source'] },
  });
  const content: Readonly<Record<string, string | Uint8Array>> = {
    '': '<!doctype html><title>Times</title><script type="module" src="page.js"></script>',
    'page.js': script.outputFiles[0].contents,
    'vision.wasm': files.vision,
    'engine.wasm': files.engine,
    'frames.json': JSON.stringify(frames.map(({ width, height }) => ({ width, height }))),
    ...Object.fromEntries(frames.map(({ gray }, index) => [`frames/${index}`, gray])),
  };
  const server = createServer(async ({ url = '/' }, answer) => {
    const path = url.slice(1);
    const bytes = path.startsWith('model/') ? await files.read(path.slice('model/'.length)) : content[path];
    if (bytes === undefined) answer.writeHead(404).end();
    else answer.writeHead(200, { 'content-type': TYPES[path] ?? '', 'content-security-policy': POLICY }).end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
