import { z } from 'zod';
import { alarmOptions, pathOption, rateOption } from './common.js';

/** The ISPs of Raspberry Pi pad rows of YUV420 to 64 bytes (raspberrypi/linux#4419), so such widths come unpadded. */
const ROW_ALIGNMENT = 64;

const share = z.number().min(0).max(1);

/** The least multiple of 64 that is no less than `width`. */
export function alignedWidth(width: number): number {
  return Math.ceil(width / ROW_ALIGNMENT) * ROW_ALIGNMENT;
}

export const rpicamOptions = z
  .strictObject({
    source: z.literal('rpicam').meta({ description: 'Where frames come from: a camera of the Raspberry Pi' }),
    width: z.int().min(32).max(8192).default(1280).meta({ description: 'Pixels; rounded up to a multiple of 64' }),
    height: z.int().min(32).max(8192).multipleOf(2).default(720).meta({ description: 'Pixels; even' }),
    rate: rateOption(120).default(10).meta({ description: 'Frames a second' }),
    camera: z.int().nonnegative().exactOptional().meta({ description: 'Number in rpicam-hello --list-cameras' }),
    rotation: z.literal([0, 180]).default(0).meta({ description: 'Degrees by which frames are turned' }),
    hflip: z.boolean().default(false).meta({ description: 'Mirror left and right' }),
    vflip: z.boolean().default(false).meta({ description: 'Mirror top and bottom' }),
    shutterUs: z.int().positive().exactOptional().meta({
      description: 'Microseconds that each frame is exposed; automatic without it',
    }),
    gain: z.number().min(1).max(64).exactOptional().meta({ description: 'Analogue gain; automatic without it' }),
    exposure: z.enum(['normal', 'sport']).exactOptional().meta({ description: 'Mode of automatic exposure' }),
    ev: z.number().min(-10).max(10).exactOptional().meta({ description: 'Exposure compensation in stops' }),
    autofocusMode: z.enum(['manual', 'auto', 'continuous']).exactOptional().meta({
      description: 'When the lens is focused: never, once at the start, or all the time',
    }),
    autofocusRange: z.enum(['normal', 'macro', 'full']).exactOptional().meta({
      description: 'Distances that autofocus tries',
    }),
    lensPosition: z.number().min(0).max(32).exactOptional().meta({
      description: 'Focus in dioptres, 1 / metres; 0 is infinity',
    }),
    roi: z.tuple([share, share, share, share]).exactOptional().meta({
      description: 'Part of the sensor that is used: x, y, width, height as shares of 1',
    }),
    rowBytes: z.int().multipleOf(2).exactOptional().meta({
      description: 'Bytes from row to row, for a platform that pads multiples of 64 further',
    }),
    extraArguments: z.array(z.string()).default([]).meta({ description: 'Further arguments of rpicam-vid' }),
    program: pathOption().exactOptional().meta({ description: 'rpicam-vid, where it is not on the PATH' }),
    ...alarmOptions,
  })
  .refine(({ width, rowBytes }) => rowBytes === undefined || rowBytes >= alignedWidth(width), {
    path: ['rowBytes'],
    error: 'must be no less than the width, rounded up to a multiple of 64',
  });

export type RpicamOptions = z.infer<typeof rpicamOptions>;
