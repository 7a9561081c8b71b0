import type { DeviceTopics } from '@inkcast/shared/messages';

/** The topic of a region's reading. @param region null for that of a device without named regions */
export function readingTopic(topics: DeviceTopics, region: string | null): string {
  return region === null ? topics.reading : topics.region(region).reading;
}

/**
 * What a broker may retain of a device. Availability is last: it is what taking them away begins with again where it was
 * not finished.
 */
export function retainedTopics(topics: DeviceTopics, regions: readonly (string | null)[]): string[] {
  const readings = regions.map((region) => readingTopic(topics, region));
  return [...readings, topics.health, topics.image, topics.availability];
}
