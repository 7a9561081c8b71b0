import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

interface Diagnostic {
  readonly name: string;
  /** Where the value lies in a health message. */
  readonly value: string;
  readonly unit: string;
  readonly deviceClass?: string;
  readonly icon?: string;
}

const DIAGNOSTICS: Readonly<Record<string, Diagnostic>> = {
  fps: { name: 'Frames per second', value: 'fps', unit: 'fps', icon: 'mdi:filmstrip' },
  latency: { name: 'Latency', value: 'latencyMs.total', unit: 'ms', deviceClass: 'duration' },
  temperature: { name: 'Processor temperature', value: 'temperature', unit: '°C', deviceClass: 'temperature' },
  queue: { name: 'Queued events', value: 'queue.depth', unit: 'events', icon: 'mdi:tray-full' },
};

/** Numbers from the health message, by key. What is null there is unknown here. */
export function diagnosticSensors(announced: AnnouncedDevice): Readonly<Record<string, Component>> {
  const entries = Object.entries(DIAGNOSTICS).map(([key, { name, value, unit, deviceClass, icon }]) => {
    const component: Component = {
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
    return [key, component] as const;
  });
  return Object.fromEntries(entries);
}
