import type { AnnouncedDevice, AnnouncedRegion, Component } from './announced-device.js';
import { modelSelect, pauseSwitch } from './controls.js';
import { diagnosticSensor, problemSensor } from './diagnostic-sensors.js';
import { ENTITIES, type Entity } from './entities.js';
import { frameImage, snapshotButton } from './pictures.js';
import { readingEvent, readingSensor, regionEvent, regionSensor } from './reading-sensor.js';

/** Home Assistant's device-based discovery (home-assistant.io, MQTT integration, "Device discovery payload"). */
export interface DiscoveryPayload {
  readonly device: object;
  readonly origin: object;
  readonly availability: readonly object[];
  readonly components: Readonly<Record<string, Component>>;
}

const COMPONENTS: Readonly<Record<Entity, (announced: AnnouncedDevice) => Component>> = {
  reading: readingSensor,
  event: readingEvent,
  image: frameImage,
  problem: problemSensor,
  fps: (announced) => diagnosticSensor(announced, 'fps'),
  latency: (announced) => diagnosticSensor(announced, 'latency'),
  temperature: (announced) => diagnosticSensor(announced, 'temperature'),
  queue: (announced) => diagnosticSensor(announced, 'queue'),
  pause: pauseSwitch,
  snapshot: snapshotButton,
  model: modelSelect,
};

/** Entities that exist once per named region instead of once per device. */
const OF_REGIONS: Readonly<
  Partial<Record<Entity, (announced: AnnouncedDevice, region: AnnouncedRegion) => Component>>
> = { reading: regionSensor, event: regionEvent };

export function discoveryPayload(announced: AnnouncedDevice): DiscoveryPayload {
  const { device, topics, version, exclude = [] } = announced;
  const shown = ENTITIES.filter((entity) => !exclude.includes(entity));
  return {
    device: {
      identifiers: [`inkcast_${device}`],
      name: `Inkcast ${device}`,
      manufacturer: 'Inkcast',
      model: 'Handwritten digit reader',
      sw_version: version,
    },
    origin: { name: 'inkcast', sw_version: version },
    availability: [{ topic: topics.availability, payload_available: 'online', payload_not_available: 'offline' }],
    components: Object.fromEntries(shown.flatMap((entity) => componentsOf(entity, announced))),
  };
}

/** By key. */
function componentsOf(entity: Entity, announced: AnnouncedDevice): [string, Component][] {
  const { regions = [] } = announced;
  const ofRegion = OF_REGIONS[entity];
  if (ofRegion === undefined || regions.length === 0) return [[entity, COMPONENTS[entity](announced)]];
  return regions.map((region) => [`${entity}_${region.name}`, ofRegion(announced, region)]);
}

/** The platform of each component, by key. */
export type Platforms = Readonly<Record<string, string>>;

export function platformsOf({ components }: DiscoveryPayload): Platforms {
  return Object.fromEntries(Object.entries(components).map(([key, { platform }]) => [key, platform]));
}

/**
 * A payload that removes former components. Home Assistant keeps a component that is left out, and removes one that has
 * only a platform.
 *
 * @param former components that were announced before
 */
export function withRemovals(payload: DiscoveryPayload, former: Platforms): object {
  const gone = Object.entries(former).map(([key, platform]) => [key, { platform }]);
  return { ...payload, components: { ...Object.fromEntries(gone), ...payload.components } };
}
