import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders of units, local and packaged; the first one with the unit counts (systemd.unit(5)). */
const UNIT_FOLDERS = [
  'etc/systemd/system',
  'usr/local/lib/systemd/system',
  'usr/lib/systemd/system',
  'lib/systemd/system',
];

/** Path of inkcast.service; undefined if it is not installed. @param root of the file system */
export async function findUnit(root: string): Promise<string | undefined> {
  for (const folder of UNIT_FOLDERS) {
    const unit = join(root, folder, 'inkcast.service');
    const entry = await stat(unit).catch(() => undefined);
    if (entry?.isFile()) return unit;
  }
  return undefined;
}
