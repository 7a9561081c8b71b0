export type { AnnouncedDevice, Component } from './announced-device.js';
export { type DiscoveryPayload, discoveryPayload } from './discovery-payload.js';
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
