export type { AnnouncedDevice, AnnouncedRegion, Component } from './announced-device.js';
export { type Announcement, AnnouncementRecord, announcementRecordIn } from './announcement-record.js';
export { Announcements, type AnnouncementsOptions } from './announcements.js';
export { type DiscoveryPayload, discoveryPayload } from './discovery-payload.js';
export { ENTITIES, type Entity } from './entities.js';
export { BIRTH_TOPIC, HomeAssistant, type HomeAssistantOptions } from './home-assistant.js';
export { type RemovalOptions, removeDevice } from './remove-device.js';
export {
  classFault,
  DEVICE_CLASSES,
  type DeviceClass,
  type SensorClasses,
  STATE_CLASSES,
  type StateClass,
} from './sensor-classes.js';
