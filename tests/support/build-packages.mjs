// Mocha loads this before the tests. They import the packages as they were built, and start the programs; this compiles
// what has changed since, and whatever is missing after `npm ci`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildPage } from '../../scripts/build-page.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const args = [compiler, '-b', 'shared', 'training', 'device', 'lab'];
const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
if (status !== 0) throw new Error(`The packages do not compile:\n${stdout}`);
buildPage();
