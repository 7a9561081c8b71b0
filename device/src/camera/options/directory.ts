import { z } from 'zod';
import { alarmOptions, pathOption, rateOption, recursiveOption } from './common.js';

export const directoryOptions = z.strictObject({
  source: z.literal('directory').meta({ description: 'Where frames come from: a folder of pictures' }),
  folder: pathOption().meta({
    description: 'Folder of JPEG, PNG, WebP, AVIF or TIFF pictures, played in the order of their names',
  }),
  recursive: recursiveOption(),
  rate: rateOption(100).default(1).meta({ description: 'Pictures per second' }),
  frameRate: rateOption(100)
    .default(10)
    .meta({ description: 'Frames per second; each picture is repeated for as many frames as fit its time' }),
  loop: z
    .boolean()
    .default(true)
    .meta({ description: 'Begin again after the last picture; otherwise the daemon ends' }),
  ...alarmOptions,
});

export type DirectoryOptions = z.infer<typeof directoryOptions>;
