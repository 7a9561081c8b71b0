// `npm run trial:npm`: publishes the npm packages to a registry on 127.0.0.1 (verdaccio), installs them from there with npm 10 and 11,
// reads a scene, plays the demo with npx, publishes the next version and upgrades. verdaccio and both npm are installed into a folder
// outside the repository. What is not ours comes through that registry from the one that npm is configured to use.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { filesBelow } from './package/application-tree.js';
import { ownVersion } from './package/details.js';
import { OwnRegistry } from './package/npm/own-registry.js';
import { packNpm } from './package/npm/pack.js';
import { check, must } from './package/trial-steps.js';

const root = fileURLToPath(new URL('..', import.meta.url));
// The newest that runs with Node 20.
const VERDACCIO = 'verdaccio@6.2.1';
const NPM = ['npm@10.9.9', 'npm@11.21.2'];
const PORT = 4873;
const MAX_MEGABYTES = 150;
const { tools } = parseArgs({ options: { tools: { type: 'string', default: '/var/tmp/inkcast-npm-tools' } } }).values;

const manifestSchema = z.looseObject({ scripts: z.record(z.string(), z.string()).optional() });
/** The scripts that npm runs when it installs a package; for a binding.gyp it has one of its own. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}, cwd?: string) {
  const env = { ...process.env, ...environment };
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env, cwd, maxBuffer: 2 ** 26 });
  return { status, output: stdout, errors: stderr };
}

/** Installs a tool of the trial, unless it is there. @returns the folder of its package */
function tool(spec: string): string {
  const folder = join(tools, spec);
  const at = join(folder, 'node_modules', spec.slice(0, spec.lastIndexOf('@')));
  if (existsSync(join(at, 'package.json'))) return at;
  mkdirSync(folder, { recursive: true });
  // verdaccio asks for a tag of this package, which mirrors of registries do not all have.
  const manifest = { private: true, overrides: { 'node-fetch': '^2.7.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', spec];
  must(run('npm', args), `npm install ${spec}`);
  return at;
}

/** Installed packages, by path, with something that npm runs. */
function packagesWithScript(modules: string): string[] {
  const paths = filesBelow(modules).filter((path) =>
    /node_modules\/(@[^/]+\/)?[^/]+\/(package\.json|binding\.gyp)$/.test(path),
  );
  return paths.filter((path) => {
    if (path.endsWith('binding.gyp')) return true;
    const { scripts = {} } = manifestSchema.parse(JSON.parse(readFileSync(join(modules, path), 'utf8')));
    return INSTALL_SCRIPTS.some((name) => name in scripts);
  });
}

/** A tarball with another version of ours, in its own manifest and where it needs ours. */
function renumbered(file: string, version: string, next: string, folder: string): string {
  const tree = join(folder, `${basename(file)}.tree`);
  mkdirSync(tree, { recursive: true });
  must(run('tar', ['-xzf', file, '-C', tree]), `unpack ${basename(file)}`);
  const path = join(tree, 'package/package.json');
  const text = readFileSync(path, 'utf8').replace(`"version": "${version}"`, `"version": "${next}"`);
  const needsOurs = new RegExp(`("@inkcast/[a-z]+": )"${version.replaceAll('.', '\\.')}"`, 'g');
  writeFileSync(path, text.replace(needsOurs, `$1"${next}"`));
  const result = join(folder, basename(file).replace(version, next));
  must(run('tar', ['-czf', result, '-C', tree, 'package']), `pack ${basename(result)}`);
  return result;
}

function trial(npm: string, registry: string, folder: string, files: readonly string[], version: string): void {
  const cli = join(npm, 'bin/npm-cli.js');
  const environment = {
    npm_config_registry: registry,
    npm_config_cache: join(folder, 'cache'),
    npm_config_userconfig: join(folder, 'npmrc'),
    // As npm does where nobody has configured anything.
    npm_config_ignore_scripts: 'false',
    npm_config_yes: 'true',
    HOME: folder,
  };
  // npm publishes for somebody only, and this registry takes everybody.
  writeFileSync(join(folder, 'npmrc'), `//${new URL(registry).host}/:_authToken=anybody\n`);
  const call = (...args: readonly string[]) => run(process.execPath, [cli, ...args], environment, folder);
  const prefix = join(folder, 'prefix');
  const inkcast = (...args: readonly string[]) => run(join(prefix, 'bin/inkcast'), args, environment);
  const publish = (file: string) => must(call('publish', file, '--access', 'public'), `publish ${basename(file)}`);
  const install = (spec: string) =>
    must(call('install', '-g', '--prefix', prefix, '--no-audit', '--no-fund', spec), `npm install -g ${spec}`);
  const scene = join(prefix, 'lib/node_modules/inkcast/app/assets/scenes/photos/01-note.jpg');

  console.log(`     npm ${must(call('--version'), 'npm --version').trim()}`);
  for (const file of files) publish(file);
  install('inkcast');
  const modules = join(prefix, 'lib/node_modules');
  const scripted = packagesWithScript(modules);
  check('no package has a script', scripted.length === 0, scripted.join());
  const size = Number(must(run('du', ['-sm', prefix]), 'du').split('\t', 1)[0]);
  check(`it has ${size} MB`, size < MAX_MEGABYTES);
  check('it reads a scene', must(inkcast('read', scene), 'inkcast read').includes('407'));
  const demo = must(call('exec', '--', 'inkcast', 'demo', '--once'), 'npx inkcast demo --once');
  check('the demo reads', demo.includes('407'), demo);
  const next = version.replace(/\d+$/, (last) => String(Number(last) + 1));
  for (const file of files) publish(renumbered(file, version, next, folder));
  install('inkcast@latest');
  const { version: now } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(prefix, 'lib/node_modules/inkcast/package.json'), 'utf8')));
  check(`the upgrade gives ${next}`, now === next, now);
  check('it still reads', must(inkcast('read', scene), 'inkcast read').includes('407'));
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  const library = ['install', '--prefix', project, '--no-audit', '--no-fund', '@inkcast/reader', '@inkcast/training'];
  must(call(...library), 'npm install @inkcast/reader @inkcast/training');
  const program = "await import('@inkcast/reader/reading'); await import('@inkcast/training/trainer')";
  must(run(process.execPath, ['--input-type=module', '--eval', program], {}, project), 'the libraries load');
}

const upstream = run('npm', ['config', 'get', 'registry']).output.trim();
const verdaccio = join(tool(VERDACCIO), 'bin/verdaccio');
for (const spec of NPM) {
  const npm = tool(spec);
  const folder = mkdtempSync('/var/tmp/inkcast-npm-');
  const registry = new OwnRegistry(join(folder, 'registry'), verdaccio, upstream, PORT);
  try {
    await registry.start();
    trial(npm, registry.url, folder, packNpm(root, join(folder, 'packed')), ownVersion(root));
  } finally {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
