import { z } from 'zod';
import { alarmOptions, pathOption, rateOption } from './common.js';

export const videoOptions = z.strictObject({
  source: z.literal('video').meta({ description: 'Where frames come from: a video file' }),
  file: pathOption().meta({ description: 'A video in any format that ffmpeg reads' }),
  loop: z.boolean().default(false).meta({ description: 'Begin again after the end; otherwise the daemon ends' }),
  realTime: z.boolean().default(true).meta({
    description: 'Play at its own speed, like a camera; otherwise as fast as frames are read, without skipping any',
  }),
  rate: rateOption(1000).exactOptional().meta({ description: 'Maximum frames per second of the video; default: all' }),
  ...alarmOptions,
});

export type VideoOptions = z.infer<typeof videoOptions>;
