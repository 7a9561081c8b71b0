import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { configSchema } from '@inkcast/device/config';
import { createDaemon, type Daemon } from '@inkcast/device/daemon';
import { openErrorLog } from '@inkcast/device/log';
import { inRepository } from '../../repository/index.js';

export const DEVICE = 'fuzzed';
/** Requests come as fast as they are answered. */
const REQUEST_RATE = { burst: 1_000_000, perSecond: 1_000_000 };

/**
 * A whole daemon in this process that shows a picture. It is to be stopped.
 *
 * @param url of a broker
 * @param onLine told of each line of its log
 */
export async function startDaemon(folder: string, url: string, onLine: (line: string) => void): Promise<Daemon> {
  const pictures = join(folder, 'pictures');
  await mkdir(pictures);
  await copyFile(inRepository('assets/scenes/photos/04-single.jpg'), join(pictures, 'a.jpg'));
  const config = configSchema.parse({
    device: { name: DEVICE },
    camera: { source: 'directory', folder: pictures, loop: true, rate: 1 },
    mqtt: { url },
    storage: { folder: join(folder, 'state') },
    teaching: { enabled: true },
    web: { port: 0 },
  });
  const log = await openErrorLog({ interactive: false, print: onLine, note: onLine, log: onLine });
  const daemon = await createDaemon(config, log, '0.0.0', { requestRate: REQUEST_RATE });
  await daemon.start();
  return daemon;
}
