import { readFile } from 'node:fs/promises';

/**
 * What Linux tells of a process, by the names of proc(5): sizes in KiB, such as VmRSS, and counts, such as Threads.
 *
 * @throws the error of the file system if there is no such process
 */
export async function processStatus(pid: number): Promise<(name: string) => number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
}
