import { z } from 'zod';
import { ProgramSource } from './program-source.js';
import { Yuv420Cutter } from './yuv420-cutter.js';

/** The ISPs of Raspberry Pi pad rows of YUV420 to 64 bytes (raspberrypi/linux#4419), so such widths come unpadded. */
const ROW_ALIGNMENT = 64;

const share = z.number().min(0).max(1);

const paddedWidth = (width: number) => Math.ceil(width / ROW_ALIGNMENT) * ROW_ALIGNMENT;

export const rpicamOptions = z
  .strictObject({
    source: z.literal('rpicam'),
    /** Pixels; rounded up to a multiple of 64. */
    width: z.int().min(64).max(8192).default(1280),
    height: z.int().min(32).max(8192).multipleOf(2).default(720),
    /** Frames a second. */
    rate: z.number().min(0.1).max(120).default(10),
    /** Which camera, as `rpicam-hello --list-cameras` counts them. */
    camera: z.int().min(0).optional(),
    /** Degrees; the ISP turns by no others. */
    rotation: z.literal([0, 180]).default(0),
    hflip: z.boolean().default(false),
    vflip: z.boolean().default(false),
    /** Microseconds that each frame is exposed; automatic where it is left out. */
    shutter: z.int().min(1).optional(),
    /** Analogue gain; automatic where it is left out. */
    gain: z.number().min(1).max(64).optional(),
    exposure: z.enum(['normal', 'sport']).optional(),
    /** Exposure compensation in stops. */
    ev: z.number().min(-10).max(10).optional(),
    autofocusMode: z.enum(['manual', 'auto', 'continuous']).optional(),
    autofocusRange: z.enum(['normal', 'macro', 'full']).optional(),
    /** Dioptres: 1 / metres, 0 for infinity. */
    lensPosition: z.number().min(0).max(32).optional(),
    /** Part of the sensor that is used: x, y, width, height as shares of 1. */
    roi: z.tuple([share, share, share, share]).optional(),
    /** Bytes from row to row, for a platform that pads even multiples of 64. */
    rowBytes: z.int().multipleOf(2).optional(),
    /** Further arguments, as they are. */
    extraArguments: z.array(z.string()).default([]),
    /** The program, where it is not on the PATH. */
    program: z.string().optional(),
  })
  .refine(({ width, rowBytes }) => rowBytes === undefined || rowBytes >= paddedWidth(width), {
    path: ['rowBytes'],
    error: 'must not be less than the width, rounded up to a multiple of 64',
  });

export type RpicamOptions = z.output<typeof rpicamOptions>;

/**
 * A camera of the Raspberry Pi, through rpicam-vid of Raspberry Pi OS bookworm and later, or libcamera-vid of bullseye:
 * raw YUV420 through a pipe, whose luma plane is the frame, so that no JPEG is coded and decoded again.
 *
 * @param searchPath folders to find the program in, instead of those of PATH
 */
export function rpicamSource(options: RpicamOptions, searchPath?: string): ProgramSource {
  const width = paddedWidth(options.width);
  const { height } = options;
  return new ProgramSource(
    {
      programs: options.program === undefined ? ['rpicam-vid', 'libcamera-vid'] : [options.program],
      debianPackage: 'rpicam-apps',
      args: rpicamArguments(options, width),
      cutter: new Yuv420Cutter({ width, height, rowBytes: options.rowBytes ?? width }),
      playsFile: false,
    },
    searchPath,
  );
}

function rpicamArguments(options: RpicamOptions, width: number): string[] {
  const { height, rate, rotation, hflip, vflip, roi } = options;
  // With `=`, or a negative value would be taken for an option.
  const given = (name: string, value: string | number | undefined) => (value === undefined ? [] : [`${name}=${value}`]);
  return [
    ...['-t', '0', '-n', '--codec', 'yuv420'],
    ...['--width', `${width}`, '--height', `${height}`, '--framerate', `${rate}`],
    ...given('--camera', options.camera),
    ...given('--rotation', rotation === 0 ? undefined : rotation),
    ...(hflip ? ['--hflip'] : []),
    ...(vflip ? ['--vflip'] : []),
    ...given('--shutter', options.shutter),
    ...given('--gain', options.gain),
    ...given('--exposure', options.exposure),
    ...given('--ev', options.ev),
    ...given('--autofocus-mode', options.autofocusMode),
    ...given('--autofocus-range', options.autofocusRange),
    ...given('--lens-position', options.lensPosition),
    ...given('--roi', roi?.join(',')),
    ...options.extraArguments,
    ...['--flush', '-o', '-'],
  ];
}
