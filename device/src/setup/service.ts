import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where inkcast.service (the folder systemd) looks for what setup writes. */
export interface Service {
  readonly config: string;
  /** Kept for root alone: systemd hands it to the service, which runs as a user made up for it. */
  readonly passwordFile: string;
  /** Name of the credential in the unit. */
  readonly credential: string;
}

/** Folders of units, packaged and own (systemd.unit(5)). */
const UNIT_FOLDERS = [
  'etc/systemd/system',
  'usr/local/lib/systemd/system',
  'usr/lib/systemd/system',
  'lib/systemd/system',
];
const CREDENTIAL = 'inkcast.mqtt-password';

/** The service, where its unit is installed. @param root of the file system */
export async function installedService(root = '/'): Promise<Service | undefined> {
  for (const folder of UNIT_FOLDERS) {
    const unit = await stat(join(root, folder, 'inkcast.service')).catch(() => undefined);
    if (unit?.isFile() !== true) continue;
    return {
      config: join(root, 'etc/inkcast/inkcast.yaml'),
      passwordFile: join(root, 'etc/credstore', CREDENTIAL),
      credential: CREDENTIAL,
    };
  }
  return undefined;
}
