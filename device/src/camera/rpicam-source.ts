import { InkError } from '@inkcast/shared/errors';
import { possibleRate } from './frame-interval.js';
import { type RpicamOptions, unpaddedSize } from './options/index.js';
import { ProgramSource } from './program-source.js';
import { Yuv420Cutter } from './yuv420-cutter.js';

/**
 * A Raspberry Pi camera, through rpicam-vid (Raspberry Pi OS bookworm and later) or libcamera-vid (bullseye). The
 * program writes raw YUV420 to a pipe, and its luma plane is the frame, so no JPEG is encoded and decoded.
 *
 * @param searchPath folders to search for the program, instead of those of PATH
 */
export function rpicamSource(options: RpicamOptions, searchPath?: string): ProgramSource {
  const { width, height } = unpaddedSize(options);
  return new ProgramSource(
    {
      programs: options.program === undefined ? ['rpicam-vid', 'libcamera-vid'] : [options.program],
      debianPackage: 'rpicam-apps',
      args: rpicamArguments({ ...options, width, height }),
      // In good light, more frames arrive than were requested.
      ...(slows(options) ? { rate: options.rate } : {}),
      object: (line) => objectTo(line, width, height),
      cutter: new Yuv420Cutter({ width, height, rowBytes: options.rowBytes ?? width }),
      waits: false,
      mayEnd: false,
    },
    searchPath,
  );
}

/** Whether automatic exposure determines the rate: without an exposure time, rpicam-vid leaves the frame time to it. */
function slows({ lowLight, shutterUs }: RpicamOptions): boolean {
  return lowLight && shutterUs === undefined;
}

/** libcamera logs the size that it really uses. Some cameras and ISPs do not support the requested one. */
function objectTo(line: string, width: number, height: number): InkError | undefined {
  const streams = /configuring streams: (.*)/.exec(line)?.[1] ?? '';
  const sizes = [...streams.matchAll(/(\d+x\d+)-YUV420/g)].map(([, size]) => size);
  if (sizes.length === 0 || sizes.includes(`${width}x${height}`)) return undefined;
  return new InkError(
    'INK_CAMERA_FAILED',
    `The camera delivers pictures of ${sizes[0]} pixels, where ${width}x${height} were asked for.`,
    { remedy: 'Choose a camera.width and camera.height that it has, such as 1280 and 720.' },
  );
}

function rpicamArguments(options: RpicamOptions): string[] {
  const { width, height, rotation, hflip, vflip, roi } = options;
  // With `=`, because a negative value would be taken for an option.
  const given = (name: string, value: string | number | undefined) => (value === undefined ? [] : [`${name}=${value}`]);
  return [
    ...['-t', '0', '-n', '--codec', 'yuv420'],
    ...['--width', `${width}`, '--height', `${height}`, '--framerate', `${slows(options) ? 0 : possibleRate(options)}`],
    ...given('--camera', options.camera),
    ...given('--rotation', rotation === 0 ? undefined : rotation),
    ...(hflip ? ['--hflip'] : []),
    ...(vflip ? ['--vflip'] : []),
    ...given('--shutter', options.shutterUs),
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
