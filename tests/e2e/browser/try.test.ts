import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { seriousViolations } from '../../support/browser.js';
import { servedPage } from './support/served-page.js';
import { TryPage } from './support/try-page.js';

const SCENE = fileURLToPath(new URL('../../../assets/scenes/photos/01-note.jpg', import.meta.url));

describe('trying the reader on the page of the device', function () {
  this.timeout(90_000);
  const served = servedPage();

  it('reads in the browser, with the model of the device, what is drawn and shown', async () => {
    const { page, consoleErrors, foreignRequests } = await served.browser.openPage(served.daemon.url);
    const loaded: string[] = [];
    page.context().on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.goto('./#/try');
    const tried = new TryPage(page);
    assert.deepEqual(
      await tried.draw([
        [130, 130],
        [128, 240],
        [130, 350],
      ]),
      ['1'],
    );
    assert.deepEqual(await tried.read(SCENE), ['407']);
    assert.deepEqual(
      loaded.filter((path) => path.endsWith('.tflite')).sort(),
      ['model', 'spotter', 'verifier'].map((name) => `/api/bundle/classifier/${name}.tflite`),
    );
    assert.deepEqual(await seriousViolations(page), []);
    assert.deepEqual(foreignRequests, []);
    assert.deepEqual(consoleErrors, []);
  });
});
