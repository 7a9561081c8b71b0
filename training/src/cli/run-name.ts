import { join } from 'node:path';

/** A folder for something new: `runs/lenet-20260102-030405`. */
export function timestamped(name: string, now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join('runs', `${name}-${digits}`);
}
