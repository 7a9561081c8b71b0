export type { AnnouncedDevice } from './announced-device.js';
export { type DiscoveryPayload, discoveryPayload } from './discovery-payload.js';
export { HomeAssistant, type HomeAssistantOptions } from './home-assistant.js';
export { type RemovalOptions, removeDevice } from './remove-device.js';
