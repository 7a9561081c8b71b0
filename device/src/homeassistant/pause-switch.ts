import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

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
