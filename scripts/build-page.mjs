// Builds device/web with Vite, unless nothing has changed since: the page into device/dist-web, and with `--site` the static
// site (`npm run build:site`) into device/dist-site.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from './digest.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What both are built of and with: files and folders. */
const SOURCES = [
  ...[
    'device/web/src',
    'device/web/vite.config.js',
    'device/web/licences.js',
    'scripts/package-licence.mjs',
    'reader/src',
    'reader/wasm',
    'shared/src',
  ],
  'package-lock.json',
];

/** The page that the daemon serves. @throws Error with what Vite says */
export function buildPage() {
  build('device/web', 'device/dist-web', ['device/web/index.html']);
}

/** What of the page needs no daemon, for any server of files. @throws Error with what Vite says */
export function buildSite() {
  build('device/web/site', 'device/dist-site', [
    ...['device/web/site', 'device/web/service-worker', 'models/digits'],
    ...['training/src', 'training/wasm', 'learning/src'],
  ]);
}

/**
 * @param {string} folder of Vite's configuration
 * @param {string} to
 * @param {readonly string[]} sources besides those of both
 */
function build(folder, to, sources) {
  const stamp = join(root, `node_modules/.inkcast-built-${folder.replaceAll('/', '-')}`);
  const wanted = digestOf([...SOURCES, ...sources]);
  const built = existsSync(join(root, to, 'index.html'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', folder, '--logLevel', 'warn'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${folder} cannot be built:\n${stderr}`);
  writeFileSync(stamp, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--site')) buildSite();
  else buildPage();
}
