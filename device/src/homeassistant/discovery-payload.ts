import type { AnnouncedDevice, Component } from './announced-device.js';
import { diagnosticSensors } from './diagnostic-sensors.js';
import { frameImage } from './frame-image.js';
import { modelSelect } from './model-select.js';
import { pauseSwitch } from './pause-switch.js';
import { problemSensor } from './problem-sensor.js';
import { readingEvent } from './reading-event.js';
import { readingSensor } from './reading-sensor.js';
import { snapshotButton } from './snapshot-button.js';

/** Home Assistant's device-based discovery (home-assistant.io, MQTT integration, "Device discovery payload"). */
export interface DiscoveryPayload {
  readonly device: object;
  readonly origin: object;
  readonly availability: readonly object[];
  readonly components: Readonly<Record<string, Component>>;
}

export function discoveryPayload(announced: AnnouncedDevice): DiscoveryPayload {
  const { device, topics, version } = announced;
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
    components: {
      reading: readingSensor(announced),
      event: readingEvent(announced),
      image: frameImage(announced),
      problem: problemSensor(announced),
      ...diagnosticSensors(announced),
      pause: pauseSwitch(announced),
      snapshot: snapshotButton(announced),
      model: modelSelect(announced),
    },
  };
}
