// `npm run test:watch`, `npm run dev`: `watch.ts FOLDER... -- COMMAND...` runs a command, and runs it again whenever a
// file changes. Mocha's own --watch cannot load ES modules a second time.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'chokidar';

/** An editor can save several files at once. They cause one run. */
const QUIET_MS = 100;

const end = process.argv.indexOf('--');
const folders = process.argv.slice(2, end);
const [program, ...args] = process.argv.slice(end + 1);
if (end < 3 || program === undefined) {
  console.error('watch: say which folders to watch, and after -- what to run');
  process.exit(2);
}

let child: ChildProcess | undefined;
let timer: NodeJS.Timeout | undefined;

/** The command runs in its own process group, so that its child processes end with it. */
function start(): void {
  child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  child.on('error', ({ message }) => console.error(`watch: ${message}`));
}

async function stop(): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}

let last: Promise<void> = Promise.resolve();
function restart(): void {
  last = last.then(stop).then(start);
}

const watcher = watch(folders, { ignoreInitial: true });
watcher.on('ready', start);
watcher.on('all', () => {
  clearTimeout(timer);
  timer = setTimeout(restart, QUIET_MS);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    clearTimeout(timer);
    await watcher.close();
    await last;
    await stop();
  });
}
