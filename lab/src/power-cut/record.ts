import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InkError } from '@inkcast/shared/errors';
import type { Operation } from './operation.js';
import { parseTrace } from './parse-trace.js';

/** Calls that change files, and those that flush them; reads need not be seen. */
const CALLS = [
  ...['open', 'openat', 'creat', 'write', 'pwrite64', 'writev', 'pwritev', 'pwritev2', 'ftruncate', 'truncate'],
  ...['fallocate', 'copy_file_range', 'sendfile', 'splice', 'link', 'linkat', 'symlink', 'symlinkat'],
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'rmdir', 'mkdir', 'mkdirat'],
  ...['fsync', 'fdatasync', 'sync_file_range', 'io_uring_setup'],
];
/** Longer than any write of a database. */
const MAX_TEXT_BYTES = 64 * 2 ** 20;

/**
 * Runs the device that stores, and records what it does to its folder.
 *
 * @param trace path of a file for strace's output
 * @throws InkError INK_FILE_UNREADABLE where strace is not installed or may not look at processes
 */
export async function record(folder: string, trace: string): Promise<Operation[]> {
  const program = fileURLToPath(new URL('./recorded-device.js', import.meta.url));
  const options = ['-f', '-qq', '-y', '-xx', '-s', String(MAX_TEXT_BYTES), '--seccomp-bpf', '--signal=none'];
  const child = spawn(
    'strace',
    [...options, '-e', `trace=${CALLS.join()}`, '-o', trace, process.execPath, ...process.execArgv, program, folder],
    // With io_uring, files would be written without calls.
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, UV_USE_IO_URING: '0' } },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdout.resume();
  const failed = (reason: string): InkError =>
    new InkError('INK_FILE_UNREADABLE', `Writes cannot be recorded with strace: ${reason}.`, {
      remedy: 'Install strace, and run it where one process may trace another.',
    });
  const [code] = await once(child, 'close').catch((cause: unknown) => {
    throw failed(cause instanceof Error ? cause.message : String(cause));
  });
  if (code !== 0) throw failed(said.trim() || `it ended with ${code}`);
  return parseTrace(await readFile(trace, 'utf8'), folder);
}
