import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

interface Diagnostic {
  readonly name: string;
  /** Path of the value in a health message. */
  readonly value: string;
  readonly unit: string;
  readonly deviceClass?: string;
  readonly icon?: string;
}

const DIAGNOSTICS = {
  fps: { name: 'Frames per second', value: 'fps', unit: 'fps', icon: 'mdi:filmstrip' },
  latency: { name: 'Latency', value: 'latencyMs.total', unit: 'ms', deviceClass: 'duration' },
  temperature: { name: 'Processor temperature', value: 'temperature', unit: '°C', deviceClass: 'temperature' },
  queue: { name: 'Queued events', value: 'queue.depth', unit: 'events', icon: 'mdi:tray-full' },
} as const satisfies Readonly<Record<string, Diagnostic>>;

/** A number from the health message. Null becomes unknown. */
export function diagnosticSensor(announced: AnnouncedDevice, key: keyof typeof DIAGNOSTICS): Component {
  const { name, value, unit, deviceClass, icon }: Diagnostic = DIAGNOSTICS[key];
  return {
    ...identity('sensor', announced, key),
    name,
    entity_category: 'diagnostic',
    state_topic: announced.topics.health,
    value_template: `{{ value_json.${value} }}`,
    state_class: 'measurement',
    unit_of_measurement: unit,
    ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
    ...(icon === undefined ? {} : { icon }),
  };
}

/** On while there are problems; its attributes list them. */
export function problemSensor(announced: AnnouncedDevice): Component {
  const { health } = announced.topics;
  return {
    ...identity('binary_sensor', announced, 'problem'),
    name: 'Problem',
    device_class: 'problem',
    entity_category: 'diagnostic',
    state_topic: health,
    value_template: "{{ 'ON' if value_json.problems else 'OFF' }}",
    json_attributes_topic: health,
    json_attributes_template: "{{ {'problems': value_json.problems} | tojson }}",
  };
}
