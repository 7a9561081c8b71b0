// `npm run setup:native`: compiles the optional native build of OpenCV into native/, which `npm ci` does not change. It needs
// Debian's libopencv-dev and a compiler, and installs both with apt if apt needs no password.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const native = join(root, 'native');
const addon = join(native, 'node_modules/@u4/opencv4nodejs');
const binary = join(addon, 'build/Release/opencv4nodejs.node');
// The addon binds every module of OpenCV that it finds. Inkcast calls the first two modules, and the addon's sources need the
// others. With only these modules, the build is several times faster, and no window system is loaded.
const modules = ['core', 'imgproc', 'imgcodecs', 'videoio'];
const shown = join(native, 'node_modules/.opencv');

/**
 * @param {string} what
 * @param {string} remedy
 * @returns {never}
 */
function fail(what, remedy) {
  console.error(`setup:native: ${what}\n${remedy}`);
  process.exit(1);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: native, stdio: 'inherit', ...options }).status === 0;
}

/** Debian's folder of libraries for this architecture. */
function libraryFolder() {
  const folders = readdirSync('/usr/lib').map((name) => join('/usr/lib', name));
  return folders.find((folder) => modules.every((name) => existsSync(join(folder, `libopencv_${name}.so`))));
}

function installDebianPackages() {
  const packages = ['libopencv-dev', 'g++', 'make', 'python3'];
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (/** @type {string[]} */ ...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    return run(command, rest, { env });
  };
  if (apt('update', '-q') && apt('install', '-yq', '--no-install-recommends', ...packages)) return;
  fail('Debian packages are missing.', `Run: sudo apt install ${packages.join(' ')}`);
}

/** The headers of Node on this machine. Without them, node-gyp would download headers. */
function nodeHeaders() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'nodedir'], { encoding: 'utf8' });
  const folders = [stdout.trim(), join(dirname(process.execPath), '..'), '/usr'];
  const found = folders.find((folder) => existsSync(join(folder, 'include/node/node_version.h')));
  if (found === undefined)
    console.error('setup:native: no headers of Node here (Debian: libnode-dev); node-gyp fetches them');
  return found === undefined ? [] : ['--nodedir', found];
}

if (process.platform !== 'linux') fail('This is for Debian and Raspberry Pi OS.', 'The WASM build needs no setup.');
const tools = ['g++', 'make', 'python3'].every((tool) => spawnSync(tool, ['--version']).error === undefined);
if (libraryFolder() === undefined || !tools) installDebianPackages();
const system = libraryFolder() ?? fail('OpenCV is not in /usr/lib.', 'Run: sudo apt install libopencv-dev');

if (!run('npm', ['ci', '--loglevel=error'])) fail('npm ci in native/ failed.', 'See its message above.');
mkdirSync(join(shown, 'include/opencv2'), { recursive: true });
mkdirSync(join(shown, 'lib'));
const list = modules.map((name) => `#define HAVE_OPENCV_${name.toUpperCase()}\n`).join('');
writeFileSync(join(shown, 'include/opencv2/opencv_modules.hpp'), list);
for (const name of modules) symlinkSync(join(system, `libopencv_${name}.so`), join(shown, `lib/libopencv_${name}.so`));

console.log('compiling the addon; a Raspberry Pi 4 takes some minutes');
rmSync(join(addon, 'build'), { recursive: true, force: true });
const env = {
  ...process.env,
  // Without this, the package would download and compile its own OpenCV.
  OPENCV4NODEJS_DISABLE_AUTOBUILD: '1',
  // The list of modules in this folder replaces OpenCV's list, because it comes first. The compiler still finds all headers.
  OPENCV_INCLUDE_DIR: join(shown, 'include'),
  CPLUS_INCLUDE_PATH: '/usr/include/opencv4',
  OPENCV_LIB_DIR: join(shown, 'lib'),
  OPENCV_BIN_DIR: '/usr/bin',
};
const nodeGyp = join(native, 'node_modules/node-gyp/bin/node-gyp.js');
const built = run(process.execPath, [nodeGyp, 'rebuild', '--jobs', 'max', '--loglevel', 'warn', ...nodeHeaders()], {
  cwd: addon,
  env,
});
// The package's scripts exit with 0 even after a failure, so this uses the addon to check it.
const check = `const cv = require(${JSON.stringify(binary)});
const mat = new cv.Mat(Buffer.alloc(64, 7), 8, 8, cv.CV_8UC1);
const blurred = mat.gaussianBlur(new cv.Size(3, 3), 0, 0, cv.BORDER_DEFAULT);
if (!blurred.getData().equals(mat.getData())) throw new Error('it blurs wrongly');
const { major, minor, revision } = cv.version;
console.log(\`native OpenCV \${major}.\${minor}.\${revision} works\`);`;
if (!built || !run(process.execPath, ['-e', check])) {
  fail('the addon does not work.', 'See the messages above; Inkcast goes on with the WASM build.');
}
