import assert from 'node:assert/strict';
import { createCamera, rpicamSource, SupervisedSource } from '@inkcast/device/camera';
import { rpicamOptions } from '@inkcast/device/camera/options';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { HandClock } from './support/hand-clock.js';
import { Recorder } from './support/recorder.js';
import { behaveAs, installRpicam, isAlive, runsIn } from './support/stand-in.js';

const options = (more: object = {}) =>
  rpicamOptions.parse({ source: 'rpicam', width: 128, height: 64, rate: 100, ...more });

/** What the stand-in shows in its luma plane. */
const luma = (frame: number, width: number, height: number) =>
  Uint8Array.from({ length: width * height }, (_, at) => (frame * 7 + (at % width) + Math.floor(at / width) * 3) % 200);

describe('rpicam (stand-in)', () => {
  it('takes the luma plane of each frame, split anywhere, with noise on stderr, and leaves no process', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', { chunk: 1001, noise: true });
      const recorder = new Recorder();
      const source = rpicamSource(options(), folder);
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length >= 4);
      await source.stop();
      const delivered = recorder.frames.length;
      for (const [number, { width, height, gray, sequence }] of recorder.frames.entries()) {
        assert.deepEqual([width, height, sequence], [128, 64, number]);
        assert.deepEqual(gray, luma(number, 128, 64));
      }
      const [{ pid, args }] = await runsIn(folder);
      assert.equal(args.join(' '), '-t 0 -n --codec yuv420 --width 128 --height 64 --framerate 100 --flush -o -');
      assert.equal(isAlive(pid), false);
      assert.equal(recorder.frames.length, delivered);
      assert.equal(recorder.ended, false, 'a stop is no end');
    }));

  it('asks for a width that is a multiple of 128, and skips the padding of a platform that pads it further', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', { rowBytes: 256 });
      const recorder = new Recorder();
      const source = rpicamSource(options({ width: 100, rowBytes: 256 }), folder);
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length >= 2);
      await source.stop();
      assert.deepEqual(recorder.frames[1].gray, luma(1, 128, 64));
      assert.throws(() => options({ width: 100, rowBytes: 100 }), /rowBytes/);
    }));

  for (const model of ['pi4', 'pi5'] as const) {
    const sizes = [320, 800, 960, 2592].map((width) => [width, 72]);
    for (const [width, height] of [...sizes, [32, 32], [130, 62]]) {
      it(`field report 12: takes whole pictures of ${width} x ${height} pixels from a ${model}, which pads rows`, () =>
        inTemporaryFolder(async (folder) => {
          await installRpicam(folder, 'rpicam-vid', { model, frames: 2 });
          const recorder = new Recorder();
          const source = rpicamSource(options({ width, height }), folder);
          await source.start(recorder);
          await recorder.until(({ frames, ended }) => ended || frames.length >= 2);
          await source.stop();
          const frame = recorder.frames[1];
          assert.ok(frame.width >= width && frame.height >= height, `${frame.width} x ${frame.height}`);
          assert.deepEqual(frame.gray, luma(1, frame.width, frame.height));
        }));
    }
  }

  it('uses libcamera-vid where only that exists, and hands camera options on', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'libcamera-vid', {});
      const recorder = new Recorder();
      const tuned = {
        ...{
          camera: 1,
          rotation: 180,
          hflip: true,
          vflip: true,
          shutterUs: 8000,
          gain: 2.5,
          exposure: 'sport',
          ev: -0.5,
        },
        ...{ autofocusMode: 'manual', autofocusRange: 'macro', lensPosition: 4, roi: [0.25, 0.25, 0.5, 0.5] },
        extraArguments: ['--denoise', 'off'],
      };
      const source = rpicamSource(options(tuned), folder);
      await source.start(recorder);
      await recorder.until(({ frames, ended }) => ended || frames.length > 0);
      await source.stop();
      assert.equal(recorder.failure, undefined);
      const [{ args }] = await runsIn(folder);
      assert.equal(
        args.slice(args.indexOf('--camera=1')).join(' '),
        '--camera=1 --rotation=180 --hflip --vflip --shutter=8000 --gain=2.5 --exposure=sport --ev=-0.5 ' +
          '--autofocus-mode=manual --autofocus-range=macro --lens-position=4 --roi=0.25,0.25,0.5,0.5 ' +
          '--denoise off --flush -o -',
      );
    }));

  it('field report 15: asks for no more frames than an exposure leaves time for', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', {});
      for (const [rate, shutterUs] of [
        [10, 200_000],
        [10, 100_000],
        [0.5, 7_000_000],
      ]) {
        const source = rpicamSource(options({ rate, shutterUs }), folder);
        const recorder = new Recorder();
        await source.start(recorder);
        await recorder.until(({ frames, ended }) => ended || frames.length > 0);
        await source.stop();
      }
      const rates = (await runsIn(folder)).map(({ args }) => args[args.indexOf('--framerate') + 1]);
      assert.deepEqual(rates, ['5', '10', '0.1428']);
    }));

  it('field report 12: refuses further arguments that would change what is read', () => {
    const refused = ['--width', '--height=100', '--framerate', '-o', '--codec=h264', '--segment', '-t', '--output=x'];
    for (const argument of refused) {
      assert.throws(
        () => options({ extraArguments: ['--denoise', 'off', argument, '1'] }),
        /Inkcast sets itself/,
        argument,
      );
    }
    const { extraArguments } = options({
      extraArguments: ['--width-of-something', '-x', '--shutter=9000', '--tuning-file'],
    });
    assert.equal(extraArguments.length, 4);
  });

  it('field report 15: lets low light lower the rate where that is wanted, and delivers no more than was asked for', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', {});
      const recorder = new Recorder();
      const source = rpicamSource(options({ rate: 5, lowLight: true, exposure: 'long' }), folder);
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length >= 3);
      await source.stop();
      const [{ args }] = await runsIn(folder);
      assert.match(args.join(' '), /--framerate 0 --exposure=long/);
      // The stand-in writes 100 frames per second. The first pixel of each is brighter by 7 than that of the previous one.
      assert.notEqual(recorder.frames[2].gray[0], 14);
      assert.deepEqual(
        recorder.frames.slice(0, 3).map(({ sequence }) => sequence),
        [0, 1, 2],
      );
    }));

  it('field report 15: has the silence alarm wait for the first frame of a long exposure, whatever it is set to', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', { frames: 0, next: 'hang' });
      for (const [patience, slow] of [
        [120_000, { shutterUs: 10_000_000 }],
        [120_000, { shutterUs: 10_000_000, silentAfterMs: 60_000 }],
        [120_000, { rate: 0.1, silentAfterMs: 60_000 }],
        [12_000, { lowLight: true, silentAfterMs: 2000 }],
      ] as const) {
        const clock = new HandClock();
        const recorder = new Recorder();
        const states: string[] = [];
        const camera = createCamera(options({ program: `${folder}/rpicam-vid`, ...slow }), {
          clock,
          report: ({ name }) => states.push(name),
        });
        await camera.start(recorder);
        await clock.advance(patience - 1000);
        assert.deepEqual(states, ['starting']);
        await clock.advance(2000);
        await recorder.until(({ faults }) => faults.length > 0);
        await camera.stop();
        assert.equal(recorder.faults[0].code, 'INK_CAMERA_SILENT');
      }
    }));

  it('says which package to install where neither program exists', () =>
    inTemporaryFolder(async (folder) => {
      const source = rpicamSource(options(), folder);
      await assert.rejects(source.start(new Recorder()), {
        code: 'INK_CAMERA_PROGRAM',
        message: 'There is no rpicam-vid and no libcamera-vid on this machine.',
        remedy: 'Install it with: sudo apt install rpicam-apps',
      });
      await source.stop();
    }));

  it('ends with what the program complained of, when it exits or is killed', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', { noise: true, noCamera: true });
      const refused = new Recorder();
      const first = rpicamSource(options(), folder);
      await first.start(refused);
      await refused.until(({ ended }) => ended);
      await first.stop();
      assert.equal(refused.failure?.code, 'INK_CAMERA_FAILED');
      assert.equal(
        refused.failure?.message,
        'rpicam-vid ended with exit code 255: ERROR: *** no cameras available ***.',
      );
      await behaveAs(folder, {});
      const killed = new Recorder();
      const second = rpicamSource(options(), folder);
      await second.start(killed);
      await killed.until(({ frames }) => frames.length > 0);
      process.kill((await runsIn(folder))[1].pid, 'SIGKILL');
      await killed.until(({ ended }) => ended);
      await second.stop();
      assert.equal(killed.failure?.message, 'rpicam-vid was ended by SIGKILL.');
    }));

  it('ends a program that hangs and ignores SIGTERM', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', { frames: 1, next: 'hang', ignoreTerm: true });
      const recorder = new Recorder();
      const source = rpicamSource(options(), folder);
      await source.start(recorder);
      await recorder.until(({ frames }) => frames.length === 1);
      await source.stop();
      assert.equal(isAlive((await runsIn(folder))[0].pid), false);
    }));

  it('is stopped while it starts, and leaves no process', () =>
    inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', {});
      const recorder = new Recorder();
      const source = rpicamSource(options(), folder);
      await Promise.all([source.start(recorder), source.stop()]);
      assert.equal(recorder.frames.length, 0);
      assert.equal(recorder.ended, false);
    }));

  it('recovers under supervision from a program that exits, hangs, or repeats its picture', function () {
    this.timeout(90_000);
    return inTemporaryFolder(async (folder) => {
      const recorder = new Recorder();
      const states: string[] = [];
      await installRpicam(folder, 'rpicam-vid', { frames: 2, next: 1 });
      const camera = new SupervisedSource(() => rpicamSource(options(), folder), {
        silentAfter: 4000,
        frozenAfter: 200,
        retryDelays: { firstMs: 10, maxMs: 20 },
        report: ({ name }) => states.push(name),
      });
      await camera.start(recorder);
      for (const [code, behaviour] of [
        ['INK_CAMERA_FAILED', { frames: 2, next: 'hang' }],
        ['INK_CAMERA_SILENT', { frames: 2, next: 'freeze' }],
        ['INK_CAMERA_FROZEN', {}],
      ] as const) {
        await recorder.until(({ faults }) => faults.at(-1)?.code === code);
        await behaveAs(folder, behaviour);
        const before = recorder.frames.length;
        // A run that began before the behaviour changed may fail the same way once more.
        await recorder.until(({ frames, faults }) => frames.length > before + 1 || faults.at(-1)?.code !== code);
      }
      await recorder.until(() => states.at(-1) === 'running');
      await camera.stop();
      assert.ok(states.includes('silent') && states.includes('frozen'), `${states}`);
      for (const { pid } of await runsIn(folder)) assert.equal(isAlive(pid), false);
    });
  });
});
