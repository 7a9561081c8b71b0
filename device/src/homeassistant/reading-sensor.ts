import { EVENT_TYPES, type ReadingTopics } from '@inkcast/shared/messages';
import { type AnnouncedDevice, type AnnouncedRegion, type Component, identity } from './announced-device.js';
import type { SensorClasses } from './sensor-classes.js';

/** Home Assistant takes "None" for an unknown number. Without a rule that joins them, two rows are two numbers. */
const NUMBER =
  "{{ value_json.value or 'None' if value_json.value is defined" +
  " else value_json.text | int('None') if value_json.rows | length == 1 else 'None' }}";
/** A state has at most 255 characters. */
const TEXT = '{{ (value_json.value | default(value_json.text, true))[:255] }}';

/**
 * The reading, with the whole message as attributes. The state is the value if a decimal point is set, and otherwise
 * the text. With a unit, a state class or a device class, Home Assistant accepts only numbers, so the state is then a
 * number or unknown. With a model of other classes than digits there are none of them.
 */
export function readingSensor(announced: AnnouncedDevice): Component {
  return { ...identity('sensor', announced, 'reading'), name: 'Reading', ...shown(announced.topics, announced) };
}

/** The reading of a named region. */
export function regionSensor(announced: AnnouncedDevice, region: AnnouncedRegion): Component {
  const { name } = region;
  return { ...identity('sensor', announced, `reading_${name}`), name, ...shown(announced.topics.region(name), region) };
}

function shown({ reading }: ReadingTopics, { deviceClass, stateClass, unit }: SensorClasses) {
  const isNumber = deviceClass !== undefined || stateClass !== undefined || unit !== undefined;
  return {
    state_topic: reading,
    value_template: isNumber ? NUMBER : TEXT,
    json_attributes_topic: reading,
    ...(deviceClass === undefined ? { icon: 'mdi:numeric' } : { device_class: deviceClass }),
    ...(stateClass === undefined ? {} : { state_class: stateClass }),
    ...(unit === undefined ? {} : { unit_of_measurement: unit }),
  };
}

/** Changes of the reading. Home Assistant ignores retained events, so they are never retained. */
export function readingEvent(announced: AnnouncedDevice): Component {
  return { ...identity('event', announced, 'event'), name: 'Change', ...changes(announced.topics) };
}

/** Changes of the reading of a named region. */
export function regionEvent(announced: AnnouncedDevice, { name }: AnnouncedRegion): Component {
  return {
    ...identity('event', announced, `event_${name}`),
    name: `${name} change`,
    ...changes(announced.topics.region(name)),
  };
}

const changes = ({ event }: ReadingTopics) => ({
  icon: 'mdi:counter',
  state_topic: event,
  event_types: EVENT_TYPES,
  qos: 1,
});
