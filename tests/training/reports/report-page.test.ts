import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHROMIUM, seriousViolations, TestBrowser } from '../../support/browser.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 360];
const WORDS = ['Learning curves', 'for looking only', 'Each class', 'Test in int8', 'Size', 'Latency'];

/** Runs `work` with a run that has learned too little to be free of mistakes, and its data. */
const withRun = (work: (run: string, data: string) => Promise<void>) =>
  inTemporaryFolder(async (folder) => {
    const [run, data] = [join(folder, 'run'), join(folder, 'data')];
    await writeTinyData(data);
    const options = ['--epochs', '2', '--threads', '1', '--validation', 'test', '--out', run];
    await inkcastTrain(...tinyTraining(data), ...options);
    await work(run, data);
  });

async function report(run: string): Promise<{ readonly page: string; readonly stderr: string }> {
  const { code, stdout, stderr } = await inkcastTrain('report', run, '--threads', '1');
  assert.equal(code, 0, stderr);
  const [, page = ''] = /^page: (.*)$/m.exec(stdout) ?? [];
  return { page, stderr };
}

describe('the page of a run', function () {
  this.timeout(60_000);
  let browser: TestBrowser;
  before(async function () {
    needsProgram(this, CHROMIUM);
    browser = await TestBrowser.open();
  });
  after(() => browser?.close());

  it('shows curves, confusion, mistakes, classes and quantization, on a phone and a desktop, light and dark', () =>
    withRun(async (run) => {
      const { test } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8'));
      const wrong = 30 - Math.round(30 * test.accuracy);
      assert.ok(wrong > 0);
      const address = pathToFileURL((await report(run)).page).href;
      const { page, consoleErrors, foreignRequests } = await browser.openPage(address);
      await page.goto(address);
      const text = (await page.locator('main').textContent()) ?? '';
      for (const words of WORDS) assert.ok(text.includes(words), words);
      assert.equal(await page.locator('figure svg polyline').count(), 4);
      assert.equal(await page.locator('.matrix tbody tr').count(), 10);
      // Evaluated by the debugger; the page's policy allows no script.
      const decoded = await page.evaluate(
        "Promise.all([...document.querySelectorAll('.mistakes img')].map((image) => image.decode().then(() => image.naturalWidth)))",
      );
      assert.deepEqual(decoded, new Array(wrong).fill(12));
      const layers = page.getByRole('region', { name: 'Quantization of each layer' }).locator('tbody tr');
      assert.ok((await layers.count()) > 5);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          const sideways = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          assert.equal(sideways, 0, `at ${width} px the page scrolls sideways`);
        }
        assert.deepEqual(await seriousViolations(page), [], colorScheme);
      }
      assert.deepEqual([consoleErrors, foreignRequests], [[], []]);
    }));

  it('says what is missing where the data of the run is gone', () =>
    withRun(async (run, data) => {
      await rm(data, { recursive: true });
      const { page, stderr } = await report(run);
      // Both files are read at once; either may be missed first.
      assert.match(stderr, /^Without worst mistakes and quantization: .*train-(images-idx3|labels-idx1)-ubyte/m);
      const text = await readFile(page, 'utf8');
      assert.match(text, /Without worst mistakes and quantization: /);
      assert.match(text, /<h2>Confusion matrix<\/h2>/);
    }));
});
