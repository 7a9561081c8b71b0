import { createHash } from 'node:crypto';
import { chmodSync, lutimesSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommandLine } from '@inkcast/device/cli';
import { configKeys } from '@inkcast/device/config';
import { filesBelow, layOutApplication } from './application-tree.js';
import { ARCHITECTURES } from './architectures.js';
import { billOfMaterials } from './bill-of-materials.js';
import { commandHelp } from './command-help.js';
import { bashCompletion } from './completion.js';
import { copyrightFile } from './copyright.js';
import { changelogFile, controlFile, type PackageDetails } from './debian-files.js';
import { neededGlibc } from './elf.js';
import { commandPage, configurationPage } from './man-pages.js';
import { lockSchema, productionPackages } from './production-packages.js';
import { copiedPackages, programContents } from './program-contents.js';

const CONTROL_FILES = ['postinst', 'prerm', 'postrm'];
const SYSTEMD_FOLDERS: Readonly<Record<string, string>> = { '.service': 'systemd/system', '.rules': 'udev/rules.d' };
/** Files for training, which a device does not need. */
const PAGES_OF_TRAINING = ['train.md', 'convert.md'];

/** Puts a file at a path within the package. */
type Put = (path: string, content: string | Uint8Array) => void;
/** Reads a file of systemd/debian. */
type Template = (name: string) => string;

/** Creates the tree of files for dpkg-deb. @param scratch a folder for npm's downloads */
export async function layOutPackage(
  root: string,
  tree: string,
  scratch: string,
  details: PackageDetails,
): Promise<void> {
  const architecture = ARCHITECTURES[details.architecture];
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const packages = productionPackages(lock, programContents(root).loaded, architecture);
  const folders = layOutApplication({ root, target: join(tree, 'usr/lib/inkcast'), scratch, packages, architecture });
  const template: Template = (name) => readFileSync(join(root, 'systemd/debian', name), 'utf8');
  const put: Put = (path, content) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  };
  put('usr/bin/inkcast', template('launcher'));
  put('usr/share/lintian/overrides/inkcast', template('lintian-overrides'));
  for (const name of readdirSync(join(root, 'systemd'))) {
    const folder = SYSTEMD_FOLDERS[extname(name)];
    if (folder !== undefined) put(`usr/lib/${folder}/${name}`, readFileSync(join(root, 'systemd', name)));
  }
  await putDocuments(root, put, template, details);
  put('usr/share/doc/inkcast/copyright', copyrightFile(template('copyright'), packages, folders));
  const shipped = packages.filter(({ location }) => folders.has(location));
  const product = { purl: 'pkg:deb/inkcast', qualifiers: `?arch=${details.architecture}`, name: 'inkcast' };
  const bill = billOfMaterials([...shipped, ...copiedPackages(root, lock)], { ...product, ...details });
  put('usr/share/doc/inkcast/inkcast.cdx.json', bill);
  putControlFiles(tree, put, template, details);
  setModesAndTimes(tree, details.date);
}

/** Creates pages, manual and completion from the current sources. */
async function putDocuments(root: string, put: Put, template: Template, details: PackageDetails): Promise<void> {
  const documents = 'usr/share/doc/inkcast';
  const guide = readdirSync(join(root, 'docs/guide')).filter((page) => !PAGES_OF_TRAINING.includes(page));
  for (const page of guide) put(`${documents}/guide/${page}`, readFileSync(join(root, 'docs/guide', page)));
  const changes = changelogFile(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), details);
  put(`${documents}/changelog.gz`, gzipSync(changes, { level: 9 }));

  const help = await commandHelp(runCommandLine);
  const edition = { version: details.version, date: details.date.toISOString().slice(0, 10) };
  const commands = commandPage(template('inkcast.1'), help, edition);
  put('usr/share/man/man1/inkcast.1.gz', gzipSync(commands, { level: 9 }));
  const keys = configurationPage(template('inkcast.yaml.5'), configKeys(), edition);
  put('usr/share/man/man5/inkcast.yaml.5.gz', gzipSync(keys, { level: 9 }));
  put('usr/share/bash-completion/completions/inkcast', bashCompletion(help));
}

function putControlFiles(tree: string, put: Put, template: Template, details: PackageDetails): void {
  const sums: string[] = [];
  const binaries: Buffer[] = [];
  let installedBytes = 0;
  for (const path of filesBelow(tree)) {
    const content = readFileSync(join(tree, path));
    installedBytes += content.length;
    // dpkg stores the checksums of configuration files itself.
    if (!path.startsWith('etc/')) sums.push(`${createHash('md5').update(content).digest('hex')}  ${path}\n`);
    if (/\.(node|so)\b/.test(path)) binaries.push(content);
  }
  put('DEBIAN/control', controlFile(template('control'), details, { glibc: neededGlibc(binaries), installedBytes }));
  put('DEBIAN/md5sums', sums.join(''));
  for (const name of CONTROL_FILES) put(`DEBIAN/${name}`, template(name));
}

/** Sets all times, for reproducible builds. Files come before their folder, because they would change its time. */
function setModesAndTimes(tree: string, date: Date): void {
  for (const path of ['', ...readdirSync(tree, { recursive: true, encoding: 'utf8' })].sort().reverse()) {
    const at = join(tree, path);
    const isOpen = statSync(at).isDirectory() || readFileSync(at).subarray(0, 2).toString() === '#!';
    chmodSync(at, isOpen ? 0o755 : 0o644);
    lutimesSync(at, date, date);
  }
}
