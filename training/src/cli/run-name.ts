import { join } from 'node:path';

/** A folder for a new run: `runs/lenet-20260102-030405`. */
export function newRunFolder(model: string, now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join('runs', `${model}-${digits}`);
}
