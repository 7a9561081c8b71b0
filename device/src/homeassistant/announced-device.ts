import type { DeviceTopics } from '@inkcast/shared/messages';
import type { Entity } from './entities.js';
import type { SensorClasses } from './sensor-classes.js';

/** What Home Assistant is told about; with a class or a unit, what is read is one number: a meter, for example. */
export interface AnnouncedDevice extends SensorClasses {
  /** The device id in topics. */
  readonly device: string;
  readonly topics: DeviceTopics;
  /** Inkcast's version. */
  readonly version: string;
  /** The models that can be chosen, as `name@version`. */
  readonly models: readonly string[];
  /** What is not shown. */
  readonly exclude?: readonly Entity[];
  /** Its named regions, each with what its number is; without them the device reads one thing. */
  readonly regions?: readonly AnnouncedRegion[];
}

/** A named region, which has a reading of its own. */
export interface AnnouncedRegion extends SensorClasses {
  readonly name: string;
}

/** One entity in a discovery payload. */
export interface Component {
  readonly platform: string;
  readonly unique_id: string;
  readonly default_entity_id: string;
  readonly name: string | null;
  readonly [option: string]: unknown;
}

/**
 * What all entities have: a unique id that never changes, or Home Assistant would take it for another entity, and the
 * entity id that is proposed for it.
 */
export function identity(platform: string, { device }: AnnouncedDevice, key: string) {
  const name = `inkcast_${device}_${key}`;
  return {
    platform,
    unique_id: name,
    default_entity_id: `${platform}.${name.toLowerCase().replaceAll('-', '_')}`,
  };
}
