import { join } from 'node:path';
import { SYSTEM_FILE } from '../config/index.js';
import { findUnit } from '../service/index.js';

/** Where inkcast.service (folder systemd) looks for the files that setup writes. */
export interface Service {
  readonly config: string;
  /** Only root may read it. systemd passes it to the service, which runs as a dynamic user. */
  readonly passwordFile: string;
  /** Name of the credential in the unit. */
  readonly credential: string;
}

const CREDENTIAL = 'inkcast.mqtt-password';

/** The service, if its unit is installed. @param root of the file system */
export async function installedService(root = '/'): Promise<Service | undefined> {
  if ((await findUnit(root)) === undefined) return undefined;
  return {
    config: join(root, SYSTEM_FILE),
    passwordFile: join(root, 'etc/credstore', CREDENTIAL),
    credential: CREDENTIAL,
  };
}
