// `npm run bench [-- NAME...] [--json]`: installs, builds, and runs the benchmarks of the folders bench/NAME, or all.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(stdout, ...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['inherit', stdout, 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

// Only the benchmarks write to standard output, so that --json can be piped.
run(process.stderr, 'scripts/setup.mjs');
run('inherit', '--import=tsx/esm', 'bench/run.ts', ...process.argv.slice(2));
