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

type Vision = Config['vision'];

/** The part of each frame that is read, as the configuration sets it: all of it where it sets none. */
export function viewAreaOf({
  regionOfInterest,
  perspective,
}: {
  readonly regionOfInterest?: Vision['regionOfInterest'] | undefined;
  readonly perspective?: Vision['perspective'] | undefined;
}): ViewArea {
  if (perspective !== undefined) {
    const [topLeft, topRight, bottomRight, bottomLeft] = perspective;
    return { perspective: [point(topLeft), point(topRight), point(bottomRight), point(bottomLeft)] };
  }
  return regionOfInterest === undefined ? {} : { regionOfInterest };
}

const point = ([x, y]: readonly [number, number]): Point => ({ x, y });
