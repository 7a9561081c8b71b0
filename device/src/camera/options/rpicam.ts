import { z } from 'zod';
import { alarmOptions, pathOption, rateOption, shutterOption } from './common.js';

/**
 * Alignment of YUV420 rows in bytes. The ISP up to the Pi 4 pads rows to 64 bytes (raspberrypi/linux#4419). The ISP of
 * the Pi 5 pads chroma rows to 64 bytes, and libcamera makes it pad luma rows to twice that (libpisp,
 * `compute_stride_align`). Neither pads rows whose width is a multiple of 128.
 */
const ROW_ALIGNMENT = 128;
/** The ISP up to the Pi 4 enlarges smaller pictures to this (bcm2835-isp, `MIN_DIM`). */
const MIN_HEIGHT = 64;

interface PictureSize {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** More cameras than any board has; it only rejects mistakes in the configuration. */
const MAX_CAMERA = 99;
const MAX_ROW_BYTES = 65_536;

/** More than the maximum of any Raspberry Pi sensor; the IMX477 has the longest. */
const MAX_SHUTTER_SECONDS = 1000;

const share = z.number().min(0).max(1);
/** If width or height is 0, rpicam-vid uses the whole sensor. */
const roiSchema = z
  .tuple([share, share, share.positive(), share.positive()])
  .refine(([x, y, width, height]) => x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9, 'must end inside of the sensor');

/** Options that Inkcast always sets (rpicam-vid accepts none twice), and options that would break or end the stream. */
const OURS =
  /^(-[tno]\b|--(timeout|nopreview|codec|width|height|framerate|frames|flush|output|segment|split|circular)(=|$))/;

/**
 * The size to request from a Raspberry Pi camera so that no model pads its rows or height. It is at least the given
 * size.
 */
export function unpaddedSize({ width, height }: PictureSize): PictureSize {
  return { width: Math.ceil(width / ROW_ALIGNMENT) * ROW_ALIGNMENT, height: Math.max(height, MIN_HEIGHT) };
}

export const rpicamOptions = z
  .strictObject({
    source: z.literal('rpicam').meta({ description: 'Where frames come from: a camera of the Raspberry Pi' }),
    width: z.int().min(32).max(8192).default(1280).meta({ description: 'Pixels; rounded up to a multiple of 128' }),
    height: z
      .int()
      .min(32)
      .max(8192)
      .multipleOf(2)
      .default(720)
      .meta({ description: 'Pixels; even; at least 64 are requested' }),
    rate: rateOption(120).default(10).meta({ description: 'Frames per second' }),
    camera: z
      .int()
      .nonnegative()
      .max(MAX_CAMERA)
      .exactOptional()
      .meta({ description: 'Number of the camera in rpicam-hello --list-cameras' }),
    rotation: z.literal([0, 180]).default(0).meta({ description: 'Rotation of frames in degrees' }),
    hflip: z.boolean().default(false).meta({ description: 'Mirror left and right' }),
    vflip: z.boolean().default(false).meta({ description: 'Mirror top and bottom' }),
    shutterUs: shutterOption(MAX_SHUTTER_SECONDS).meta({
      description: 'Exposure time of each frame in microseconds, which may lower the rate; default: automatic',
    }),
    gain: z.number().min(1).max(64).exactOptional().meta({ description: 'Analogue gain; default: automatic' }),
    exposure: z.enum(['normal', 'sport', 'long']).exactOptional().meta({ description: 'Mode of automatic exposure' }),
    lowLight: z.boolean().default(false).meta({
      description: 'Let automatic exposure lower the rate in low light; this needs more of the processor in good light',
    }),
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
    roi: roiSchema.exactOptional().meta({
      description: 'Used part of the sensor: x, y, width, height as shares of 1',
    }),
    rowBytes: z.int().multipleOf(2).positive().max(MAX_ROW_BYTES).exactOptional().meta({
      description: 'Bytes per row, for a platform that pads even multiples of 128',
    }),
    extraArguments: z
      .array(
        z.string().refine((text) => !OURS.test(text), 'is an option that Inkcast sets itself; some have a key here'),
      )
      .default([])
      .meta({ description: 'Further arguments of rpicam-vid', fileOnly: true }),
    program: pathOption()
      .exactOptional()
      .meta({ description: 'Path of rpicam-vid, if it is not on the PATH', fileOnly: true }),
    ...alarmOptions,
  })
  .refine(({ rowBytes, ...size }) => rowBytes === undefined || rowBytes >= unpaddedSize(size).width, {
    path: ['rowBytes'],
    error: 'must be no less than the width, rounded up to a multiple of 128',
  });

export type RpicamOptions = z.infer<typeof rpicamOptions>;
