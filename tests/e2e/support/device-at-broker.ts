import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

/** The device `desk`, configured to show one picture and to use a broker; it does not run yet. */
export interface DeviceAtBroker {
  /** The configuration file. */
  readonly file: string;
  /** Sees everything that anybody publishes at the broker. */
  readonly watcher: Watcher;
}

/**
 * @param scene file in assets/scenes/photos that the device's camera shows
 * @param user `name:password@` in the broker's address; a broker here takes anybody
 */
export async function withDeviceAtBroker(
  { scene, user = '' }: { readonly scene: string; readonly user?: string },
  work: (device: DeviceAtBroker) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, 'pictures'));
    const picture = fileURLToPath(new URL(`../../../assets/scenes/photos/${scene}`, import.meta.url));
    await copyFile(picture, join(folder, 'pictures', 'a.jpg'));
    const port = await freePort();
    const file = join(folder, 'inkcast.yaml');
    await writeFile(
      file,
      `camera: { source: directory, folder: pictures, rate: 2 }
device: { name: desk }
mqtt: { url: "mqtt://${user}127.0.0.1:${port}" }
storage: { folder: state }
`,
    );
    const broker = await Mosquitto.start(folder, openListener(port));
    try {
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['#']);
      try {
        await work({ file, watcher });
      } finally {
        await watcher.end();
      }
    } finally {
      await broker.stop();
    }
  });
}
