import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM, closesPagesOfTests, TestBrowser } from '../../../support/browser.js';
import { needsProgram } from '../../../support/programs.js';
import { ServedDaemon } from './served-daemon.js';

export interface ServedPage {
  readonly daemon: ServedDaemon;
  readonly browser: TestBrowser;
}

/** A daemon in a folder of its own, and a Chromium, for the tests of a suite. Without Chromium, the suite is skipped. */
export function servedPage(): ServedPage {
  let folder: string | undefined;
  let daemon: ServedDaemon | undefined;
  let browser: TestBrowser | undefined;

  before(async function () {
    needsProgram(this, CHROMIUM);
    folder = await mkdtemp(join(tmpdir(), 'inkcast-page-'));
    [daemon, browser] = await Promise.all([ServedDaemon.start(folder), TestBrowser.open()]);
  });

  closesPagesOfTests(() => browser);

  after(async () => {
    await browser?.close();
    await daemon?.kill();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  return {
    get daemon() {
      return daemon ?? assert.fail('the suite has not begun');
    },
    get browser() {
      return browser ?? assert.fail('the suite has not begun');
    },
  };
}
