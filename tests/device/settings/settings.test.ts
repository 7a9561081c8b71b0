import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeLive, loadConfig } from '@inkcast/device/config';
import { Settings } from '@inkcast/device/settings';
import { InkError } from '@inkcast/shared/errors';
import { INKCAST } from '../../support/built-programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast } from '../support/command.js';

const FILE = `# The kitchen's camera
camera:
    source: rtsp      # the old one
    url: rtsp://me:secret@10.0.0.7/stream
    password: not-shown

reading:
    rules:
        least: "3"    # never lower
        # monotonic: true
mqtt: { url: "mqtt://broker" }
`;

/** Runs with a configuration file as a daemon does that was started with it. */
async function withSettings(
  work: (parts: { file: string; settings: Settings; running: () => ReturnType<typeof changeLive> }) => Promise<void>,
  text = FILE,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'inkcast.yaml');
    await writeFile(file, text);
    let config = await loadConfig({ file });
    const running = {
      config: () => config,
      setLive: (values: Parameters<typeof changeLive>[1]) => {
        config = changeLive(config, values);
      },
    };
    const settings = new Settings({ sources: { file }, running, mayChangePrograms: false });
    await work({ file, settings, running: running.config });
  });
}

const issuesOf = async (saved: Promise<unknown>): Promise<Record<string, string>> => {
  const error = await saved.then(
    () => assert.fail('it was saved'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof InkError);
  assert.equal(error.code, 'INK_CONFIG_INVALID');
  return Object.fromEntries(error.issues.map(({ path, message }) => [path, message]));
};

describe('settings', () => {
  it('are saved to the file, which keeps comments, order and form; old keys get their present names', () =>
    withSettings(async ({ file, settings }) => {
      await settings.save({
        'camera.rate': 3,
        'reading.rules.max': '9',
        'mqtt.baseTopic': 'house',
        'log.level': 'debug',
      });
      assert.equal(
        await readFile(file, 'utf8'),
        FILE.replace('not-shown\n', 'not-shown\n    rate: 3\n')
          .replace('least', 'min')
          .replace('monotonic: true\n', 'monotonic: true\n        max: "9"\n')
          .replace('"mqtt://broker" }', '"mqtt://broker", baseTopic: house }')
          .concat('log:\n    level: debug\n'),
      );
      assert.deepEqual((await loadConfig({ file })).reading.rules?.max, '9');
    }));

  it('hold at once where they are live, and others are named that need a restart', () =>
    withSettings(async ({ settings, running }) => {
      const saved = await settings.save({ 'reading.expect': 'dd:dd', 'camera.rate': 3 });
      assert.deepEqual(saved.restartNeeded, ['camera.rate']);
      assert.equal(running().reading.expect, 'dd:dd');
      assert.deepEqual((await settings.save({ 'camera.rate': null })).restartNeeded, []);
    }));

  it('are described each with its schema, its value and what a restart would make of it, and without secrets', () =>
    withSettings(async ({ file, settings }) => {
      await settings.save({ 'camera.rate': 3 });
      const described = await settings.describe();
      const all = JSON.stringify(described);
      assert.ok(!all.includes('not-shown') && !all.includes('secret@'), all);
      assert.equal(described.file, file);
      const settingAt = (path: string, source?: string) =>
        described.keys.find((key) => key.path === path && (source === undefined || key.when?.value === source));
      const rate = settingAt('camera.rate', 'rtsp');
      assert.equal(rate?.schema.maximum, 120);
      assert.deepEqual([rate.live, rate.value, rate.saved, rate.isSet, rate.default], [false, 10, 3, true, '10']);
      const { secret, isSet, value } = settingAt('camera.password', 'rtsp') ?? {};
      assert.deepEqual({ secret, isSet, value }, { secret: true, isSet: true, value: undefined });
      assert.equal(settingAt('camera.url', 'rtsp')?.value, 'rtsp://***@10.0.0.7/stream');
      assert.equal(described.keys.filter(({ path }) => path === 'camera.source').length, 1);
      assert.equal(settingAt('camera.source')?.value, 'rtsp');
      assert.deepEqual(settingAt('camera.source')?.schema.enum, [
        ...['directory', 'rpicam', 'raspistill', 'v4l2', 'http', 'rtsp', 'video', 'watch'],
      ]);
    }));

  it('name what takes the place of the file', () =>
    withSettings(async ({ file }) => {
      const environment = { INKCAST_MQTT_URL: 'mqtt://elsewhere' };
      const settings = new Settings({
        sources: { file, environment, flags: ['log.level=warn'] },
        mayChangePrograms: false,
      });
      const { keys } = await settings.describe();
      const overriding = keys.flatMap(({ path, overriddenBy }) =>
        overriddenBy === undefined ? [] : [[path, overriddenBy]],
      );
      assert.deepEqual(overriding, [
        ['mqtt.url', 'the environment (INKCAST_MQTT_URL)'],
        ['log.level', '--set log.level'],
      ]);
    }));

  it('are refused all together, with what is wrong with each', () =>
    withSettings(async ({ file, settings }) => {
      const wrong = settings.save({ 'camera.rate': 0, 'mqtt.qos': 7, 'device.name': 'fine', 'log.level': 'loud' });
      const issues = await issuesOf(wrong);
      assert.deepEqual(Object.keys(issues).toSorted(), ['camera.rate', 'log.level', 'mqtt.qos']);
      assert.match(issues['camera.rate'], /^camera\.rate is 0; it must be at least 0\.001/);
      assert.deepEqual(Object.keys(await issuesOf(settings.save({ 'no.key': 1, 'log.colour': 2 }))), [
        'no.key',
        'log.colour',
      ]);
      assert.match((await issuesOf(settings.save({ 'camera.url': null })))['camera.url'], /is missing/);
      assert.equal(await readFile(file, 'utf8'), FILE);
    }));

  it('that say what is run are changed in the file only', () =>
    withSettings(async ({ file, settings }) => {
      const programs = { 'inference.library': '/tmp/mine.so', 'camera.program': '/tmp/mine' };
      assert.deepEqual(Object.keys(await issuesOf(settings.save(programs))), Object.keys(programs));
      assert.deepEqual(
        Object.keys(await issuesOf(settings.save({ inference: { library: 'mine.so' } }))).includes('inference.library'),
        true,
      );
      assert.equal((await inkcast('config', 'set', 'inference.library', '/tmp/mine.so', '--config', file)).code, 0);
    }));

  it('of another camera leave those of the one before it behind, and an address that was shown keeps its password', () =>
    withSettings(async ({ file, settings }) => {
      await settings.save({ 'camera.url': 'rtsp://***@10.0.0.8/stream' });
      assert.match(await readFile(file, 'utf8'), /rtsp:\/\/me:secret@10\.0\.0\.8\/stream/);
      await settings.save({ 'camera.source': 'v4l2', 'camera.width': 640 });
      const { camera } = await loadConfig({ file });
      assert.deepEqual(
        { ...camera, rate: 0 },
        { source: 'v4l2', device: '/dev/video0', width: 640, height: 720, rate: 0 },
      );
      assert.match(await readFile(file, 'utf8'), /source: v4l2 {6}# the old one\n/);
    }));

  it('do not go over what somebody else has written meanwhile', () =>
    withSettings(async ({ file, settings }) => {
      const { version } = await settings.describe();
      await writeFile(file, `${FILE}log: { level: warn }\n`);
      await assert.rejects(settings.save({ 'camera.rate': 3 }, version ?? ''), { code: 'INK_CONFIG_CHANGED' });
      // Without a version, it is the file as it is that is changed.
      await settings.save({ 'camera.rate': 3 });
      assert.deepEqual((await loadConfig({ file })).log.level, 'warn');
    }));

  it('that are saved at the same time are all in the file', () =>
    withSettings(async ({ file, settings }) => {
      await Promise.all([
        settings.save({ 'camera.rate': 3 }),
        settings.save({ 'device.name': 'kitchen' }),
        settings.save({ 'log.level': 'debug' }),
      ]);
      const { camera, device, log } = await loadConfig({ file });
      assert.deepEqual([camera?.source === 'rtsp' && camera.rate, device.name, log.level], [3, 'kitchen', 'debug']);
    }));

  it('have earlier versions for the owner alone, a bounded number of them, each of which can be restored', () =>
    withSettings(async ({ file, settings }) => {
      for (let rate = 1; rate <= 22; rate++) await settings.save({ 'camera.rate': rate });
      const versions = await settings.versions();
      assert.deepEqual(
        versions.map(({ id }) => Number(id)),
        Array.from({ length: 20 }, (_, index) => 22 - index),
      );
      assert.equal((await stat(versions[0].path)).mode & 0o777, 0o600);
      assert.equal((await stat(join(versions[0].path, '..'))).mode & 0o777, 0o700);
      const before = await readFile(file, 'utf8');
      assert.deepEqual((await settings.restore('10')).restartNeeded, ['camera.rate']);
      assert.match(await readFile(file, 'utf8'), / {4}rate: 9\n/);
      const [newest] = await settings.versions();
      assert.equal(await readFile(newest.path, 'utf8'), before);
      await assert.rejects(settings.restore('2'), { code: 'INK_CONFIG_NO_VERSION' });
      await assert.rejects(settings.restore('../../etc/passwd'), { code: 'INK_CONFIG_NO_VERSION' });
    }));

  it('keep owner, permissions and symbolic links of the file', () =>
    withSettings(async ({ file, settings }) => {
      const folder = join(file, '..');
      await mkdir(join(folder, 'real'));
      await writeFile(join(folder, 'real/linked.yaml'), FILE);
      await chmod(join(folder, 'real/linked.yaml'), 0o640);
      if (process.getuid?.() === 0) await chown(join(folder, 'real/linked.yaml'), 12, 34);
      const owner = await stat(join(folder, 'real/linked.yaml'));
      await symlink('real/linked.yaml', join(folder, 'link.yaml'));
      await new Settings({ sources: { file: join(folder, 'link.yaml') }, mayChangePrograms: false }).save({
        'camera.rate': 3,
      });
      assert.ok((await lstat(join(folder, 'link.yaml'))).isSymbolicLink());
      const after = await stat(join(folder, 'real/linked.yaml'));
      assert.deepEqual([after.mode, after.uid, after.gid], [owner.mode, owner.uid, owner.gid]);
      assert.deepEqual((await readdir(join(folder, 'real'))).toSorted(), ['linked.yaml', 'linked.yaml.versions']);
      assert.equal((await settings.versions()).length, 0);
    }));

  it('keep the encoding of the file', () =>
    withSettings(async ({ file, settings }) => {
      await writeFile(file, Buffer.from(`\ufeff${FILE}`, 'utf16le'));
      await settings.save({ 'camera.rate': 3 });
      const bytes = await readFile(file);
      assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xfe]);
      assert.match(bytes.toString('utf16le'), /rate: 3\n/);
    }));

  it('are refused where a key stands in a form that cannot be changed by itself, and where there is no file', () =>
    withSettings(async ({ file, settings }) => {
      const aliased = `${FILE}log: &one { level: warn }\ndevice: { name: kitchen }\n`.replace(
        'name: kitchen',
        'name: &n kitchen',
      );
      const text = aliased.concat('homeassistant: { prefix: *n }\n');
      await writeFile(file, text);
      await assert.rejects(settings.save({ 'device.name': 'hall' }), {
        code: 'INK_CONFIG_UNEDITABLE',
        message: `device.name stands in ${file} in a form that is not changed here.`,
      });
      assert.equal(await readFile(file, 'utf8'), text);
      const without = new Settings({ sources: {}, mayChangePrograms: false });
      await assert.rejects(without.save({ 'log.level': 'warn' }), { code: 'INK_CONFIG_NO_FILE' });
    }));

  it('cannot be saved to a file that this user may not write, and one sentence says so', async function () {
    // Root may write everything; nobody may not.
    if (process.getuid?.() !== 0) this.skip();
    await withSettings(async ({ file }) => {
      await chmod(join(file, '..'), 0o755);
      await chmod(file, 0o644);
      const child = spawn(process.execPath, [INKCAST, 'config', 'set', 'camera.rate', '3', '--config', file], {
        uid: 65_534,
        gid: 65_534,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const stderr: Buffer[] = [];
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      const [code] = await once(child, 'close');
      assert.equal(code, 1);
      assert.equal(
        Buffer.concat(stderr).toString().trim(),
        `INK_FILE_UNWRITABLE: ${file} cannot be written: permission denied. Give the user that Inkcast runs as the right to write it, or change the file by hand.`,
      );
      assert.deepEqual(await readdir(join(file, '..')), ['inkcast.yaml']);
    });
  });
});

describe('inkcast config', () => {
  it('sets and unsets keys, lists earlier versions and restores one', () =>
    withSettings(async ({ file }) => {
      const config = (...args: string[]) => inkcast('config', ...args, '--config', file);
      assert.equal((await config('set', 'camera.rate', '3', 'reading.expect', '[dd, dd:dd]')).code, 0);
      assert.deepEqual((await loadConfig({ file })).reading.expect, ['dd', 'dd:dd']);
      assert.equal((await config('unset', 'reading.expect')).code, 0);
      assert.equal((await loadConfig({ file })).reading.expect, undefined);
      assert.match((await config('versions')).stdout, /^number.*\n +2 .*\n +1 .*inkcast\.yaml\.versions\/0001-/);
      assert.equal((await config('restore', '1')).code, 0);
      assert.equal(await readFile(file, 'utf8'), FILE);
      const wrong = await config('set', 'camera.rate', 'fast');
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, /camera\.rate is "fast"; it must be a number/);
      assert.equal((await config('set', 'camera.rate')).code, 2);
      assert.match((await config('set', 'camera.speed', '1')).stderr, /camera\.speed is not a configuration key/);
    }));
});
