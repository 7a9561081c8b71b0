import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

/** Selects the model in use among the installed ones. */
export function modelSelect(announced: AnnouncedDevice): Component {
  const { topics, models } = announced;
  return {
    ...identity('select', announced, 'model'),
    name: 'Model',
    icon: 'mdi:brain',
    entity_category: 'config',
    options: models,
    state_topic: topics.health,
    value_template: '{{ value_json.model }}',
    command_topic: topics.request('model'),
    command_template: `{{ {'action': 'use', 'model': value} | tojson }}`,
    qos: 1,
  };
}

/** On while reading is paused. */
export function pauseSwitch(announced: AnnouncedDevice): Component {
  const { topics } = announced;
  return {
    ...identity('switch', announced, 'pause'),
    name: 'Pause',
    icon: 'mdi:pause',
    command_topic: topics.request('pause'),
    payload_on: JSON.stringify({ paused: true }),
    payload_off: JSON.stringify({ paused: false }),
    state_topic: topics.health,
    value_template: "{{ 'paused' if value_json.paused else 'reading' }}",
    state_on: 'paused',
    state_off: 'reading',
    qos: 1,
  };
}
