// `npm run release -- --key KEY`: makes every artefact of this version below dist/release, with checksums and notes
// (docs/guide/release.md). Each is made by its own command, so that a release holds nothing that they do not.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { needPlaces } from './package/addon/need-places.js';
import { ARCHITECTURES, isArchitecture } from './package/architectures.js';
import { ownVersion } from './package/details.js';
import { needImageTools } from './package/oci/image-tools.js';
import { PackagingCommand } from './package/packaging-command.js';
import { checksums, SUMS } from './release/checksums.js';
import { isChanged, releaseNotes } from './release/notes.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const KINDS = ['npm', 'deb', 'apt', 'oci', 'addon'];
const NOTES = 'RELEASE-NOTES.md';

const command: PackagingCommand = new PackagingCommand(
  'release',
  `[--only ${KINDS.join(',')}] [--key KEY] [--image NAME-{arch} --url ADDRESS] [--out FOLDER] [--changed]`,
);

/** Runs the command of a package, which says itself what is wrong. */
function make(script: string, ...args: readonly string[]): void {
  console.log(`${script} ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, join(root, 'scripts', script), ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) command.fail(`${script} failed`);
}

/** Packs a folder: a release has files only. */
function archive(name: string): void {
  const file = join(out, `inkcast-${name}_${version}.tar.gz`);
  const { status, stderr } = spawnSync('tar', ['-czf', file, '-C', out, name], { encoding: 'utf8' });
  if (status !== 0) command.fail(`tar failed: ${stderr}`);
  rmSync(join(out, name), { recursive: true });
}

const {
  only,
  key,
  image,
  url,
  out: named,
  changed,
} = command.options({
  only: { type: 'string', default: KINDS.join(',') },
  // Signs the apt repository.
  key: { type: 'string' },
  // Of the add-on.
  image: { type: 'string', default: '' },
  url: { type: 'string', default: '' },
  out: { type: 'string', default: join(root, 'dist/release') },
  // For tests: what is not committed may be in it.
  changed: { type: 'boolean', default: false },
});
const kinds = only.split(',');
const unknown = kinds.find((kind) => !KINDS.includes(kind));
if (unknown !== undefined) command.misused(`there is no kind ${unknown}`);
if (kinds.includes('apt') && key === undefined) {
  command.misused('say which key signs the apt repository (--key), or leave apt out');
}
if (kinds.includes('addon')) needPlaces(command, image, url);

const architectures = Object.keys(ARCHITECTURES).filter(isArchitecture);
// The images come late, and half an hour of work would be for nothing.
if (kinds.includes('oci')) needImageTools(command, architectures);

const version = ownVersion(root);
const out = resolve(named);
await command.run(async () => {
  if (!changed && isChanged(root)) command.fail('the repository has changes that are not committed');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, NOTES), releaseNotes(root, version));
  if (kinds.includes('npm')) make('package-npm.ts', '--out', out);
  for (const arch of architectures) {
    if (kinds.includes('deb') || kinds.includes('apt')) make('package-deb.ts', '--arch', arch, '--out', out);
    if (kinds.includes('oci')) make('package-oci.ts', '--arch', arch, '--out', out);
  }
  if (kinds.includes('apt')) {
    make('package-apt.ts', '--key', key ?? '', '--debs', out, '--out', join(out, 'apt'));
    archive('apt');
  }
  if (kinds.includes('addon')) {
    make('package-addon.ts', '--image', image, '--url', url, '--out', join(out, 'addon'));
    archive('addon');
  }
  writeFileSync(join(out, SUMS), await checksums(out));
  console.log(relative(process.cwd(), out));
});
