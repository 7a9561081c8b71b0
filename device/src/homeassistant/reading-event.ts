import { EVENT_TYPES } from '@inkcast/shared/messages';
import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

/** Changes of the reading. Home Assistant ignores retained events, and ours never are. */
export function readingEvent(announced: AnnouncedDevice): Component {
  return {
    ...identity('event', announced, 'event'),
    name: 'Change',
    icon: 'mdi:counter',
    state_topic: announced.topics.event,
    event_types: EVENT_TYPES,
    qos: 1,
  };
}
