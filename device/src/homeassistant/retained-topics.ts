import type { DeviceTopics } from '@inkcast/shared/messages';

/** The topic of a region's reading. @param region null for a device without named regions */
export function readingTopic(topics: DeviceTopics, region: string | null): string {
  return region === null ? topics.reading : topics.region(region).reading;
}

/**
 * The topics that a broker may retain for a device. Availability is removed last, because an unfinished removal is
 * resumed by it.
 */
export function retainedTopics(topics: DeviceTopics, regions: readonly (string | null)[]): string[] {
  const readings = regions.map((region) => readingTopic(topics, region));
  return [...readings, topics.health, topics.image, topics.availability];
}
