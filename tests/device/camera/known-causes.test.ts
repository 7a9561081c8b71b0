import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FrameSource, rpicamSource, rtspSource, SupervisedSource, v4l2Source } from '@inkcast/device/camera';
import { rpicamOptions, rtspOptions, v4l2Options } from '@inkcast/device/camera/options';
import { ERROR_CATALOG, type InkError } from '@inkcast/shared/errors';
import fc from 'fast-check';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { HandClock, settled } from './support/hand-clock.js';
import { Recorder } from './support/recorder.js';

/** Puts a program into a folder that says this on its standard error, and then ends, or does not. */
async function install(folder: string, name: string, lines: readonly string[], end = 'exit 1'): Promise<void> {
  await writeFile(join(folder, 'says'), lines.map((line) => `${line}\n`).join(''));
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\ncat '${folder}/says' >&2\n${end}\n`);
  await chmod(file, 0o755);
}

const rpicam = (folder: string) => rpicamSource(rpicamOptions.parse({ source: 'rpicam' }), folder);
const usb = (folder: string) => v4l2Source(v4l2Options.parse({ source: 'v4l2' }), folder);
const rtsp = (folder: string) => rtspSource(rtspOptions.parse({ source: 'rtsp', url: 'rtsp://camera/1' }), folder);

/** What a camera fails with whose program says this and ends. */
async function failureOf(
  name: string,
  open: (folder: string) => FrameSource,
  lines: readonly string[],
): Promise<InkError> {
  const recorder = new Recorder();
  await inTemporaryFolder(async (folder) => {
    await install(folder, name, lines);
    const source = open(folder);
    await source.start(recorder);
    await recorder.until(({ ended }) => ended);
    await source.stop();
  });
  assert.ok(recorder.failure !== undefined);
  return recorder.failure;
}

/** What each start of rpicam-vid begins with, and is no cause of anything. */
const START = [
  '[0:01:02.345678901] [678]  INFO Camera camera_manager.cpp:326 libcamera v0.5.2+99-bfd68f78',
  '[0:01:02.445678901] [681]  WARN RPiSdn sdn.cpp:40 Using legacy SDN tuning - please consider moving SDN inside rpi.denoise',
  '[0:01:02.545678901] [678]  WARN V4L2 v4l2_pixelformat.cpp:344 Unsupported V4L2 pixel format RPBP',
];

/** The program, its output, the line with the cause, and the remedy. */
const CASES: readonly (readonly [string, readonly string[], RegExp, RegExp])[] = [
  [
    'rpicam-vid',
    [
      '[0:01:02.645] [678]  INFO Camera camera.cpp:1021 Pipeline handler in use by another process',
      'ERROR: *** failed to acquire camera /base/soc/i2c0mux/i2c@1/imx708@1a ***',
    ],
    /failed to acquire camera/,
    /Another program uses the camera.*fuser/,
  ],
  [
    'rpicam-vid',
    ['[0:01:02.645] [678]  INFO Camera camera.cpp:1021 Pipeline handler in use by another process', 'Aborted'],
    /Pipeline handler in use by another process/,
    /Another program uses the camera/,
  ],
  [
    'rpicam-vid',
    [
      '[0:01:02.645] [678] ERROR DmaBufAllocator dma_buf_allocator.cpp:120 Could not open any dma-buf provider',
      'ERROR: *** no cameras available ***',
    ],
    /dma-buf provider/,
    /dma_heap.*usermod -aG video/,
  ],
  [
    'rpicam-vid',
    ['/dev/dma_heap/linux,cma: Permission denied', 'ERROR: *** failed to allocate capture buffers ***'],
    /dma_heap\/linux,cma: Permission denied/,
    /usermod -aG video/,
  ],
  [
    'rpicam-vid',
    [
      '[0:01:03.1] [678] ERROR V4L2 Unable to request 4 buffers: Cannot allocate memory',
      'ERROR: *** failed to start camera ***',
    ],
    /Cannot allocate memory/,
    /Lower camera.width/,
  ],
  ['rpicam-vid', ['ERROR: *** no cameras available ***'], /no cameras available/, /ribbon cable.*list-cameras/],
  ['rpicam-vid', ['ERROR: *** selected camera is not available ***'], /selected camera/, /Set camera\.camera/],
  ['rpicam-vid', ['ERROR: *** failed to configure streams ***'], /configure streams/, /another camera\.width/],
  ['rpicam-vid', ["ERROR: *** unrecognised option '--autofocus-range' ***"], /autofocus-range/, /Update the program/],
  [
    'rpicam-vid',
    [
      'rpicam-vid: error while loading shared libraries: libcamera.so.0.3: cannot open shared object file: No such file or directory',
    ],
    /libcamera\.so/,
    /apt full-upgrade/,
  ],
  [
    'usb',
    [
      "[video4linux2,v4l2 @ 0x55] Cannot find a proper format for codec 'h264' (id 27), pixel format 'none' (id -1)",
      '/dev/video0: Invalid argument',
    ],
    /Cannot find a proper format/,
    /camera\.inputFormat.*list-formats-ext/,
  ],
  [
    'usb',
    ['[video4linux2,v4l2 @ 0x55] No such input format: mjpg.', '/dev/video0: Invalid argument'],
    /mjpg/,
    /inputFormat/,
  ],
  [
    'usb',
    ["Unrecognized option 'fps_mode'.", 'Error splitting the argument list: Option not found'],
    /fps_mode/,
    /ffmpeg is too old: 5\.1 is needed/,
  ],
  [
    'usb',
    [
      '[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_STREAMON): No space left on device',
      '/dev/video0: No space left on device',
    ],
    /STREAMON/,
    /USB bus is full/,
  ],
  [
    'usb',
    ['[video4linux2,v4l2 @ 0x55] Not a video capture device.', '/dev/video0: No such device'],
    /capture device/,
    /This is no camera/,
  ],
  ['usb', ['[video4linux2,v4l2 @ 0x55] Cannot open video device /dev/video0: Permission denied'], /denied/, /usermod/],
  [
    'usb',
    ['[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_STREAMON): Device or resource busy'],
    /busy/,
    /Another program uses/,
  ],
  [
    'usb',
    ['[video4linux2,v4l2 @ 0x55] ioctl(VIDIOC_DQBUF): No such device', '/dev/video0: Input/output error'],
    /DQBUF/,
    /not plugged in/,
  ],
  [
    'rtsp',
    [
      '[rtsp @ 0x55] method DESCRIBE failed: 401 Unauthorized',
      'rtsp://me:pw@camera/1: Server returned 401 Unauthorized (authorization failed)',
    ],
    /401/,
    /camera\.password/,
  ],
  [
    'rtsp',
    ['[rtsp @ 0x55] method DESCRIBE failed: 404 Not Found', 'rtsp://camera/1: Server returned 404 Not Found'],
    /404/,
    /path in camera\.url/,
  ],
  [
    'rtsp',
    [
      '[tcp @ 0x55] Failed to resolve hostname camera: Name or service not known',
      'rtsp://camera/1: Input/output error',
    ],
    /resolve/,
    /name is not known/,
  ],
  [
    'rtsp',
    [
      '[tcp @ 0x55] Connection to tcp://camera:554?timeout=5000000 failed: No route to host',
      'rtsp://camera/1: No route to host',
    ],
    /No route/,
    /Check the address/,
  ],
  ['rtsp', ['[rtsp @ 0x55] method SETUP failed: 461 Unsupported transport'], /461/, /camera\.transport/],
];

const OPEN = { 'rpicam-vid': rpicam, usb, rtsp };

describe('the causes of camera failures', () => {
  for (const [program, lines, cause, remedy] of CASES) {
    const name = program === 'rpicam-vid' ? program : 'ffmpeg';
    it(`field report 16: knows the cause and what to do (${program}: ${lines[0].slice(-60)})`, async () => {
      const said = name === 'ffmpeg' ? lines : [...START, ...lines];
      const failure = await failureOf(name, OPEN[program as keyof typeof OPEN], said);
      assert.equal(failure.code, 'INK_CAMERA_FAILED');
      assert.match(failure.message, new RegExp(`^${name} ended with exit code 1: `));
      assert.match(failure.message, cause);
      assert.match(failure.remedy, remedy);
      assert.equal(failure.details, said.join('\n').replace('me:pw', '***').replace('timeout=5000000', '***'));
    });
  }

  it('field report 16: keeps the last lines of a failure that it does not know', async () => {
    const failure = await failureOf('rpicam-vid', rpicam, [...START, 'ERROR: *** the moon is full ***', 'Goodbye']);
    assert.equal(failure.message, 'rpicam-vid ended with exit code 1: ERROR: *** the moon is full ***.');
    assert.equal(failure.remedy, ERROR_CATALOG.INK_CAMERA_FAILED.remedy);
    assert.match(failure.details ?? '', /libcamera v0\.5\.2.*the moon is full \*\*\*\nGoodbye$/s);
  });

  it('field report 16: finds the cause among all the frames that were counted before and after it', async () => {
    const frames = Array.from({ length: 3000 }, (_, number) => `#${number} (30.00 fps) exp 33239.00 ag 1.12 dg 1.00`);
    const busy = 'ERROR: *** failed to acquire camera 1 ***';
    const failure = await failureOf('rpicam-vid', rpicam, [...frames, busy, ...frames]);
    assert.equal(failure.details, busy);
    assert.match(failure.remedy, /Another program/);
  });

  it('field report 16: says of a silent camera what its program complains of', () =>
    inTemporaryFolder(async (folder) => {
      const said = [
        '[0:09:12.1] [678]  WARN V4L2 v4l2_videodevice.cpp:2095 /dev/video4[16:cap]: Dequeue timer of 1000000.00us has expired!',
        '[0:09:12.1] [678] ERROR RPI pipeline_base.cpp:1339 Camera frontend has timed out!',
        '[0:09:12.1] [678] ERROR RPI pipeline_base.cpp:1340 Please check that your camera sensor connector is attached securely.',
        '[0:09:12.1] [678] ERROR RPI pipeline_base.cpp:1341 Alternatively, try another cable and/or sensor.',
      ];
      // Like rpicam-vid, it keeps running. A frame shows that its output is complete.
      const frame = 'head -c 1382400 /dev/zero; exec sleep 100';
      await install(folder, 'rpicam-vid', [...START, ...said], frame);
      const clock = new HandClock();
      const recorder = new Recorder();
      const camera = new SupervisedSource(() => rpicam(folder), { silentAfter: 10_000, frozenAfter: 0, clock });
      await camera.start(recorder);
      await recorder.until(({ frames }) => frames.length > 0);
      // The frame must have been taken before the silence begins.
      await settled();
      await clock.advance(10_000);
      await recorder.until(({ faults }) => faults.length > 0);
      await camera.stop();
      const [{ code, message, remedy, details }] = recorder.faults;
      assert.equal(code, 'INK_CAMERA_SILENT');
      assert.match(message, /^The camera has delivered no frame for 10 s: .*sensor connector is attached securely\.$/);
      assert.match(remedy, /press the ribbon cable in/);
      assert.match(details ?? '', /Camera frontend has timed out!/);
    }));

  it('field report 16: fails a camera that has made another size of the one asked for', () =>
    inTemporaryFolder(async (folder) => {
      const streams =
        'INFO Camera camera.cpp:1215 configuring streams: (0) 1296x972-YUV420/sYCC (1) 1296x972-SGBRG10_CSI2P/RAW';
      await install(folder, 'rpicam-vid', [`[0:09:12.1] [678]  ${streams}`], 'exec cat /dev/zero');
      const recorder = new Recorder();
      const source = rpicam(folder);
      await source.start(recorder);
      await recorder.until(({ ended }) => ended);
      await source.stop();
      assert.equal(
        recorder.failure?.message,
        'The camera delivers pictures of 1296x972 pixels, where 1280x720 were asked for.',
      );
    }));

  it('field report 16: shows no password, wherever it stands in the address', () =>
    fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z0-9:@%]{1,20}$/), fc.nat(400), async (noise, padding) => {
        const line = `${' '.repeat(padding)}${'x'.repeat(padding)} rtsp://me:se${noise}cret@cam/1?user=me&password=se${noise}cret: 401 Unauthorized`;
        const { message, details = '' } = await failureOf('ffmpeg', rtsp, [line]);
        assert.ok(!`${message}${details}`.includes(`se${noise}cret`), message);
      }),
      { numRuns: 8 },
    ));
});
