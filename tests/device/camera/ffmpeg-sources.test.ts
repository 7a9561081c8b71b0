import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCamera, rtspSource, v4l2Source, videoSource } from '@inkcast/device/camera';
import { rtspOptions, v4l2Options, videoOptions } from '@inkcast/device/camera/options';
import { freePorts } from '@inkcast/lab/broker';
import { listenLocally } from '../../support/listen-locally.js';
import { findProgram, needsProgram } from '../../support/programs.js';
import { rtspDoor } from '../../support/rtsp-door.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { untilListening } from '../../support/until-listening.js';
import { movingPictures, runProgram, withProgram } from './support/program.js';
import { Recorder } from './support/recorder.js';
import { isAlive, runsIn } from './support/stand-in.js';

/** 8 frames of 160 x 120 pixels, with 10 frames per second. */
async function makeVideo(folder: string): Promise<string> {
  const file = join(folder, 'a: clip.avi');
  await runProgram('ffmpeg', ...movingPictures('160x120', 10, 0.8), '-c:v', 'mjpeg', file);
  return file;
}

/** An ffmpeg that notes its arguments and its input, and then does the rest. */
async function installCameraFfmpeg(folder: string, ...rest: readonly string[]): Promise<void> {
  const file = join(folder, 'ffmpeg');
  const script = `
    const { appendFileSync, readFileSync } = require('node:fs');
    const [folder, ...args] = process.argv.slice(1);
    appendFileSync(folder + '/runs.jsonl', JSON.stringify({ pid: process.ppid, args, input: readFileSync(0, 'utf8') }) + '\\n');
  `;
  await writeFile(join(folder, 'note.cjs'), script);
  const given = `'${process.execPath}' -e "$(cat '${folder}/note.cjs')" '${folder}' "$@"`;
  await writeFile(file, `#!/bin/sh\n${given}\n${rest.join('\n')}\n`);
  await chmod(file, 0o755);
}

async function play(options: object): Promise<Recorder> {
  const recorder = new Recorder();
  const source = videoSource(videoOptions.parse({ source: 'video', ...options }));
  await source.start(recorder);
  await recorder.until(({ ended }) => ended);
  await source.stop();
  return recorder;
}

