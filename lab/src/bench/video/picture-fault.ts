import { join } from 'node:path';
import { annotateFrame } from '@inkcast/device/annotation';
import type { Reading } from '@inkcast/reader/reading';
import { replaceFile } from '@inkcast/shared/files';
import type { VideoFrame } from '../../synthesis/index.js';

/** Writes the frame of a fault, with its reading, into a folder. */
export async function pictureFault(folder: string, frame: VideoFrame, reading: Reading): Promise<void> {
  const name = `fault-${String(frame.at).padStart(7, '0')}.jpg`;
  await replaceFile(join(folder, name), await annotateFrame(frame, reading));
}
