// `npm run lab -- COMMAND`: installs, builds, and runs a command of the lab, which creates and measures the reader.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const BROKEN_PIPE = 141;

/**
 * @param {'inherit' | typeof process.stderr} stdout
 * @param {string[]} args
 */
function run(stdout, ...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['inherit', stdout, 'inherit'] });
  // The reader of the output has gone. npm would report an error for this.
  if (status === BROKEN_PIPE) process.exit(0);
  if (status !== 0) process.exit(status ?? 1);
}

// Only the command writes to standard output, so that the output of --json can be piped.
run(process.stderr, 'scripts/setup.mjs');
run('inherit', 'lab/dist/cli/main.js', ...process.argv.slice(2));
