import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { InkError } from '@inkcast/shared/errors';

/** A command with its arguments. */
type Command = readonly [string, ...string[]];

/** A limit on the memory of one process and its children. */
export interface MemoryLimit {
  /** The command that runs another one within the limit. */
  within(command: Command): Command;
  /** To be called once everything within it has ended. */
  close(): Promise<void>;
}

const SYSTEMD = '/run/systemd/system';
const GROUPS = '/sys/fs/cgroup/memory';
const MEGABYTE = 1e6;
const LOOK_MS = 100;

/** No limit. */
export const UNLIMITED: MemoryLimit = { within: (command) => command, close: async () => {} };

/**
 * A limit by systemd, or where it does not run by a control group of version 1, which only root can make. There is no swap
 * beyond the limit.
 *
 * @param name of the group
 * @throws InkError INK_USAGE where neither can be had
 */
export async function limitMemory(megabytes: number, name: string): Promise<MemoryLimit> {
  const bytes = `${megabytes * MEGABYTE}`;
  if (existsSync(SYSTEMD)) {
    const limits = [`MemoryMax=${bytes}`, 'MemorySwapMax=0'].flatMap((each) => ['-p', each]);
    return { ...UNLIMITED, within: (command) => ['systemd-run', '--scope', '--quiet', ...limits, '--', ...command] };
  }
  const group = join(GROUPS, await ownGroup(), name);
  try {
    await mkdir(group);
    await writeFile(join(group, 'memory.limit_in_bytes'), bytes);
  } catch (cause) {
    const message = 'A limit of memory needs systemd, or root on a machine with control groups of version 1.';
    throw new InkError('INK_USAGE', message, { cause });
  }
  const enter = `echo $$ > '${group}/cgroup.procs' && exec "$@"`;
  return { within: (command) => ['sh', '-c', enter, 'sh', ...command], close: () => removeGroup(group) };
}

/** Waits for what the camera's program has left running, such as its last pause: only an empty group can be removed. */
async function removeGroup(group: string): Promise<void> {
  while ((await readFile(join(group, 'cgroup.procs'), 'utf8')) !== '') await wait(LOOK_MS);
  await rmdir(group);
}

/** The group of this process: another limit of its own then stays in force. */
async function ownGroup(): Promise<string> {
  const groups = await readFile('/proc/self/cgroup', 'utf8');
  return /^\d+:memory:(.*)$/m.exec(groups)?.[1] ?? '';
}
