import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { lstat, mkdir, readFile, readlink, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const FOLDER = fileURLToPath(new URL('../../systemd', import.meta.url));
const UNIT = join(FOLDER, 'inkcast.service');
const PROGRAM = '/usr/bin/inkcast';

/** Every value of a setting, lists split. */
async function values(setting: string): Promise<string[]> {
  const lines = (await readFile(UNIT, 'utf8')).split('\n').filter((line) => line.startsWith(`${setting}=`));
  return lines.flatMap((line) => line.slice(setting.length + 1).split(' '));
}

describe('the systemd unit', () => {
  it('leaves no core dump, which would hold all passwords that the daemon knows', async () => {
    assert.deepEqual(await values('LimitCORE'), ['0']);
  });

  describe('to systemd-analyze', function () {
    this.timeout(60_000);

    before(function () {
      needsProgram(this, 'systemd-analyze');
    });

    it('has an exposure of no more than 1.5', async () => {
      const args = ['security', '--offline=true', '--threshold=15', '--no-pager', UNIT];
      const { stdout } = await promisify(execFile)('systemd-analyze', args);
      const exposure = /Overall exposure level for inkcast\.service: ([\d.]+)/.exec(stdout)?.[1];
      assert.ok(Number(exposure) <= 1.5, stdout);
    });

    it('is without a fault', () =>
      inTemporaryFolder(async (folder) => {
        // It looks for the program, too, which only the package puts there.
        const unit = await readFile(UNIT, 'utf8');
        assert.ok(unit.includes(`ExecStart=${PROGRAM} run\n`));
        const copy = join(folder, 'inkcast.service');
        await writeFile(copy, unit.replace(PROGRAM, process.execPath));
        const { stdout, stderr } = await promisify(execFile)('systemd-analyze', ['verify', '--man=no', copy]);
        assert.equal(stdout + stderr, '');
        // That the check sees faults at all:
        await writeFile(copy, unit.replace(PROGRAM, join(folder, 'missing')));
        await assert.rejects(promisify(execFile)('systemd-analyze', ['verify', '--man=no', copy]), /not executable/);
      }));
  });

  it('leaves open what cameras, accelerators and V8 need', async () => {
    const classes = ['video4linux', 'media', 'dma_heap', 'vchiq', 'usb_device'];
    const allowed = await values('DeviceAllow');
    for (const name of classes) assert.ok(allowed.includes(`char-${name}`), name);
    assert.deepEqual(await values('SupplementaryGroups'), ['video', 'plugdev']);
    assert.ok((await values('RestrictAddressFamilies')).includes('AF_NETLINK'), 'libusb would not hear of a new stick');
    for (const setting of ['PrivateDevices', 'MemoryDenyWriteExecute', 'ProcSubset', 'PrivateNetwork']) {
      assert.deepEqual(await values(setting), [], setting);
    }
    for (const value of await values('LoadCredential')) {
      assert.ok(!value.includes(':'), 'a credential with a path that is missing would keep the daemon from starting');
    }
  });
});

describe("the unit's preparation of the configuration", () => {
  /** Runs the unit's command with folders of a test in the place of the system's. */
  const prepare = async (folder: string): Promise<void> => {
    const [, command = ''] = /^ExecStartPre=-\+((?:.*\\\n)*.*)$/m.exec(await readFile(UNIT, 'utf8')) ?? [];
    const [, script = ''] = /^\/bin\/sh -ec '(.*)'$/.exec(command.replaceAll('\\\n', ' ').replaceAll('$$', '$')) ?? [];
    assert.notEqual(script, '');
    const inFolder = script
      .replace('/etc/inkcast/', join(folder, 'etc/'))
      .replace('/var/lib/inkcast', join(folder, 'state'));
    await promisify(execFile)('/bin/sh', ['-ec', inFolder]);
  };
  const prepared = (work: (link: string, file: string, folder: string) => Promise<void>) =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'etc'));
      await mkdir(join(folder, 'state'));
      await work(join(folder, 'etc/inkcast.yaml'), join(folder, 'state/inkcast.yaml'), folder);
    });

  it('makes a link to where the service may write, though there is no file yet', () =>
    prepared(async (link, file, folder) => {
      await prepare(folder);
      assert.equal(await readlink(link), file);
      await assert.rejects(stat(link), { code: 'ENOENT' });
      await prepare(folder);
      assert.equal(await readlink(link), file);
    }));

  it('takes over a file that was installed, or that root writes later, with its permissions', () =>
    prepared(async (link, file, folder) => {
      await writeFile(link, 'device: { name: old }\n', { mode: 0o640 });
      await prepare(folder);
      assert.ok((await lstat(link)).isSymbolicLink());
      assert.equal(await readFile(file, 'utf8'), 'device: { name: old }\n');
      assert.equal((await stat(file)).mode & 0o777, 0o640);
      assert.equal((await stat(file)).uid, (await stat(join(folder, 'state'))).uid);
      // As sed -i and some editors do.
      await unlink(link);
      await writeFile(link, 'device: { name: new }\n', { mode: 0o600 });
      await prepare(folder);
      assert.equal(await readFile(link, 'utf8'), 'device: { name: new }\n');
      assert.equal((await stat(file)).mode & 0o777, 0o600);
    }));

  it('writes nothing through a link that the service has left in its folder', () =>
    prepared(async (link, file, folder) => {
      const victim = join(folder, 'victim');
      await writeFile(victim, 'untouched');
      await symlink(victim, `${file}.new`);
      await symlink(victim, file);
      await writeFile(link, 'device: { name: old }\n');
      await prepare(folder);
      assert.equal(await readFile(victim, 'utf8'), 'untouched');
      assert.equal(await readFile(link, 'utf8'), 'device: { name: old }\n');
    }));
});

describe('the udev rules', () => {
  it("give both ids of Coral's stick, and its cards, to a group that the unit is in", async () => {
    const text = await readFile(join(FOLDER, '60-inkcast-coral.rules'), 'utf8');
    const rules = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const pairs = /^([A-Z]+(?:\{\w+\})?(?:==|=)"[^"]+"(?:, |$))+$/;
    for (const rule of rules) assert.match(rule, pairs);
    for (const [vendor, product] of [
      ['1a6e', '089a'],
      ['18d1', '9302'],
    ]) {
      const match = `ATTR{idVendor}=="${vendor}", ATTR{idProduct}=="${product}"`;
      assert.equal(rules.filter((rule) => rule.includes(match)).length, 1, match);
    }
    assert.ok(rules.some((rule) => rule.startsWith('SUBSYSTEM=="apex"')));
    const groups = await values('SupplementaryGroups');
    for (const rule of rules) assert.ok(groups.includes(/GROUP="(\w+)"/.exec(rule)?.[1] ?? ''), rule);
  });
});
