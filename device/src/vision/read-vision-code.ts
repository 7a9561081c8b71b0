import { readFile } from 'node:fs/promises';
import { visionCode } from '@inkcast/reader/vision';
import { InkError, reasonOf } from '@inkcast/shared/errors';

/** The code of vision's kernels. @throws InkError INK_VISION_FAILED if it is missing */
export async function readVisionCode(): Promise<Uint8Array> {
  return readFile(visionCode()).catch((cause: unknown) => {
    throw new InkError('INK_VISION_FAILED', `The kernels of vision cannot be loaded: ${reasonOf(cause)}.`, { cause });
  });
}
