import { z } from 'zod';
import { alarmOptions, rateOption, shutterOption, timeoutOption } from './common.js';

/** The maximum of the High Quality Camera on the old camera stack. */
const MAX_SHUTTER_SECONDS = 200;

export const raspistillOptions = z
  .strictObject({
    source: z.literal('raspistill').meta({
      description: 'Where frames come from: photos of a Raspberry Pi camera on the old camera stack',
    }),
    width: z.int().min(32).max(4056).default(1280).meta({ description: 'Pixels' }),
    height: z.int().min(32).max(3040).default(720).meta({ description: 'Pixels' }),
    rate: rateOption(2).default(0.5).meta({ description: 'Maximum photos per second; each takes about a second' }),
    settleMs: z.int().min(1).max(30_000).default(500).meta({
      description: 'Time for exposure and white balance before each photo',
    }),
    rotation: z.literal([0, 90, 180, 270]).default(0).meta({ description: 'Rotation of photos in degrees' }),
    hflip: z.boolean().default(false).meta({ description: 'Mirror left and right' }),
    vflip: z.boolean().default(false).meta({ description: 'Mirror top and bottom' }),
    shutterUs: shutterOption(MAX_SHUTTER_SECONDS).meta({
      description: 'Exposure time of each photo in microseconds; default: automatic',
    }),
    iso: z.int().min(100).max(800).exactOptional().meta({ description: 'Sensitivity; default: automatic' }),
    timeoutMs: timeoutOption(8000).meta({ description: 'Maximum time for a photo' }),
    ...alarmOptions,
  })
  .refine(({ settleMs, shutterUs = 0, timeoutMs }) => settleMs + shutterUs / 1000 < timeoutMs, {
    path: ['timeoutMs'],
    error: 'must be longer than settleMs and shutterUs together, which are parts of it',
  });

export type RaspistillOptions = z.infer<typeof raspistillOptions>;
