import { z } from 'zod';
import { alarmOptions, rateOption } from './common.js';

export const v4l2Options = z.strictObject({
  source: z.literal('v4l2').meta({ description: 'Where frames come from: a USB camera' }),
  device: z.string().min(1).default('/dev/video0').meta({
    description: 'Path of its device; names in /dev/v4l/by-id do not depend on other devices',
  }),
  width: z.int().min(16).max(8192).default(1280).meta({ description: 'Pixels; the nearest supported size is used' }),
  height: z.int().min(16).max(8192).default(720).meta({ description: 'Pixels' }),
  rate: rateOption(120).default(10).meta({ description: 'Frames per second' }),
  inputFormat: z.string().min(1).exactOptional().meta({
    description: 'Requested pixel format, as named by ffmpeg; many cameras have large pictures only as mjpeg',
  }),
  ...alarmOptions,
});

export type V4l2Options = z.infer<typeof v4l2Options>;
