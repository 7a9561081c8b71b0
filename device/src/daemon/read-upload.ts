import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeBytes } from '../camera/index.js';
import { cropsOf, type NewCrop } from '../teaching/index.js';
import type { EngineSlot } from './engine-slot.js';

/**
 * Every place of a picture that may hold a digit, or with `ofAnyInk` every piece of ink.
 *
 * @throws InkError INK_IMAGE_UNREADABLE, and what vision or inference throws
 */
export async function readUpload(
  engine: EngineSlot,
  bytes: Uint8Array,
  name: string,
  ofAnyInk: boolean,
): Promise<readonly NewCrop[]> {
  const picture = await decodeBytes(bytes, name);
  // Reading holds the thread: between two pictures, frames get their turn.
  await nextTurn();
  const looks = ofAnyInk ? engine.inkIn(picture) : engine.read(picture).looks;
  return cropsOf(looks, picture, {
    takenAt: new Date(),
    origin: 'upload',
    reason: 'asked',
    region: undefined,
    model: engine.model,
    labels: engine.labels,
  });
}
