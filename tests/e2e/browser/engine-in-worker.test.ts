import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine } from '@inkcast/training/engine';
import { build } from 'vite';
import { CHROMIUM, TestBrowser } from '../../support/browser.js';
import { FileServer } from '../../support/file-server.js';
import { needsProgram } from '../../support/programs.js';
import { type Bits, optionsOf, type Trial, train } from './engine-page/trial.js';

const PAGE = fileURLToPath(new URL('./engine-page/', import.meta.url));
/** What a server says so that workers of its pages may share memory. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

const TRIALS: readonly Trial[] = [
  { seed: 4, threads: 2, kernels: 'simd' },
  { seed: 5, threads: 3, kernels: 'relaxed-simd' },
];

describe('the training engine in a worker of a browser', function () {
  this.timeout(90_000);
  let folder: string;
  let browser: TestBrowser;
  let expected: readonly Bits[];

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-engine-'));
    await build({
      ...{ root: PAGE, base: './', configFile: false, logLevel: 'silent', worker: { format: 'es' } },
      resolve: { conditions: ['inkcast-source', 'module', 'browser', 'production'] },
      build: { outDir: folder, assetsInlineLimit: 0 },
    });
    browser = await TestBrowser.open();
    expected = await Promise.all(TRIALS.map((trial) => train(createEngine(optionsOf(trial)), trial)));
  });
  after(async () => {
    await browser?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  async function trained(headers: Readonly<Record<string, string>>) {
    const server = await FileServer.start(folder, headers);
    try {
      const { page } = await browser.openPage(server.origin);
      await page.goto('./');
      const isIsolated: unknown = await page.evaluate('crossOriginIsolated');
      const found: unknown[] = [];
      for (const trial of TRIALS) found.push(await page.evaluate(`runTrial(${JSON.stringify(trial)})`));
      return { isIsolated, found };
    } finally {
      await server.stop();
    }
  }

  it('gives the weights of Node.js, bit by bit, on as many threads', async () => {
    assert.deepEqual(await trained(ISOLATION), { isIsolated: true, found: expected.map((bits) => ({ bits })) });
  });

  it('gives them where a plain server of files keeps workers from sharing memory', async () => {
    assert.deepEqual(await trained({}), { isIsolated: false, found: expected.map((bits) => ({ bits })) });
  });
});
