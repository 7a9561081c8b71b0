import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FileServer } from '../support/file-server.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { REPOSITORY } from './built-package.js';

const execute = promisify(execFile);
const KEYRING = 'inkcast-archive-keyring.gpg';

/** A key without a password, in a folder of gpg's own. @returns its environment and fingerprint */
async function makeKey(folder: string) {
  const home = join(folder, 'gnupg');
  await mkdir(home, { mode: 0o700 });
  const env = { ...process.env, GNUPGHOME: home };
  const options = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', ''];
  await execute('gpg', [...options, '--quick-generate-key', 'packages@inkcast.example', 'ed25519', 'sign'], { env });
  const { stdout } = await execute('gpg', ['--list-keys', '--with-colons'], { env });
  const [, key = ''] = /^fpr:+([0-9A-F]+):$/m.exec(stdout) ?? [];
  return { env, key, end: () => execute('gpgconf', ['--kill', 'all'], { env }) };
}

/** A package that is named as ours, of one file. */
async function makeDeb(folder: string, version: string, architecture: string): Promise<void> {
  const tree = join(folder, `tree-${version}-${architecture}`);
  await mkdir(join(tree, 'DEBIAN'), { recursive: true });
  await chmod(tree, 0o755);
  const fields = { Package: 'inkcast', Version: version, Architecture: architecture, Maintainer: 'A <a@b.example>' };
  const lines = Object.entries({ ...fields, Description: 'a test' }).map(([name, value]) => `${name}: ${value}\n`);
  await writeFile(join(tree, 'DEBIAN/control'), lines.join(''));
  await mkdir(join(folder, 'debs'), { recursive: true });
  await execute('dpkg-deb', ['-b', tree, join(folder, 'debs', `inkcast_${version}_${architecture}.deb`)]);
}

describe('the apt repository', function () {
  this.timeout(120_000);

  before(function () {
    needsProgram(this, 'apt-ftparchive', 'gpg', 'gpg-agent', 'apt-get', 'dpkg-deb');
  });

  /** Publishes what is in `debs`, and gives an apt that knows nothing but the repository, to `work`. */
  async function withRepository(
    work: (tools: {
      folder: string;
      publish: () => Promise<void>;
      apt: (architecture: string, ...args: string[]) => Promise<string>;
    }) => Promise<void>,
  ): Promise<void> {
    await inTemporaryFolder(async (folder) => {
      const { env, key, end } = await makeKey(folder);
      const out = join(folder, 'apt');
      await mkdir(out);
      const server = await FileServer.start(out);
      const script = [...process.execArgv, join(REPOSITORY, 'scripts/package-apt.ts')];
      const publish = async () => {
        const args = ['--key', key, '--debs', join(folder, 'debs'), '--out', out];
        await execute(process.execPath, [...script, ...args], { env });
      };
      const apt = async (architecture: string, command: string, ...args: string[]) => {
        const root = join(folder, `root-${architecture}`);
        for (const name of ['etc/apt/preferences.d', 'var/lib/apt/lists/partial', 'var/cache/apt/archives/partial'])
          await mkdir(join(root, name), { recursive: true });
        await mkdir(join(root, 'var/lib/dpkg'), { recursive: true });
        await writeFile(join(root, 'var/lib/dpkg/status'), '');
        const source = `deb [signed-by=${join(out, KEYRING)}] ${server.origin} stable main\n`;
        await writeFile(join(root, 'etc/apt/sources.list'), source);
        const settings = {
          Dir: root,
          'Dir::State::status': join(root, 'var/lib/dpkg/status'),
          'APT::Architecture': architecture,
          'APT::Architectures': architecture,
          'APT::Sandbox::User': 'root',
          'APT::Update::Error-Mode': 'any',
          'Acquire::http::Proxy': 'DIRECT',
        };
        const config = join(root, 'apt.conf');
        const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";\n`);
        await writeFile(config, lines.join(''));
        const { stdout } = await execute(command, args, { cwd: root, env: { ...process.env, APT_CONFIG: config } });
        return stdout;
      };
      try {
        await work({ folder, publish, apt });
      } finally {
        await server.stop();
        await end();
      }
    });
  }

  it('gives each architecture its newest package, and keeps the earlier ones', () =>
    withRepository(async ({ folder, publish, apt }) => {
      await makeDeb(folder, '1.0.0', 'amd64');
      await makeDeb(folder, '1.0.0', 'arm64');
      await publish();
      for (const architecture of ['amd64', 'arm64']) {
        await apt(architecture, 'apt-get', 'update');
        assert.match(await apt(architecture, 'apt-cache', 'policy', 'inkcast'), /Candidate: 1\.0\.0\n/);
      }
      await rm(join(folder, 'debs'), { recursive: true });
      await makeDeb(folder, '1.1.0', 'amd64');
      await publish();
      await apt('amd64', 'apt-get', 'update');
      await apt('arm64', 'apt-get', 'update');
      assert.match(await apt('amd64', 'apt-cache', 'policy', 'inkcast'), /Candidate: 1\.1\.0\n/);
      assert.match(await apt('arm64', 'apt-cache', 'policy', 'inkcast'), /Candidate: 1\.0\.0\n/);
      await apt('amd64', 'apt-get', 'download', 'inkcast');
      await apt('amd64', 'apt-get', 'download', 'inkcast=1.0.0');
      const loaded = (await readdir(join(folder, 'root-amd64'))).filter((name) => name.endsWith('.deb'));
      assert.deepEqual(loaded.sort(), ['inkcast_1.0.0_amd64.deb', 'inkcast_1.1.0_amd64.deb']);
    }));

  it('is refused by apt when a list was changed after it was signed', () =>
    withRepository(async ({ folder, publish, apt }) => {
      await makeDeb(folder, '1.0.0', 'amd64');
      await publish();
      await apt('amd64', 'apt-get', 'update');
      for (const name of ['Packages', 'Packages.gz'])
        await appendFile(join(folder, 'apt/dists/stable/main/binary-amd64', name), '\n');
      await rm(join(folder, 'root-amd64'), { recursive: true });
      await assert.rejects(apt('amd64', 'apt-get', 'update'), /File has unexpected size|Hash Sum mismatch/);
    }));

  it('is not made without a key or without packages: one sentence says so', () =>
    inTemporaryFolder(async (folder) => {
      const script = [...process.execArgv, join(REPOSITORY, 'scripts/package-apt.ts')];
      const run = (...args: string[]) => execute(process.execPath, [...script, ...args]);
      await assert.rejects(run('--debs', folder), { code: 2 });
      await assert.rejects(run('--debs', folder, '--key', 'A'), (error: { code: number; stderr: string }) => {
        assert.equal(error.code, 1);
        assert.match(error.stderr, /^package:apt: .* has no package; npm run package:deb makes one\n$/);
        return true;
      });
    }));
});
