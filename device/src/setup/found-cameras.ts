import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../camera/index.js';

/** A camera that was detected on this machine. */
export interface FoundCamera {
  /** As a value of `--camera`. */
  readonly value: string;
  readonly label: string;
}

/**
 * Names that the Raspberry Pi's drivers give to codecs, image processors and raw sensors. None of them is a USB camera.
 */
const NOT_CAMERAS = /^(bcm2835-|unicam|rp1-cfe|pispbe|rpi-|rpivid)/;

/**
 * Finds cameras: those of the Raspberry Pi if a program to read them is installed, then USB cameras.
 *
 * @param root of the file system to search for devices
 */
export async function foundCameras(searchPath: string | undefined, root = '/'): Promise<FoundCamera[]> {
  return [...(await raspberryPiCamera(searchPath)), ...(await videoDevices(root))];
}

async function raspberryPiCamera(searchPath: string | undefined): Promise<FoundCamera[]> {
  const program = await findProgram(['rpicam-vid', 'libcamera-vid'], searchPath);
  if (program !== undefined) return [{ value: 'rpicam', label: `Raspberry Pi camera (${program})` }];
  const old = await findProgram(['raspistill'], searchPath);
  return old === undefined ? [] : [{ value: 'raspistill', label: `Raspberry Pi camera, old camera stack (${old})` }];
}

async function videoDevices(root: string): Promise<FoundCamera[]> {
  const entries = await readdir(join(root, 'dev')).catch(() => []);
  const names = entries.filter((name) => /^video\d+$/.test(name));
  names.sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
  const found = await Promise.all(names.map((name) => describe(root, name)));
  return found.filter((camera) => camera !== undefined);
}

/** Undefined for a device that cannot deliver pictures. */
async function describe(root: string, name: string): Promise<FoundCamera | undefined> {
  const about = join(root, 'sys/class/video4linux', name);
  const read = (file: string) => readFile(join(about, file), 'utf8').then((text) => text.trim());
  const [card, index] = await Promise.all([read('name').catch(() => ''), read('index').catch(() => '0')]);
  // A USB camera's second device carries metadata, not frames.
  if (NOT_CAMERAS.test(card) || index !== '0') return undefined;
  const device = `/dev/${name}`;
  const place = await realpath(about).catch(() => '');
  const kind = /\/usb\d/.test(place) ? 'USB camera' : 'Camera';
  return { value: device, label: `${kind} ${device}${card === '' ? '' : ` (${card})`}` };
}
