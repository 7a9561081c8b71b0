import { networkInterfaces } from 'node:os';
import { UserFile, WebServer, type WebSettings } from '@inkcast/device/web';
import { pino } from 'pino';
// The server sends the built page.
import '../../../support/built-page.js';
import { inTemporaryFolder } from '../../../support/temporary-folder.js';
import { WatchedDevice } from './watched-device.js';

export interface Served {
  readonly device: WatchedDevice;
  readonly server: WebServer;
  readonly users: UserFile;
  /** Where the page is, with the slash. */
  readonly url: string;
  readonly folder: string;
}

/** Lines of the log go nowhere. */
export const SILENT = pino({ level: 'silent' });

/** Runs `work` with a server of its own, on a free port of the loopback interface where nothing else is said. */
export function served(
  work: (served: Served) => Promise<void>,
  settings: Partial<WebSettings> = {},
  more: { readonly page?: string; readonly machine?: string } = {},
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const device = new WatchedDevice();
    const server = new WebServer({
      settings: { enabled: true, address: '127.0.0.1', port: 0, hosts: [], requireLogin: false, ...settings },
      device,
      state: folder,
      log: SILENT,
      version: '0.1.0',
      changed: () => {},
      ...more,
    });
    await server.start();
    try {
      const url = server.url ?? '';
      await work({ device, server, users: new UserFile(folder), url, folder });
    } finally {
      await server.stop();
    }
  });
}

/** An address of this machine that is not loopback; undefined where it has none. */
export function outerAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}
