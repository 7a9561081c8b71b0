import { z } from 'zod';
import { alarmOptions, pathOption, rateOption } from './common.js';

export const videoOptions = z.strictObject({
  source: z.literal('video').meta({ description: 'Where frames come from: a video file' }),
  file: pathOption().meta({ description: 'A video of any kind that ffmpeg reads' }),
  loop: z.boolean().default(false).meta({ description: 'Begin again after the end; otherwise the daemon ends' }),
  realTime: z.boolean().default(true).meta({
    description: 'Play at its own speed, as a camera would; otherwise as fast as frames are read, with none left out',
  }),
  rate: rateOption(1000).exactOptional().meta({ description: 'Most frames per second of the video; all without it' }),
  ...alarmOptions,
});

export type VideoOptions = z.infer<typeof videoOptions>;
