import { join } from 'node:path';

/** The path of a new folder, such as `runs/lenet-20260102-030405`. */
export function timestamped(name: string, now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join('runs', `${name}-${digits}`);
}
