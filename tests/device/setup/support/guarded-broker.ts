import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, Mosquitto } from '@inkcast/lab/broker';
import { inTemporaryFolder } from '../../../support/temporary-folder.js';

export const USER = 'desk';
export const PASSWORD = 'sehr-geheim';

/** Runs `work` with a temporary folder and a broker that accepts only `USER`. */
export function withGuardedBroker(work: (folder: string, port: number) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const passwords = join(folder, 'passwords');
    await promisify(execFile)('mosquitto_passwd', ['-b', '-c', passwords, USER, PASSWORD]);
    const port = await freePort();
    const broker = await Mosquitto.start(folder, [`listener ${port} 127.0.0.1`, `password_file ${passwords}`]);
    try {
      await work(folder, port);
    } finally {
      await broker.stop();
    }
  });
}
