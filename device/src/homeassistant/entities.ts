/** The entities of a device in Home Assistant, as keys of its components. */
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
