/** What Home Assistant shows of a device: the keys of its components. */
export const ENTITIES = [
  'reading',
  'event',
  'image',
  'problem',
  'fps',
  'latency',
  'temperature',
  'queue',
  'pause',
  'snapshot',
  'model',
] as const;

export type Entity = (typeof ENTITIES)[number];
