import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '@inkcast/device/config';
import { Watcher } from '@inkcast/lab/broker';
import sharp from 'sharp';
import { InkcastProcess } from '../../e2e/support/daemon-process.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast, ROOT } from '../support/command.js';
import { PASSWORD, USER, withGuardedBroker } from './support/guarded-broker.js';

const SCENES = join(ROOT, 'assets/scenes/photos');
/** Nothing listens there: it is the port of no service that anybody runs. */
const NO_BROKER = 'mqtt://127.0.0.1:1';

const filesIn = (folder: string) => ['--config', join(folder, 'inkcast.yaml'), '--frame', join(folder, 'frame.jpg')];

/** Runs the command in a separate process. */
async function setup(folder: string, ...args: readonly string[]) {
  const process = new InkcastProcess('setup', ...filesIn(folder), ...args);
  const code = await process.ended();
  return { code, stdout: process.stdout, stderr: process.stderr };
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('inkcast setup without questions', function () {
  this.timeout(120_000);

  it('tries camera and broker, and writes a configuration that the daemon runs with', async function () {
    needsProgram(this, 'mosquitto', 'mosquitto_passwd');
    await withGuardedBroker(async (folder, port) => {
      const broker = `mqtt://${USER}:${PASSWORD}@127.0.0.1:${port}`;
      const { code, stdout, stderr } = await setup(folder, '--camera', SCENES, '--broker', broker, '--name', 'kitchen');
      assert.equal(code, 0, stderr);
      assert.match(stdout, /The camera sees 640x480 pixels, and the digits 407\./);
      assert.ok(stdout.includes(`mqtt://127.0.0.1:${port} accepts the connection.`));
      assert.ok(stdout.includes(`-t inkcast/kitchen/reading`));

      const config = join(folder, 'inkcast.yaml');
      const password = join(folder, 'inkcast.password');
      const loaded = await loadConfig({ file: config });
      assert.deepEqual(
        [loaded.device.name, loaded.camera?.source, loaded.mqtt.username, loaded.mqtt.passwordFile],
        ['kitchen', 'directory', USER, password],
      );
      assert.equal(await readFile(password, 'utf8'), `${PASSWORD}\n`);
      assert.equal(await modeOf(password), 0o600);
      for (const text of [stdout, stderr, await readFile(config, 'utf8')]) assert.ok(!text.includes(PASSWORD));
      const frame = await sharp(join(folder, 'frame.jpg')).metadata();
      assert.deepEqual([frame.format, frame.width, frame.height], ['jpeg', 640, 480]);

      const credentials = { username: USER, password: PASSWORD };
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/kitchen/reading'], credentials);
      const daemon = new InkcastProcess('run', '--config', config, '--set', `storage.folder=${join(folder, 'state')}`);
      try {
        await watcher.until((seen) => seen.some(({ text }) => JSON.parse(text).text === '407'));
      } finally {
        await daemon.end();
        await watcher.end();
      }
    });
  });

  it('says in words why a broker lets nobody in, writes all the same, and ends with 1', async function () {
    needsProgram(this, 'mosquitto', 'mosquitto_passwd');
    await withGuardedBroker(async (folder, port) => {
      const file = join(folder, 'secret');
      await writeFile(file, 'wrong\n');
      const broker = `${USER}@127.0.0.1:${port}`;
      const given = ['--camera', SCENES, '--broker', broker, '--password-file', file];
      const { code, stderr } = await setup(folder, ...given, '--yes');
      assert.equal(code, 1);
      assert.match(stderr, /INK_MQTT_CREDENTIALS: .* refused user desk, because user or password is wrong/);
      const { mqtt } = await loadConfig({ file: join(folder, 'inkcast.yaml') });
      assert.deepEqual([mqtt.url, mqtt.passwordFile], [`mqtt://127.0.0.1:${port}`, file]);
    });
  });

  it("says the camera's error where no frame comes, writes all the same, and ends with 1", () =>
    inTemporaryFolder(async (folder) => {
      const empty = join(folder, 'empty');
      await mkdir(empty);
      const { code, stdout, stderr } = await setup(folder, '--camera', empty, '--broker', NO_BROKER, '--name', 'desk');
      assert.equal(code, 1);
      assert.match(stderr, /INK_CAMERA_FAILED: The folder .*empty holds no JPEG, PNG, WebP, AVIF or TIFF picture\./);
      assert.match(stderr, /INK_MQTT_CONNECT: .*nothing listens there/);
      assert.ok(stdout.includes('inkcast.yaml'));
      assert.deepEqual((await readdir(folder)).sort(), ['empty', 'inkcast.yaml']);
    }));

  it('replaces no configuration unasked, and keeps a copy of the old one', () =>
    inTemporaryFolder(async (folder) => {
      const config = join(folder, 'inkcast.yaml');
      await writeFile(config, '# mine\n');
      const given = ['--camera', 'rpicam', '--broker', 'mqtt://broker', '--no-check', '--yes'];
      const refused = await inkcast('setup', ...filesIn(folder), ...given);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /INK_CONFIG_EXISTS: .*inkcast\.yaml is there already\..*--force/);
      assert.equal(await readFile(config, 'utf8'), '# mine\n');

      const { code, stdout } = await inkcast('setup', ...filesIn(folder), ...given, '--force');
      assert.equal(code, 0);
      assert.equal((await loadConfig({ file: config })).camera?.source, 'rpicam');
      const [kept] = (await readdir(folder)).filter((name) => name !== 'inkcast.yaml');
      assert.equal(await readFile(join(folder, kept), 'utf8'), '# mine\n');
      assert.ok(stdout.includes(kept));
    }));

  it("lets only the owner read a configuration that holds the camera's password", () =>
    inTemporaryFolder(async (folder) => {
      const camera = 'rtsp://viewer:ge%20heim@10.0.0.7/stream';
      const { code } = await inkcast('setup', ...filesIn(folder), '--camera', camera, '--yes', '--no-check');
      assert.equal(code, 0);
      const config = join(folder, 'inkcast.yaml');
      const loaded = (await loadConfig({ file: config })).camera;
      assert.ok(loaded?.source === 'rtsp');
      assert.deepEqual([loaded.url, loaded.username, loaded.password], ['rtsp://10.0.0.7/stream', 'viewer', 'ge heim']);
      assert.equal(await modeOf(config), 0o600);
    }));

  it('field report 14: takes a password with a percent sign from a camera’s address, encoded or as people type it', () =>
    inTemporaryFolder(async (folder) => {
      for (const typed of ['100%', '100%25']) {
        const camera = `http://viewer:${typed}@10.0.0.7/snapshot.jpg`;
        const { code, stderr } = await inkcast(
          'setup',
          ...filesIn(folder),
          ...['--camera', camera, '--yes', '--no-check', '--force'],
        );
        assert.equal(code, 0, stderr);
        const loaded = (await loadConfig({ file: join(folder, 'inkcast.yaml') })).camera;
        assert.ok(loaded?.source === 'http');
        assert.deepEqual([loaded.username, loaded.password], ['viewer', '100%']);
      }
    }));

  const refusals: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
    [
      'a name that is no part of a topic',
      ['--camera', 'rpicam', '--name', 'a/b'],
      /INK_USAGE: The name "a\/b" cannot be used.*letters/,
    ],
    [
      'a broker that is no address',
      ['--camera', 'rpicam', '--broker', 'http://me:secret@x'],
      /INK_CONFIG_INVALID: http:\/\/x is not the/,
    ],
    ['a camera that is nothing', ['--camera', '/no/such'], /INK_USAGE: \/no\/such is no camera/],
    [
      'two passwords',
      ['--camera', 'rpicam', '--broker', 'mqtt://a:b@c', '--password-file', 'x'],
      /INK_USAGE: The broker's password stands/,
    ],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuses ${what}, and writes nothing`, () =>
      inTemporaryFolder(async (folder) => {
        const { code, stderr } = await inkcast('setup', ...filesIn(folder), '--no-check', '--yes', ...args);
        assert.equal(code, 2, stderr);
        assert.match(stderr, message);
        assert.ok(!stderr.includes('secret'));
        assert.deepEqual(await readdir(folder), []);
      }));
  }

  it('names what is missing where there is no terminal to ask on', () =>
    inTemporaryFolder(async (folder) => {
      const { code, stderr } = await setup(folder, '--camera', 'rpicam', '--broker', 'mqtt://broker');
      assert.equal(code, 2);
      assert.match(stderr, /INK_USAGE: There is no terminal to ask on, and --name is missing/);
      assert.deepEqual(await readdir(folder), []);
    }));

  it('says so at once where the file cannot be written', () =>
    inTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      const config = join(folder, 'file', 'inkcast.yaml');
      const { code, stderr } = await inkcast('setup', '--config', config, '--camera', 'rpicam', '--yes');
      assert.equal(code, 1);
      assert.match(stderr, /INK_FILE_UNWRITABLE: .*file is not a folder/);
      assert.deepEqual(await readdir(folder), ['file']);
    }));
});
