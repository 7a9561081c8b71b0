import { join } from 'node:path';
import { SYSTEM_FILE } from '../config/index.js';
import { findUnit } from '../service/index.js';

/** Where inkcast.service (the folder systemd) looks for what setup writes. */
export interface Service {
  readonly config: string;
  /** Kept for root alone: systemd hands it to the service, which runs as a user made up for it. */
  readonly passwordFile: string;
  /** Name of the credential in the unit. */
  readonly credential: string;
}

const CREDENTIAL = 'inkcast.mqtt-password';

/** The service, where its unit is installed. @param root of the file system */
export async function installedService(root = '/'): Promise<Service | undefined> {
  if ((await findUnit(root)) === undefined) return undefined;
  return {
    config: join(root, SYSTEM_FILE),
    passwordFile: join(root, 'etc/credstore', CREDENTIAL),
    credential: CREDENTIAL,
  };
}
