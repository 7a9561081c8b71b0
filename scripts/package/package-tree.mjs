import { createHash } from 'node:crypto';
import { chmodSync, lutimesSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow, layOutApplication } from './application-tree.mjs';
import { ARCHITECTURES } from './architectures.mjs';
import { commandHelp } from './command-help.mjs';
import { bashCompletion } from './completion.mjs';
import { copyrightFile } from './copyright.mjs';
import { changelogFile, controlFile } from './debian-files.mjs';
import { neededGlibc } from './elf.mjs';
import { commandPage, configurationPage } from './man-pages.mjs';
import { productionPackages } from './production-packages.mjs';

const CONTROL_FILES = ['conffiles', 'postinst', 'prerm', 'postrm'];
const SYSTEMD_FOLDERS = { '.service': 'systemd/system', '.rules': 'udev/rules.d' };
/** Files for training, which a device does not need. */
const PAGES_OF_TRAINING = ['train.md', 'convert.md'];

/** Creates the tree of files for dpkg-deb. */
export async function layOutPackage(root, tree, scratch, details) {
  const architecture = ARCHITECTURES[details.architecture];
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const packages = productionPackages(lock, architecture);
  const folders = layOutApplication({ root, target: join(tree, 'usr/lib/inkcast'), scratch, packages, architecture });
  const template = (name) => readFileSync(join(root, 'systemd/debian', name), 'utf8');
  const put = (path, content) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  };
  put('usr/bin/inkcast', template('launcher'));
  put('etc/inkcast/inkcast.yaml', template('inkcast.yaml'));
  put('usr/share/lintian/overrides/inkcast', template('lintian-overrides'));
  for (const name of readdirSync(join(root, 'systemd'))) {
    const folder = SYSTEMD_FOLDERS[extname(name)];
    if (folder !== undefined) put(`usr/lib/${folder}/${name}`, readFileSync(join(root, 'systemd', name)));
  }
  await putDocuments(root, put, template, details);
  put('usr/share/doc/inkcast/copyright', copyrightFile(template('copyright'), packages, folders));
  putControlFiles(tree, put, template, details);
  setModesAndTimes(tree, details.date);
}

/** Creates pages, manual and completion from the current sources. */
async function putDocuments(root, put, template, { version, date, maintainer }) {
  const documents = 'usr/share/doc/inkcast';
  const guide = readdirSync(join(root, 'docs/guide')).filter((page) => !PAGES_OF_TRAINING.includes(page));
  for (const page of guide) put(`${documents}/guide/${page}`, readFileSync(join(root, 'docs/guide', page)));
  const changes = changelogFile(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), { version, maintainer, date });
  put(`${documents}/changelog.gz`, gzipSync(changes, { level: 9 }));

  const { runCommandLine } = await import(join(root, 'device/dist/cli/index.js'));
  const { configKeys } = await import(join(root, 'device/dist/config/index.js'));
  const help = await commandHelp(runCommandLine);
  const edition = { version, date: date.toISOString().slice(0, 10) };
  const commands = commandPage(template('inkcast.1'), help, edition);
  put('usr/share/man/man1/inkcast.1.gz', gzipSync(commands, { level: 9 }));
  const keys = configurationPage(template('inkcast.yaml.5'), configKeys(), edition);
  put('usr/share/man/man5/inkcast.yaml.5.gz', gzipSync(keys, { level: 9 }));
  put('usr/share/bash-completion/completions/inkcast', bashCompletion(help));
}

function putControlFiles(tree, put, template, details) {
  const sums = [];
  const binaries = [];
  let installedBytes = 0;
  for (const path of filesBelow(tree)) {
    const content = readFileSync(join(tree, path));
    installedBytes += content.length;
    // dpkg stores the checksums of configuration files itself.
    if (!path.startsWith('etc/')) sums.push(`${createHash('md5').update(content).digest('hex')}  ${path}\n`);
    if (/\.(node|so)\b/.test(path)) binaries.push(content);
  }
  put('DEBIAN/control', controlFile(template('control'), { ...details, glibc: neededGlibc(binaries), installedBytes }));
  put('DEBIAN/md5sums', sums.join(''));
  for (const name of CONTROL_FILES) put(`DEBIAN/${name}`, template(name));
}

/** Sets all times, for reproducible builds. Files come before their folder, because they would change its time. */
function setModesAndTimes(tree, date) {
  for (const path of ['', ...readdirSync(tree, { recursive: true })].sort().reverse()) {
    const at = join(tree, path);
    const isOpen = statSync(at).isDirectory() || readFileSync(at).subarray(0, 2).toString() === '#!';
    chmodSync(at, isOpen ? 0o755 : 0o644);
    lutimesSync(at, date, date);
  }
}
