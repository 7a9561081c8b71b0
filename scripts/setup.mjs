// Installs what the lockfile names and builds the packages. Plain JavaScript, because it runs before anything
// is installed; idempotent, and quick when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.mjs';
import { digestOf } from './digest.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const installStamp = join(root, 'node_modules/.inkcast-installed');
const buildStamp = join(root, 'node_modules/.inkcast-built');
const manifests = ['package.json', 'package-lock.json', '.npmrc', ...packages().map((name) => `${name}/package.json`)];

function packages() {
  return ['shared', 'training', 'learning', 'reader', 'device', 'lab'];
}

/**
 * @param {string} stamp
 * @param {string} digest
 */
function holds(stamp, digest) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} what
 */
function run(command, args, what) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  process.stderr.write(`setup: ${what} failed${error ? `: ${error.message}` : ''}\n`);
  process.exit(1);
}

export function setup() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`setup: Inkcast needs Node 20.19 or newer, this is ${process.version}\n`);
    process.exit(1);
  }
  const wanted = digestOf(manifests);
  if (!holds(installStamp, wanted)) {
    run('npm', ['ci', '--loglevel=error'], 'npm ci');
    writeFileSync(installStamp, wanted);
  }
  const sources = packages().flatMap((name) => [`${name}/tsconfig.json`, `${name}/src`]);
  const built = `${wanted}:${digestOf(['tsconfig.base.json', ...sources])}`;
  const complete = packages().every((name) => existsSync(join(root, name, 'dist')));
  if (!holds(buildStamp, built) || !complete) {
    rmSync(buildStamp, { force: true });
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', ...packages()], 'the build');
    writeFileSync(buildStamp, built);
  }
  buildPage();
  // esbuild is there only once npm has installed it.
  run(process.execPath, [join(root, 'scripts/build-program.mjs')], 'the build of the program');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
