import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

/** The model in use, to be chosen among those installed. */
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
