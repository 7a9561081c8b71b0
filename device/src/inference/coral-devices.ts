import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Coral's USB stick has the first id until its firmware is loaded, and the second afterwards. */
const USB_IDS = ['1a6e:089a', '18d1:9302'];

/**
 * Coral accelerators as the kernel lists them, without a call into a native library. The names change when one is
 * plugged in or out, or receives its firmware.
 *
 * @param root where the system's folders are; other than `/` in tests
 */
export async function presentCorals(root: string): Promise<readonly string[]> {
  const usb = join(root, 'sys/bus/usb/devices');
  const sticks = await Promise.all(
    (await entries(usb)).map(async (name) => {
      const id = `${await line(join(usb, name, 'idVendor'))}:${await line(join(usb, name, 'idProduct'))}`;
      return USB_IDS.includes(id) ? [`usb ${name} ${id}`] : [];
    }),
  );
  const cards = (await entries(join(root, 'dev'))).filter((name) => /^apex_\d+$/.test(name));
  return [...sticks.flat(), ...cards.map((name) => `pci ${name}`)].sort();
}

/** Empty if there is no such folder, as on a machine without USB or in a container. */
function entries(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** Not every entry is a device with an id, and a device may be gone by now. */
function line(file: string): Promise<string> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}
