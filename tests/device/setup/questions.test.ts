import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '@inkcast/device/config';
import { foundCameras } from '@inkcast/device/setup';
import { INKCAST } from '../../support/built-programs.js';
import { needsProgram } from '../../support/programs.js';
import { KEYS, PseudoTerminal } from '../../support/pseudo-terminal.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { installRpicam } from '../camera/support/stand-in.js';
import { ROOT } from '../support/command.js';
import { PASSWORD, USER, withGuardedBroker } from './support/guarded-broker.js';

const SCENES = join(ROOT, 'assets/scenes/photos');
const NO_BROKER = 'mqtt://127.0.0.1:1';

/** Starts `inkcast setup` on a terminal, in a folder. */
function setup(folder: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): PseudoTerminal {
  // Node takes a terminal of CI for one without colours.
  const { CI: _, NO_COLOR: __, LC_ALL: ___, INKCAST_CONFIG: ____, ...inherited } = process.env;
  const env = { ...inherited, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', ...more };
  return new PseudoTerminal([process.execPath, INKCAST, 'setup', '--config', 'inkcast.yaml', ...args], {
    cwd: folder,
    env,
  });
}

async function withTerminal(terminal: PseudoTerminal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await terminal.end();
  }
}

describe('inkcast setup on a terminal', function () {
  this.timeout(120_000);

  before(function () {
    needsProgram(this, 'script');
  });

  it('asks, shows a frame, lets a broker be corrected, and never shows the password', async function () {
    needsProgram(this, 'mosquitto', 'mosquitto_passwd');
    await withGuardedBroker(async (folder, port) => {
      const bin = join(folder, 'bin');
      await mkdir(bin);
      await installRpicam(bin, 'rpicam-vid', {});
      const terminal = setup(folder, [], { PATH: `${bin}:${process.env.PATH}` });
      await withTerminal(terminal, async () => {
        await terminal.shows('Where do frames come from?');
        await terminal.answer('Raspberry Pi camera', KEYS.up, KEYS.enter);
        await terminal.answer('The folder', `${SCENES}`, KEYS.enter);
        await terminal.shows('the digits 407');
        await terminal.answer('A name for this device', 'a/b', KEYS.enter);
        await terminal.answer('1 to 64 letters', '\b\b\bkitchen', KEYS.enter);
        await terminal.answer('The MQTT broker', NO_BROKER, KEYS.enter);
        await terminal.answer('User at the broker', KEYS.enter);
        await terminal.shows('nothing listens there');
        await terminal.answer('What now?', KEYS.down, KEYS.enter);
        await terminal.answer('The MQTT broker', `127.0.0.1:${port}`, KEYS.enter);
        await terminal.answer('User at the broker', USER, KEYS.enter);
        await terminal.answer('Password of desk', PASSWORD, KEYS.enter);
        await terminal.shows('accepts the connection');
        await terminal.shows('inkcast/kitchen/reading');
        assert.equal(await terminal.ended(), 0);
      });
      const { device, camera, mqtt } = await loadConfig({ file: join(folder, 'inkcast.yaml') });
      assert.deepEqual([device.name, camera?.source], ['kitchen', 'directory']);
      assert.deepEqual([mqtt.url, mqtt.username], [`mqtt://127.0.0.1:${port}`, USER]);
      assert.equal(mqtt.passwordFile, join(folder, 'inkcast.password'));
      assert.equal(await readFile(join(folder, 'inkcast.password'), 'utf8'), `${PASSWORD}\n`);
      assert.ok(!terminal.raw.includes(PASSWORD));
      assert.ok(terminal.raw.includes('\u2580'), 'no half blocks');
      assert.ok(terminal.raw.includes('\u001b[38;2;'), 'no colours');
      assert.ok((await stat(join(folder, 'inkcast-test-frame.jpg'))).size > 0);
    });
  });

  const questions: readonly (readonly [question: string, args: readonly string[]])[] = [
    ['Where do frames come from?', []],
    ['A name for this device', ['--camera', 'rpicam']],
    ['The MQTT broker', ['--camera', 'rpicam', '--name', 'desk']],
    ['User at the broker', ['--camera', 'rpicam', '--name', 'desk', '--broker', 'mqtt://broker']],
    ['Password of me', ['--camera', 'rpicam', '--name', 'desk', '--broker', 'mqtt://me@broker']],
  ];
  for (const [question, args] of questions) {
    it(`ends with nothing written on Ctrl-C at "${question}"`, () =>
      inTemporaryFolder(async (folder) => {
        const terminal = setup(folder, ['--no-check', ...args]);
        await withTerminal(terminal, async () => {
          await terminal.answer(question, KEYS.interrupt);
          await terminal.shows('nothing was written');
          assert.equal(await terminal.ended(), 130);
        });
        assert.deepEqual(await readdir(folder), []);
      }));
  }

  it('ends with nothing written on Ctrl-C while it waits for the camera', () =>
    inTemporaryFolder(async (folder) => {
      const bin = join(folder, 'bin');
      await mkdir(bin);
      await installRpicam(bin, 'rpicam-vid', { frames: 0, next: 'hang' });
      const terminal = setup(folder, ['--camera', 'rpicam'], { PATH: `${bin}:${process.env.PATH}` });
      await withTerminal(terminal, async () => {
        await terminal.answer('Trying the camera', KEYS.interrupt);
        await terminal.shows('nothing was written');
        assert.equal(await terminal.ended(), 130);
      });
      assert.deepEqual(await readdir(folder), ['bin']);
    }));

  it('field report 20: says that no camera was found, and asks for one all the same', async function () {
    if ((await foundCameras(process.env.PATH)).length > 0) this.skip();
    await inTemporaryFolder(async (folder) => {
      const terminal = setup(folder, ['--no-check']);
      await withTerminal(terminal, async () => {
        await terminal.shows('No camera was found on this machine. Where do frames come from?');
        await terminal.answer('A network camera', KEYS.interrupt);
        assert.equal(await terminal.ended(), 130);
      });
    });
  });

  it('asks before it replaces a configuration, and leaves it on no', () =>
    inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'inkcast.yaml'), '# mine\n');
      const terminal = setup(folder);
      await withTerminal(terminal, async () => {
        await terminal.answer('Replace it?', KEYS.enter);
        await terminal.shows('INK_CONFIG_EXISTS');
        assert.equal(await terminal.ended(), 2);
      });
      assert.equal(await readFile(join(folder, 'inkcast.yaml'), 'utf8'), '# mine\n');
    }));

  it('goes on without a frame where the person wants to, in letters alone under NO_COLOR', () =>
    inTemporaryFolder(async (folder) => {
      const empty = join(folder, 'empty');
      await mkdir(empty);
      const args = ['--camera', empty, '--name', 'desk', '--broker', NO_BROKER];
      const terminal = setup(folder, args, { NO_COLOR: '1' });
      await withTerminal(terminal, async () => {
        await terminal.shows('INK_CAMERA_FAILED');
        await terminal.answer('What now?', KEYS.down, KEYS.enter);
        await terminal.answer('Where do frames come from?', KEYS.up, KEYS.enter);
        await terminal.answer('The folder', SCENES, KEYS.enter);
        await terminal.shows('the digits 407');
        await terminal.answer('User at the broker', KEYS.enter);
        await terminal.answer('What now?', KEYS.up, KEYS.enter);
        await terminal.shows('Wrote');
        assert.equal(await terminal.ended(), 0);
      });
      for (const colour of ['[38;', '[36m', '[32m'])
        assert.ok(!terminal.raw.includes(colour), 'coloured under NO_COLOR');
      assert.ok(!terminal.raw.includes('\u2580'));
      assert.equal((await loadConfig({ file: join(folder, 'inkcast.yaml') })).mqtt.url, NO_BROKER);
    }));
});
