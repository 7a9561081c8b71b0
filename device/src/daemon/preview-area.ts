import { type ExpectationSetting, expectationOf } from '@inkcast/reader/reading';
import type { LumaFrame, ViewArea } from '@inkcast/reader/vision';
import { openSharp } from '../sharp/index.js';
import type { AreaPreview } from '../web/index.js';
import type { EngineSlot } from './engine-slot.js';
import { digitsInMessage } from './reading-journal.js';

const JPEG_QUALITY = 85;

/**
 * What is seen and read of a frame through an area that is not set yet; nothing of it is published.
 *
 * @throws InkError what vision or inference throws
 */
export async function previewArea(
  engine: EngineSlot,
  frame: LumaFrame,
  area: ViewArea,
  expect: ExpectationSetting | undefined,
): Promise<AreaPreview> {
  const { width, height, gray } = engine.look(frame, area).frame;
  const expectation = expect === undefined ? undefined : expectationOf(expect);
  const { text, rows, digits } = engine.read({ width, height, gray }, { expectation }).reading;
  const sharp = await openSharp();
  const jpeg = await sharp(gray, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
  return { jpeg, width, height, reading: { text, rows: [...rows], digits: digitsInMessage(digits) } };
}
