import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { credentialsOf } from '../camera/index.js';
import { withoutUser } from '../mqtt/index.js';
import type { CameraChoice } from './setup-values.js';

/** The values of `--camera`, in words. */
export const CAMERA_FORMS =
  'rpicam, raspistill, a /dev/video device, an http:// or rtsp:// address, a video file, a folder';

/**
 * The camera for a word, a device, an address or a path.
 *
 * @throws InkError INK_USAGE for anything else, without the user and password of an address
 */
export async function cameraFrom(text: string): Promise<CameraChoice> {
  if (text === 'rpicam') return { source: 'rpicam', width: 1280, height: 720, rate: 10 };
  if (text === 'raspistill') return { source: 'raspistill' };
  if (text.startsWith('/dev/')) return { source: 'v4l2', device: text };
  const address = /^[a-z]+:\/\//i.test(text) ? networkCamera(text) : await filesAt(text);
  if (address !== undefined) return address;
  throw new InkError('INK_USAGE', `${withoutUser(text)} is no camera: it is neither an address nor a file or folder.`, {
    remedy: `A camera is ${CAMERA_FORMS}.`,
  });
}

function networkCamera(text: string): CameraChoice | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { username = '', password = '' } = credentialsOf({ url: text }) ?? {};
  const credentials = { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }) };
  const plain = withoutUser(text);
  if (/^https?:$/.test(url.protocol)) return { source: 'http', url: plain, ...credentials };
  return /^rtsps?:$/.test(url.protocol) ? { source: 'rtsp', url: plain, ...credentials } : undefined;
}

async function filesAt(text: string): Promise<CameraChoice | undefined> {
  const path = resolve(text);
  const entry = await stat(path).catch(() => undefined);
  // Without the loop, the daemon would end after the last file.
  if (entry?.isDirectory()) return { source: 'directory', folder: path, loop: true };
  return entry?.isFile() ? { source: 'video', file: path, loop: true } : undefined;
}
