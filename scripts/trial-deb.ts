// `npm run trial:deb -- --arch arm64`: installs the Debian package with apt into a separate Debian (debootstrap, in a folder
// outside the repository), uses it, upgrades, removes and purges it. qemu-user runs a foreign architecture. The trial needs
// root and Debian's packages debootstrap and qemu-user-static. If one is missing, it says so and ends with 0.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { isArchitecture, OWN_ARCHITECTURE as own } from './package/architectures.js';
import { TrialRoot } from './package/trial-root.js';
import { buildForTrial, check, missingForTrial, must, renumbered } from './package/trial-steps.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const SCENE = 'assets/scenes/photos/03-sums.jpg';
const CONFIGURATION = 'etc/inkcast/inkcast.yaml';
const UNIT = 'usr/lib/systemd/system/inkcast.service';
const WANTED = 'etc/systemd/system/multi-user.target.wants/inkcast.service';
const STATE = ['var/lib/private/inkcast/inkcast.db', 'etc/credstore/inkcast.mqtt-password'];
const { arch, deb, roots, keep } = parseArgs({
  options: {
    arch: { type: 'string', default: own ?? process.arch },
    // By default, the trial builds the package.
    deb: { type: 'string' },
    roots: { type: 'string', default: process.env.INKCAST_DEB_ROOTS ?? '/var/tmp/inkcast-deb-roots' },
    keep: { type: 'boolean', default: false },
  },
}).values;

/** What `inkcast read --json` says of a picture. */
const readSchema = z.object({
  text: z.string(),
  rows: z.array(z.string()),
  digits: z.array(z.object({ digit: z.int(), row: z.int(), box: z.array(z.number()) })),
});
const doctorSchema = z.object({
  checks: z.array(z.object({ name: z.string(), status: z.string(), detail: z.string() })),
});

/** The same package with a later version. */
function later(file: string): string {
  const result = join(roots, 'inkcast_later.deb');
  renumbered(file, '+1', result);
  return result;
}

/** Compares the output of `inkcast read` on this machine and in the root. */
function compareReadings(system: TrialRoot): void {
  const args = [join(root, 'device/bin/inkcast.js'), 'read', '--json', join(root, SCENE)];
  const here = readSchema.parse(JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout));
  const output = must(system.run('inkcast', 'read', '--json', `/usr/lib/inkcast/${SCENE}`), 'inkcast read');
  const there = readSchema.parse(JSON.parse(output));
  const same = JSON.stringify(here) === JSON.stringify(there);
  check(`it reads ${JSON.stringify(there.text)}, box by box as on ${own}`, same, JSON.stringify({ here, there }));
}

function consultDoctor(system: TrialRoot): void {
  const source = ['camera.source=directory', 'camera.folder=/usr/lib/inkcast/assets/scenes/photos'];
  const { output, errors } = system.run('inkcast', 'doctor', '--json', ...source.flatMap((text) => ['--set', text]));
  // The folder of the database is named there alone.
  const isConfigured = output.includes('/var/lib/inkcast has');
  check('inkcast doctor takes /etc/inkcast/inkcast.yaml', isConfigured, `${output}${errors}`);
  if (!isConfigured) return;
  for (const { name, status, detail } of doctorSchema.parse(JSON.parse(output)).checks) {
    // There is no broker in the root.
    if (name !== 'broker') check(`inkcast doctor, ${name}: ${detail}`, status !== 'failed');
  }
}

function leftovers(system: TrialRoot): string {
  const skipped = ['/proc', '/dev', '/sys', '/tmp', '/var/log', '/var/cache', '/var/lib/apt'];
  const prune = skipped.flatMap((path, index) => [...(index === 0 ? [] : ['-o']), '-path', path]);
  return system.run('find', '/', '(', ...prune, ')', '-prune', '-o', '-iname', '*inkcast*', '-print').output.trim();
}

function trial(system: TrialRoot, file: string): void {
  const install = (name: string) =>
    system.run('apt-get', 'install', '-y', '-q', '--no-install-recommends', system.copy(name));
  must(system.run('apt-get', 'update', '-q'), 'apt-get update');
  must(install(file), `apt-get install ./inkcast_VERSION_${arch}.deb`);
  const node = must(system.run('node', '-p', 'process.version + " on " + process.arch'), 'node').trim();
  console.log(`     Node ${node}`);
  check('the service is enabled', system.exists(WANTED) && system.exists(UNIT));
  check('there is no configuration yet', !system.exists(CONFIGURATION));
  const version = must(system.run('inkcast', '--version'), 'inkcast --version');
  check(`its version is ${version.trim()}`, file.includes(`_${version.trim()}_`));
  compareReadings(system);
  const changed = 'mqtt:\n  url: mqtt://192.0.2.1\nstorage:\n  folder: /var/lib/inkcast\n';
  system.write(CONFIGURATION, changed);
  consultDoctor(system);

  // The root has no systemd, so this does the same as `systemctl disable`.
  must(system.run('rm', `/${WANTED}`), 'disable');
  must(install(later(file)), 'upgrade');
  check('the upgrade keeps the configuration', readFileSync(system.path(CONFIGURATION), 'utf8') === changed);
  check('the upgrade leaves a disabled service disabled', !system.exists(WANTED));

  for (const path of STATE) system.write(path, 'of the service');
  must(system.run('apt-get', 'remove', '-y', '-q', 'inkcast'), 'apt-get remove');
  check('removal takes the program away', !system.exists('usr/lib/inkcast') && !system.exists('usr/bin/inkcast'));
  const kept = [CONFIGURATION, ...STATE].every((path) => system.exists(path));
  check('removal keeps configuration and state', kept);
  must(system.run('apt-get', 'purge', '-y', '-q', 'inkcast'), 'apt-get purge');
  const left = leftovers(system);
  check('purging leaves nothing behind', left === '', left);
}

const lack = missingForTrial(arch);
if (lack === undefined && isArchitecture(arch)) {
  const file = deb === undefined ? buildForTrial(root, arch, roots) : resolve(deb);
  const system = TrialRoot.make(roots, arch);
  try {
    trial(system, file);
  } finally {
    if (!keep) system.remove();
  }
} else {
  console.log(`trial:deb: skipped, it needs ${lack}`);
}
