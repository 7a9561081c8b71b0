import type { Box, View } from '../vision/index.js';
import type { FrameReading } from './frame-reader.js';

/** The reading of a view, with boxes in pixels of the whole frame. */
export function inFrameCoordinates(view: View, { reading, looks, ...read }: FrameReading): FrameReading {
  return {
    ...read,
    looks: boxesInFrame(view.toFrame, looks),
    reading: {
      ...reading,
      digits: boxesInFrame(view.toFrame, reading.digits),
      rejected: boxesInFrame(view.toFrame, reading.rejected),
    },
  };
}

/** `items` of a view, with boxes in pixels of the whole frame. */
export function boxesInFrame<T extends { readonly box: Box }>(toFrame: View['toFrame'], items: readonly T[]): T[] {
  return items.map((item) => ({ ...item, box: toFrame(item.box) }));
}
