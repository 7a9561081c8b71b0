import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { foundCameras } from '@inkcast/device/setup';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { installRpicam } from '../camera/support/stand-in.js';

/** A device in a file system's /dev and /sys, as the kernel shows it. */
async function addDevice(root: string, name: string, card: string, index: number, bus: string): Promise<void> {
  const about = join(root, 'sys/devices', bus, 'video4linux', name);
  await mkdir(about, { recursive: true });
  await writeFile(join(about, 'name'), `${card}\n`);
  await writeFile(join(about, 'index'), `${index}\n`);
  const link = join(root, 'sys/class/video4linux', name);
  await mkdir(dirname(link), { recursive: true });
  await symlink(about, link);
  await mkdir(join(root, 'dev'), { recursive: true });
  await writeFile(join(root, 'dev', name), '');
}

describe('cameras that setup finds', () => {
  it('are those of the Raspberry Pi and on USB, without its coders and without data about frames', () =>
    inTemporaryFolder(async (root) => {
      const bin = join(root, 'bin');
      await mkdir(bin);
      await installRpicam(bin, 'libcamera-vid', {});
      const usb = 'platform/scb/pci0000:00/usb1/1-1/1-1:1.0';
      await addDevice(root, 'video10', 'bcm2835-codec-decode', 0, 'platform/bcm2835-codec');
      await addDevice(root, 'video0', 'unicam-image', 0, 'platform/soc/fe801000.csi');
      await addDevice(root, 'video19', 'pispbe-input', 0, 'platform/axi/1000880000.pisp_be');
      await addDevice(root, 'video3', 'HD Webcam: HD Webcam', 1, usb);
      await addDevice(root, 'video2', 'HD Webcam: HD Webcam', 0, usb);
      assert.deepEqual(await foundCameras(bin, root), [
        { value: 'rpicam', label: `Raspberry Pi camera (${join(bin, 'libcamera-vid')})` },
        { value: '/dev/video2', label: 'USB camera /dev/video2 (HD Webcam: HD Webcam)' },
      ]);
    }));

  it('are the devices alone where nothing tells about them, in the order of their numbers', () =>
    inTemporaryFolder(async (root) => {
      await mkdir(join(root, 'dev'));
      for (const name of ['video10', 'video9', 'video', 'null']) await writeFile(join(root, 'dev', name), '');
      assert.deepEqual(
        (await foundCameras(root, root)).map(({ value }) => value),
        ['/dev/video9', '/dev/video10'],
      );
      assert.deepEqual(await foundCameras(root, join(root, 'nowhere')), []);
    }));
});
