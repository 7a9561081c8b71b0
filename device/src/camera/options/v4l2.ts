import { z } from 'zod';
import { alarmOptions, rateOption } from './common.js';

export const v4l2Options = z.strictObject({
  source: z.literal('v4l2').meta({ description: 'Where frames come from: a USB camera' }),
  device: z.string().min(1).default('/dev/video0').meta({
    description: 'Its device; names in /dev/v4l/by-id stay the same whatever is plugged in',
  }),
  width: z.int().min(16).max(8192).default(1280).meta({ description: 'Pixels; the nearest size it has is taken' }),
  height: z.int().min(16).max(8192).default(720).meta({ description: 'Pixels' }),
  rate: rateOption(120).default(10).meta({ description: 'Frames a second' }),
  inputFormat: z.string().min(1).exactOptional().meta({
    description: 'Pixel format asked of it, in words of ffmpeg; many have large pictures only as mjpeg',
  }),
  ...alarmOptions,
});

export type V4l2Options = z.infer<typeof v4l2Options>;
