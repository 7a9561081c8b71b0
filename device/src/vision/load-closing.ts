import { readFile } from 'node:fs/promises';
import { type Closing, closingCode, openClosing } from '@inkcast/reader/vision';
import { InkError, reasonOf } from '@inkcast/shared/errors';

/** @throws InkError INK_VISION_FAILED if its code is missing or cannot run */
export async function loadClosing(): Promise<Closing> {
  const code = await readFile(closingCode()).catch((cause: unknown) => {
    throw new InkError('INK_VISION_FAILED', `The kernel of vision cannot be loaded: ${reasonOf(cause)}.`, { cause });
  });
  return openClosing(code);
}
