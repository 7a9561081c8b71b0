import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openErrorLog, openLog } from '@inkcast/device/log';
import type { Screen, Terminal } from '@inkcast/shared/cli';
import { INKCAST } from '../../support/built-programs.js';
import { needsProgram } from '../../support/programs.js';
import { PseudoTerminal } from '../../support/pseudo-terminal.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { ROOT } from '../support/command.js';

const LOCAL_TIME = '\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\]';
const FOR_PEOPLE = new RegExp(`^${LOCAL_TIME} WARN: too dark \\{"camera":"rpicam"\\}$`);

/** A terminal that keeps its lines; `screen` is what standard output is shown on. */
function recorder(screen?: Screen): { readonly lines: string[]; readonly terminal: Terminal } {
  const lines: string[] = [];
  const add = (line: string) => lines.push(line);
  const terminal = { interactive: screen !== undefined, print: assert.fail, note: add, log: add };
  return { lines, terminal: screen === undefined ? terminal : { ...terminal, screen } };
}

/** What a log says of a warning. */
async function logged(format: 'auto' | 'json' | 'pretty', screen?: Screen): Promise<string> {
  const { lines, terminal } = recorder(screen);
  (await openLog({ level: 'info', format }, terminal)).warn({ camera: 'rpicam' }, 'too dark');
  assert.equal(lines.length, 1);
  return lines[0];
}

const PLAIN = { columns: 80, hasColours: false };

describe('the log', () => {
  it('field report 20: is readable text on a terminal, with colours if it supports them', async () => {
    assert.match(await logged('auto', PLAIN), FOR_PEOPLE);
    assert.ok((await logged('auto', { ...PLAIN, hasColours: true })).includes('\u001b[33mWARN'));
  });

  it('field report 20: is JSON in a pipe, and on a terminal if requested', async () => {
    for (const line of await Promise.all([logged('auto'), logged('json', PLAIN), logged('json')])) {
      const { level, camera, msg } = JSON.parse(line);
      assert.deepEqual([level, camera, msg], [40, 'rpicam', 'too dark']);
    }
  });

  it('field report 20: is readable text in a pipe if requested', async () => {
    assert.match(await logged('pretty'), FOR_PEOPLE);
  });

  it('field report 20: of what goes wrong beside a result is for people on a terminal, and JSON elsewhere', async () => {
    const said = async (screen?: Screen) => {
      const { lines, terminal } = recorder(screen);
      (await openErrorLog(terminal)).warn({ camera: 'rpicam' }, 'too dark');
      return lines.join('\n');
    };
    assert.match(await said(PLAIN), FOR_PEOPLE);
    assert.equal(JSON.parse(await said()).msg, 'too dark');
  });

  it('field report 20: of a daemon on a terminal says what is read in words', async function () {
    needsProgram(this, 'script');
    this.timeout(60_000);
    await inTemporaryFolder(async (folder) => {
      await copyFile(join(ROOT, 'assets/scenes/photos/01-note.jpg'), join(folder, 'note.jpg'));
      const keys = ['camera.source=directory', `camera.folder=${folder}`, `storage.folder=${folder}`];
      const flags = [...keys, 'mqtt.url=mqtt://127.0.0.1:1'].flatMap((key) => ['--set', key]);
      const terminal = new PseudoTerminal([process.execPath, INKCAST, 'run', ...flags], {
        cwd: folder,
        env: process.env,
      });
      try {
        await terminal.shows('reading {"text":"407"');
        assert.match(terminal.text, new RegExp(`${LOCAL_TIME} INFO: reading \\{"text":"407"`));
        assert.doesNotMatch(terminal.text, /"level":/);
      } finally {
        await terminal.end();
      }
    });
  });
});
