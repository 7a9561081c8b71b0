import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
// The daemon serves it.
import './built-page.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The programs' files, for `node`. Programs run compiled, as installed ones do, and importing this module compiles what
 * has changed. Tests import the packages themselves from their sources (docs/decisions/086).
 */
export const INKCAST = join(ROOT, 'device/bin/inkcast.js');
export const INKCAST_TRAIN = join(ROOT, 'training/bin/inkcast-train.js');
export const LAB = join(ROOT, 'lab/dist/cli/main.js');

const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
const args = [compiler, '-b', 'shared', 'training', 'learning', 'reader', 'device', 'lab'];
const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
if (status !== 0) throw new Error(`The programs do not compile:\n${stdout}`);
// `inkcast` runs bundled.
const bundler = spawnSync(process.execPath, [join(ROOT, 'scripts/build-program.mjs')], { cwd: ROOT, encoding: 'utf8' });
if (bundler.status !== 0) throw new Error(`The program is not bundled:\n${bundler.stderr}`);
