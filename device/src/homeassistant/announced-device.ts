import type { DeviceTopics } from '@inkcast/shared/messages';
import type { Entity } from './entities.js';
import type { SensorClasses } from './sensor-classes.js';

/**
 * The device as it is announced to Home Assistant. With a class or a unit, its reading is one number, for example that
 * of a meter.
 */
export interface AnnouncedDevice extends SensorClasses {
  /** The device id in topics. */
  readonly device: string;
  readonly topics: DeviceTopics;
  /** Inkcast's version. */
  readonly version: string;
  /** The installed models, as `name@version`. */
  readonly models: readonly string[];
  /** Entities that are not announced. */
  readonly exclude?: readonly Entity[];
  /** Its named regions, each with its own classes. Without them, the device has one reading. */
  readonly regions?: readonly AnnouncedRegion[];
}

/** A named region, which has its own reading. */
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
 * The identity of an entity: a unique id, which must never change because Home Assistant would take the entity for
 * another one, and the proposed entity id.
 */
export function identity(platform: string, { device }: AnnouncedDevice, key: string) {
  const name = `inkcast_${device}_${key}`;
  return {
    platform,
    unique_id: name,
    default_entity_id: `${platform}.${name.toLowerCase().replaceAll('-', '_')}`,
  };
}
