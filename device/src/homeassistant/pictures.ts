import { type AnnouncedDevice, type Component, identity } from './announced-device.js';

/** The last published picture. */
export function frameImage(announced: AnnouncedDevice): Component {
  return {
    ...identity('image', announced, 'image'),
    name: 'Picture',
    image_topic: announced.topics.image,
    content_type: 'image/jpeg',
  };
}

/** Publishes a picture, which the image entity then shows. */
export function snapshotButton(announced: AnnouncedDevice): Component {
  return {
    ...identity('button', announced, 'snapshot'),
    name: 'Take picture',
    icon: 'mdi:camera',
    command_topic: announced.topics.request('snapshot'),
    payload_press: JSON.stringify({ publish: true }),
    qos: 1,
  };
}
