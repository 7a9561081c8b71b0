import { stat } from 'node:fs/promises';

/** Whether a path exists and can be accessed. */
export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