describe('cameras through ffmpeg', () => {
  before(function () {
    needsProgram(this, 'ffmpeg');
  });

  it('plays a video file once, each frame after the one before, and ends', () =>
    inTemporaryFolder(async (folder) => {
      const recorder = await play({ file: await makeVideo(folder), realTime: false });
      assert.equal(recorder.failure, undefined);
      assert.equal(recorder.frames.length, 8);
      assert.equal(recorder.overlapping, false);
      assert.deepEqual(
        recorder.frames.map(({ width, height, gray, sequence }) => [width, height, gray.length, sequence]),
        Array.from({ length: 8 }, (_, number) => [160, 120, 160 * 120, number]),
      );
      assert.notDeepEqual(recorder.frames[0].gray, recorder.frames[1].gray);
    }));

  it('leaves out what is more than the rate asks for, also in real time', () =>
    inTemporaryFolder(async (folder) => {
      const recorder = await play({ file: await makeVideo(folder), rate: 5 });
      assert.equal(recorder.frames.length, 4);
    }));

  it('reduces what is larger than the working size', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'large.avi');
      await runProgram('ffmpeg', ...movingPictures('1600x400', 10, 0.1), '-c:v', 'mjpeg', file);
      const { frames } = await play({ file, realTime: false });
      assert.deepEqual([frames[0].width, frames[0].height], [1280, 320]);
    }));

  it('loops a video file until it is stopped, and leaves no process', () =>
    inTemporaryFolder(async (folder) => {
      const recorder = new Recorder();
      const file = await makeVideo(folder);
      await installCameraFfmpeg(folder, `exec '${findProgram('ffmpeg')}' "$@"`);
      const source = videoSource(videoOptions.parse({ source: 'video', file, loop: true, realTime: false }), folder);
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length >= 20);
      const [{ pid }] = await runsIn(folder);
      assert.equal(isAlive(pid), true);
      await source.stop();
      assert.equal(isAlive(pid), false);
      assert.equal(recorder.ended, false);
    }));

  it('says why a video file cannot be played', () =>
    inTemporaryFolder(async (folder) => {
      const missing = await play({ file: join(folder, 'nowhere.mp4') });
      assert.equal(missing.failure?.code, 'INK_CAMERA_FAILED');
      assert.match(
        missing.failure?.message ?? '',
        /^ffmpeg ended with exit code 1: .*nowhere\.mp4: No such file or directory\.$/,
      );
      const file = join(folder, 'text.mp4');
      await writeFile(file, 'no video');
      assert.match((await play({ file })).failure?.message ?? '', /^ffmpeg ended with exit code 1: .*text\.mp4/);
    }));

  it('reads a USB camera through Video4Linux (stand-in for the device)', () =>
    inTemporaryFolder(async (folder) => {
      const [real, ...input] = [findProgram('ffmpeg'), ...movingPictures('320x240', 20)];
      const frames = '-map 0:v:0 -pix_fmt gray -c:v pgm -f image2pipe -flush_packets 1 pipe:1';
      await installCameraFfmpeg(folder, `exec '${real}' -nostdin ${input.join(' ')} ${frames}`);
      const recorder = new Recorder();
      const options = {
        source: 'v4l2',
        device: '/dev/video7',
        width: 320,
        height: 240,
        rate: 20,
        inputFormat: 'mjpeg',
      };
      const source = v4l2Source(v4l2Options.parse(options), folder);
      await source.start(recorder);
      await recorder.until(({ frames, ended }) => ended || frames.length >= 3);
      await source.stop();
      assert.deepEqual([recorder.frames[0].width, recorder.frames[0].height], [320, 240]);
      const [{ args }] = await runsIn(folder);
      assert.ok(
        args
          .join(' ')
          .includes('-f v4l2 -input_format mjpeg -video_size 320x240 -framerate 20 -i /dev/video7 -map 0:v:0'),
        args.join(' '),
      );
    }));

  it('says that a USB camera is not plugged in', async () => {
    const recorder = new Recorder();
    const source = v4l2Source(v4l2Options.parse({ source: 'v4l2', device: '/dev/video-of-nobody' }));
    await source.start(recorder);
    await recorder.until(({ ended }) => ended);
    await source.stop();
    assert.match(recorder.failure?.message ?? '', /\/dev\/video-of-nobody: No such file or directory\.$/);
  });

  it('gives ffmpeg the password of an RTSP camera, and shows it neither in a message nor in the arguments', () =>
    inTemporaryFolder(async (folder) => {
      await installCameraFfmpeg(
        folder,
        'echo "rtsp://me:se%3Acret@camera/1: Server returned 401 Unauthorized" >&2',
        'exit 1',
      );
      const recorder = new Recorder();
      const options = { source: 'rtsp', url: 'rtsp://camera/1', username: 'me', password: "se:cret's" };
      const source = rtspSource(rtspOptions.parse(options), folder);
      await source.start(recorder);
      await recorder.until(({ ended }) => ended);
      await source.stop();
      const [{ args, input }] = await runsIn(folder);
      assert.doesNotMatch(args.join(' '), /cret|camera/);
      assert.match(args.join(' '), / -fflags nobuffer -flags low_delay -fpsprobesize 0 -i pipe:0 /);
      assert.equal(
        input,
        [
          'ffconcat version 1.0',
          "file 'rtsp://me:se%3Acret'\\''s@camera/1'",
          'option rtsp_transport tcp',
          'option timeout 5000000',
          'option fflags nobuffer',
          'option flags low_delay',
          'option fpsprobesize 0',
          '',
        ].join('\n'),
      );
      assert.equal(
        recorder.failure?.message,
        'ffmpeg ended with exit code 1: rtsp://***@camera/1: Server returned 401 Unauthorized.',
      );
    }));

  for (const [url, more, pair] of [
    ['rtsp://', { username: 'me', password: "100%41@/:'\\ #" }, "me:100%41@/:'\\ #"],
    ['rtsp://me:100%25%40@', {}, 'me:100%@'],
    ['rtsp://me:100%@', {}, 'me:100%'],
  ] as const) {
    it(`field report 14: a password with a percent sign reaches an RTSP camera as it is (${pair})`, async () => {
      const { server, given } = rtspDoor();
      const port = await listenLocally(server);
      const source = rtspSource(rtspOptions.parse({ source: 'rtsp', url: `${url}127.0.0.1:${port}/1`, ...more }));
      await source.start(new Recorder());
      try {
        assert.equal(await given, pair);
      } finally {
        await source.stop();
        server.close();
      }
    });
  }

  it('reads a real RTSP stream as soon as there is one', async function () {
    this.timeout(90_000);
    needsProgram(this, 'rtsp-server-perl');
    const [clients, publishers] = await freePorts(2);
    const server = [
      ...['--clientport', `${clients}`, '--serverport', `${publishers}`, '--loglevel', '0'],
      ...['--client_listen_address', '127.0.0.1', '--source_listen_address', '127.0.0.1'],
    ];
    const publish = [
      ...movingPictures('320x240', 10),
      ...['-c:v', 'mpeg4', '-g', '5', '-f', 'rtsp', `rtsp://127.0.0.1:${publishers}/cam`],
    ];
    const recorder = new Recorder();
    const url = `rtsp://127.0.0.1:${clients}/cam`;
    const options = rtspOptions.parse({ source: 'rtsp', url, transport: 'udp' });
    const camera = createCamera(options, { retryDelays: { firstMs: 50, maxMs: 200 } });
    await withProgram('rtsp-server-perl', server, async () => {
      await untilListening(publishers);
      await camera.start(recorder);
      await recorder.until(({ faults }) => faults.length > 0);
      assert.match(recorder.faults[0].message, /404 Not Found/);
      await withProgram('ffmpeg', publish, () => recorder.until(({ frames }) => frames.length >= 3));
      assert.deepEqual([recorder.frames[0].width, recorder.frames[0].height], [320, 240]);
    });
    await camera.stop();
  });
});
