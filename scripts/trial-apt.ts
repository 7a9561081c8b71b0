// `npm run trial:apt -- --arch arm64`: publishes the Debian package to a signed repository on 127.0.0.1 and installs it with apt into
// a separate Debian (debootstrap, in a folder outside the repository): first an earlier version, then an upgrade over a configuration
// that was changed. On the own architecture, a real systemd boots with the packaged service, which reads a camera's stand-in until the
// reading arrives at an MQTT broker. Then the package is purged. It needs root and Debian's packages debootstrap, apt-utils and gnupg,
// and qemu-user-static for another architecture. If one is missing, it says so and ends with 0.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { KEYRING, publishPackages } from './package/apt/repository.js';
import { isArchitecture, OWN_ARCHITECTURE as own } from './package/architectures.js';
import { TrialRoot } from './package/trial-root.js';
import { buildForTrial, check, missingForTrial, must, renumbered } from './package/trial-steps.js';
import { allHold, bootSystem, makeBootFolder } from './systemd/boot-system.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const SCRIPTS = fileURLToPath(new URL('systemd', import.meta.url));
const CONFIGURATION = 'etc/inkcast/inkcast.yaml';
const WIDTH = 1280;
const HEIGHT = 960;
const CONFIGURED = `device: { name: trial }
camera: { source: rpicam, width: ${WIDTH}, height: ${HEIGHT} }
mqtt: { url: "mqtt://127.0.0.1:1883" }
`;
const { arch, deb, roots, keep } = parseArgs({
  options: {
    arch: { type: 'string', default: own ?? process.arch },
    // By default, the trial builds the package.
    deb: { type: 'string' },
    roots: { type: 'string', default: process.env.INKCAST_DEB_ROOTS ?? '/var/tmp/inkcast-deb-roots' },
    keep: { type: 'boolean', default: false },
  },
}).values;

/** A key for this trial, in a folder of gpg's own. */
function makeKey(folder: string): string {
  const home = join(folder, 'gnupg');
  mkdirSync(home, { mode: 0o700 });
  process.env.GNUPGHOME = home;
  const options = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', ''];
  const address = 'packages@inkcast.example';
  const { status, stderr } = spawnSync('gpg', [...options, '--quick-generate-key', address, 'ed25519', 'sign'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gpg made no key: ${stderr}`);
  return address;
}

/** Serves a folder in a process of its own, because the trial waits for its commands. @returns it with its port */
async function serve(folder: string): Promise<{ server: ChildProcess; port: string }> {
  const script = join(root, 'scripts/package/serve-folder.mjs');
  const server = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(createInterface(server.stdout), 'line');
  return { server, port: String(port) };
}

/** A frame as a Pi's camera writes it: planar YUV 4:2:0. */
async function frame(): Promise<Buffer> {
  const note = sharp(join(root, 'assets/scenes/photos/01-note.jpg')).resize(WIDTH, HEIGHT, { fit: 'fill' });
  const luma = await note.grayscale().raw().toBuffer();
  return Buffer.concat([luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

/** Boots the system with the service of its package. */
async function boot(system: TrialRoot): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inkcast-boot-'));
  try {
    const out = makeBootFolder(folder);
    copyFileSync(join(SCRIPTS, 'package-steps.sh'), join(out, 'steps.sh'));
    copyFileSync(join(SCRIPTS, 'checks.sh'), join(out, 'checks.sh'));
    writeFileSync(join(out, 'frame.yuv'), await frame());
    writeFileSync(join(folder, 'inkcast.yaml'), CONFIGURED);
    const results = bootSystem({ folder, system: system.folder, prepare: 'prepare-package.sh', args: [] });
    console.log(results.trim());
    check('systemd has run the packaged service', allHold(results));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function trial(system: TrialRoot, file: string, folder: string): Promise<void> {
  const repository = join(folder, 'apt');
  const key = makeKey(folder);
  const earlier = join(folder, file.replace(/^.*\/(inkcast_[^_]*)/, '$1~0'));
  renumbered(file, '~0', earlier);
  publishPackages({ folder: repository, packages: [earlier], key });
  const { server, port } = await serve(repository);
  try {
    const apt = (...args: readonly string[]) => system.run('apt-get', ...args);
    const install = (...names: readonly string[]) => apt('install', '-y', '-q', '--no-install-recommends', ...names);
    const version = () => system.run('dpkg-query', '-W', '-f', '$' + '{Version}', 'inkcast').output;
    const source = `deb [signed-by=/usr/share/keyrings/${KEYRING}] http://127.0.0.1:${port} stable main\n`;
    system.write('etc/apt/apt.conf.d/91local', 'Acquire::http::Proxy::127.0.0.1 "DIRECT";\n');
    system.write('etc/apt/sources.list.d/inkcast.list', source);
    check(
      'apt refuses the repository without its key',
      apt('update', '-q', '-o', 'APT::Update::Error-Mode=any').status !== 0,
    );
    copyFileSync(join(repository, KEYRING), system.path(`usr/share/keyrings/${KEYRING}`));
    must(apt('update', '-q', '-o', 'APT::Update::Error-Mode=any'), 'apt-get update takes it with its key');
    must(install('inkcast'), 'apt-get install inkcast');
    check('it is the earlier version', version().endsWith('~0'), version());

    const changed = `# changed by hand\n${CONFIGURED}`;
    system.write(CONFIGURATION, changed);
    publishPackages({ folder: repository, packages: [file], key });
    must(apt('update', '-q'), 'apt-get update sees the next version');
    must(apt('upgrade', '-y', '-q'), 'apt-get upgrade');
    check('it is the next version', file.includes(`_${version()}_`), version());
    check('the upgrade keeps the configuration', readFileSync(system.path(CONFIGURATION), 'utf8') === changed);
    must(install('--allow-downgrades', `inkcast=${version()}~0`), 'going back to the earlier version');
    must(apt('upgrade', '-y', '-q'), 'apt-get upgrade, once more');
    const scene = '/usr/lib/inkcast/assets/scenes/photos/01-note.jpg';
    check('it reads a picture', must(system.run('inkcast', 'read', scene), 'inkcast read').includes('407'));
    if (arch === own) {
      must(install('systemd', 'libnss-systemd', 'mosquitto', 'mosquitto-clients'), 'systemd and mosquitto');
      await boot(system);
    }
    must(apt('purge', '-y', '-q', 'inkcast'), 'apt-get purge');
    check('purging takes the configuration away', !system.exists(CONFIGURATION));
  } finally {
    server.kill();
    spawnSync('gpgconf', ['--kill', 'all']);
  }
}

const lack = missingForTrial(arch, 'apt-ftparchive', 'gpg');
if (lack === undefined && isArchitecture(arch)) {
  const file = deb === undefined ? buildForTrial(root, arch, roots) : resolve(deb);
  const folder = mkdtempSync(join(tmpdir(), 'inkcast-apt-'));
  const system = TrialRoot.make(roots, arch, 'apt');
  try {
    await trial(system, file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    if (!keep) system.remove();
  }
} else {
  console.log(`trial:apt: skipped, it needs ${lack}`);
}
