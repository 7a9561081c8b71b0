import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ARCHITECTURES } from '../architectures.js';

const SUITE = 'stable';
const COMPONENT = 'main';
/** The public key, in the folder and for `Signed-By`. */
export const KEYRING = 'inkcast-archive-keyring.gpg';

export interface RepositoryOptions {
  /** The folder that a web server serves. What an earlier run has put there stays, so earlier versions can be installed. */
  readonly folder: string;
  /** Packages to add. */
  readonly packages: readonly string[];
  /** The key that signs, as gpg names it. Its secret part is in gpg's own folder. */
  readonly key: string;
}

/**
 * Adds Debian packages to a signed apt repository, in the layout of Debian's (wiki.debian.org/DebianRepository/Format). The signed
 * list of lists is written last: until then, apt sees the earlier state.
 */
export function publishPackages({ folder, packages, key }: RepositoryOptions): void {
  const pool = `pool/${COMPONENT}/i/inkcast`;
  mkdirSync(join(folder, pool), { recursive: true });
  for (const file of packages) copyFileSync(file, join(folder, pool, basename(file)));
  const present = readdirSync(join(folder, pool));
  const architectures = Object.keys(ARCHITECTURES).filter((name) =>
    present.some((file) => file.endsWith(`_${name}.deb`)),
  );
  for (const architecture of architectures) {
    const lists = join(folder, 'dists', SUITE, COMPONENT, `binary-${architecture}`);
    mkdirSync(lists, { recursive: true });
    const list = run(folder, 'apt-ftparchive', '--arch', architecture, 'packages', pool);
    writeFileSync(join(lists, 'Packages'), list);
    writeFileSync(join(lists, 'Packages.gz'), gzipSync(list, { level: 9 }));
  }
  const facts = {
    Origin: 'Inkcast',
    Label: 'Inkcast',
    Suite: SUITE,
    Codename: SUITE,
    Components: COMPONENT,
    Architectures: architectures.join(' '),
    Description: 'Handwritten digits from a camera to MQTT',
  };
  const settings = Object.entries(facts).flatMap(([name, value]) => [
    '-o',
    `APT::FTPArchive::Release::${name}=${value}`,
  ]);
  const release = join(folder, 'dists', SUITE, 'Release');
  // apt-ftparchive leaves an earlier file of this name out of the sums.
  writeFileSync(release, run(folder, 'apt-ftparchive', ...settings, 'release', join('dists', SUITE)));
  const sign = ['--batch', '--yes', '--local-user', key];
  run(folder, 'gpg', ...sign, '--armor', '--detach-sign', '--output', `${release}.gpg`, release);
  run(folder, 'gpg', ...sign, '--clearsign', '--output', join(folder, 'dists', SUITE, 'InRelease'), release);
  run(folder, 'gpg', '--batch', '--yes', '--output', join(folder, KEYRING), '--export', key);
}

function run(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}
