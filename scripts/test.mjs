// `npm test`: installs, builds, lints, type-checks, and runs every test. Arguments go to mocha (`npm test -- -g mqtt`).
// The list of tests is not in .mocharc.json: otherwise mocha would run all of them in addition to a single named file.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Debian puts servers into sbin, which is not on every user's PATH.
const folders = [process.env.PATH, '/usr/sbin', '/usr/local/sbin'].join(delimiter);
process.env.PATH = folders;

const debianPackages = [
  ...['mosquitto', 'openssl', 'ffmpeg', 'rtsp-server-perl', 'faketime', 'strace'].map((name) => ({
    command: name,
    name,
  })),
  { command: 'gpg', name: 'gpg' },
  { command: 'gpg-agent', name: 'gpg-agent' },
  { command: 'apt-ftparchive', name: 'apt-utils' },
  { command: 'pg_ctlcluster', name: 'postgresql' },
  { command: 'prometheus', name: 'prometheus' },
  { command: 'systemd-analyze', name: 'systemd' },
  { command: 'chromium', name: 'chromium' },
  { file: '/usr/lib/python3/dist-packages/h5py', name: 'python3-h5py' },
];

/** Files that are tested at once, each in a process; what a file prints stays together. */
const JOBS = 2;

/**
 * Those that take longest, by what a run says at its end: begun last, one of them would keep a single process busy when all
 * others are done.
 */
const STARTED_FIRST = [
  'lab/cli/fit',
  'e2e/browser/teach-loop',
  'packaging/npm-packages',
  'repository/page-commands',
  'repository/tutorial',
  'e2e/browser/look',
  'e2e/accelerator-recovery',
  'lab/power-cut/power-cut',
].map((name) => join('tests', `${name}.test.ts`));

/** @param {string} command */
function onPath(command) {
  return folders.split(delimiter).some((folder) => existsSync(join(folder, command)));
}

/** @param {{ command: string } | { file: string }} wanted */
function isThere(wanted) {
  return 'file' in wanted ? existsSync(wanted.file) : onPath(wanted.command);
}

/** Installs the Debian packages that tests use. A test whose tool is missing reports itself as skipped. */
function installDebianPackages() {
  const missing = debianPackages.filter((wanted) => !isThere(wanted)).map(({ name }) => name);
  if (missing.length === 0) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (/** @type {string[]} */ ...args) => {
    const [command, ...rest] = [...asRoot, 'apt-get', ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  };
  console.log(`installing ${missing.join(', ')} with apt`);
  if (!apt('update', '-q') || !apt('install', '-yq', '--no-install-recommends', ...missing)) {
    console.error(`test: could not install ${missing.join(', ')}; the tests that need it will be reported as skipped`);
  }
}

/**
 * @param {string} what
 * @param {string} script below node_modules
 * @param {string[]} args
 */
function check(what, script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) return;
  console.error(`test: ${what} failed`);
  process.exit(1);
}

/** The test files in the order in which they are begun. */
function testFiles() {
  const names = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => name.endsWith('.test.ts')).map((name) => join('tests', name));
  const isOfDevices = (/** @type {string} */ file) => file.startsWith(join('tests', 'e2e'));
  const others = files.filter((file) => !STARTED_FIRST.includes(file));
  const groups = [others.filter(isOfDevices), others.filter((file) => !isOfDevices(file))];
  // Evenly mixed: whole devices and browsers wait much, and fewer of them run at once.
  const placed = groups.flatMap((group) => group.map((file, index) => ({ file, place: (index + 0.5) / group.length })));
  const mixed = placed.sort((a, b) => a.place - b.place).map(({ file }) => file);
  return [...STARTED_FIRST, ...mixed];
}

setup();
check('lint (npm run format mends most of it)', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.');
check('the type check', 'typescript/bin/tsc', '-b');
installDebianPackages();
check(
  'the test run',
  'mocha/bin/mocha.js',
  ...['--parallel', '--jobs', String(JOBS)],
  ...process.argv.slice(2),
  ...testFiles(),
);
