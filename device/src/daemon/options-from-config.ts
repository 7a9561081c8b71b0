import type { Config } from '../config/index.js';
import type { EventStoreOptions } from '../storage/index.js';
import type { Point, ViewArea } from '../vision/index.js';

const BYTES_PER_MEGABYTE = 1_000_000;

/** The event store's options as the configuration sets them. */
export function queueOptions({
  folder,
  history,
  queue,
}: Config['storage']): Pick<EventStoreOptions, 'folder' | 'history' | 'queue'> {
  const { maxMegabytes, maxAgeDays } = queue;
  return { folder, history, queue: { maxBytes: maxMegabytes * BYTES_PER_MEGABYTE, maxAgeDays } };
}

/** The part of each frame that is read, as the configuration sets it. */
export function viewAreaOf({ regionOfInterest, perspective }: Config['vision']): ViewArea {
  if (perspective !== undefined) {
    const [topLeft, topRight, bottomRight, bottomLeft] = perspective;
    return { perspective: [point(topLeft), point(topRight), point(bottomRight), point(bottomLeft)] };
  }
  return regionOfInterest === undefined ? {} : { regionOfInterest };
}

const point = ([x, y]: readonly [number, number]): Point => ({ x, y });
