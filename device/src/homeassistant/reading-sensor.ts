import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

/** The text that is read, with the whole reading as attributes; with a state class, the number that it is. */
export function readingSensor(announced: AnnouncedDevice): Component {
  const { topics, stateClass, unit } = announced;
  const numeric = stateClass !== undefined;
  return {
    ...identity('sensor', announced, 'reading'),
    name: 'Reading',
    icon: 'mdi:numeric',
    state_topic: topics.reading,
    // A state has at most 255 characters; "None" is Home Assistant's word for a number that is not known.
    value_template: numeric
      ? "{{ value_json.text | int if value_json.text.isdigit() else 'None' }}"
      : '{{ value_json.text[:255] }}',
    json_attributes_topic: topics.reading,
    ...(numeric ? { state_class: stateClass } : {}),
    ...(unit === undefined ? {} : { unit_of_measurement: unit }),
  };
}
