import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

/** The last picture that was published. */
export function frameImage(announced: AnnouncedDevice): Component {
  return {
    ...identity('image', announced, 'image'),
    name: 'Picture',
    image_topic: announced.topics.image,
    content_type: 'image/jpeg',
  };
}
