import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InkError } from '../errors/index.js';

/** The folder in cc_deps for each platform, by Node.js' names. */
const FOLDERS: Readonly<Record<string, string>> = { 'linux-x64': 'linux_amd64', 'linux-arm64': 'linux_arm64' };

/**
 * Path of the TensorFlow Lite C library (2.9) for this machine, which ships in the npm package tfjs-tflite-node.
 *
 * @throws InkError INK_TFLITE_LIBRARY if there is none
 */
export function shippedLibrary(): string {
  const platform = `${process.platform}-${process.arch}`;
  const folder = FOLDERS[platform];
  if (folder === undefined) {
    throw new InkError('INK_TFLITE_LIBRARY', `No TensorFlow Lite library ships for ${platform}.`, {
      remedy: 'Name a libtensorflowlite_c.so for this machine in the option.',
    });
  }
  const path = join(packageFolder(), 'cc_deps', folder, 'libtensorflowlite_c.so');
  if (!existsSync(path)) throw new InkError('INK_TFLITE_LIBRARY', `${path} is missing.`);
  return path;
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('tfjs-tflite-node/package.json'));
  } catch (cause) {
    throw new InkError('INK_TFLITE_LIBRARY', 'The npm package tfjs-tflite-node is not installed.', { cause });
  }
}
