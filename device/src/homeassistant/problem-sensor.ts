import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

/** Whether something is wrong, and what. */
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
