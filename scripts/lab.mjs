// `npm run lab -- COMMAND`: installs, builds, and runs a command by which the reader is made or measured.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const BROKEN_PIPE = 141;

function run(stdout, ...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['inherit', stdout, 'inherit'] });
  // Nobody reads what it prints any more, of which npm would make an error.
  if (status === BROKEN_PIPE) process.exit(0);
  if (status !== 0) process.exit(status ?? 1);
}

// Only the command writes to standard output, so that --json can be piped.
run(process.stderr, 'scripts/setup.mjs');
run('inherit', 'lab/dist/cli/main.js', ...process.argv.slice(2));
