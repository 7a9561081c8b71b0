import { z } from 'zod';
import { cameraOptions } from '../camera/options/index.js';
import { deviceSchema } from './sections/device.js';
import { homeassistantSchema } from './sections/homeassistant.js';
import { inferenceSchema } from './sections/inference.js';
import { logSchema } from './sections/log.js';
import { mqttSchema } from './sections/mqtt.js';
import { readingSchema } from './sections/reading.js';
import { storageSchema } from './sections/storage.js';
import { teachingSchema } from './sections/teaching.js';
import { visionSchema } from './sections/vision.js';
import { webSchema } from './sections/web.js';

/** The whole configuration. Only the camera has no default: without one, nothing is read. */
export const configSchema = z.strictObject({
  device: deviceSchema.prefault({}),
  camera: cameraOptions.exactOptional(),
  vision: visionSchema.prefault({}),
  inference: inferenceSchema.prefault({}),
  reading: readingSchema.prefault({}),
  mqtt: mqttSchema.prefault({}),
  homeassistant: homeassistantSchema.prefault({}),
  storage: storageSchema.prefault({}),
  teaching: teachingSchema.prefault({}),
  web: webSchema.prefault({}),
  log: logSchema.prefault({}),
});

export type Config = z.infer<typeof configSchema>;
