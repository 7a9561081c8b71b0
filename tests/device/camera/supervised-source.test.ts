import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import {
  type CameraState,
  decodePicture,
  type FrameSink,
  type FrameSource,
  SupervisedSource,
} from '@inkcast/device/camera';
import { InkError } from '@inkcast/shared/errors';
import { HandClock, settled } from './support/hand-clock.js';
import { Recorder } from './support/recorder.js';

/** A source that a test controls. */
class HandSource implements FrameSource {
  sink: FrameSink | undefined;
  stopped = false;
  readonly #refusal: InkError | undefined;

  constructor(refusal?: InkError) {
    this.#refusal = refusal;
  }

  async start(sink: FrameSink): Promise<void> {
    if (this.#refusal !== undefined) throw this.#refusal;
    this.sink = sink;
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  show(value: number): Promise<void> | undefined {
    return this.showPicture({ width: 2, height: 1, gray: Uint8Array.of(value, 1) });
  }

  showPicture({ width, height, gray }: Plane): Promise<void> | undefined {
    return this.sink?.frame({ width, height, gray, capturedAt: new Date(), at: performance.now(), sequence: 0 });
  }
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

const scenes = new URL('../../../assets/scenes/', import.meta.url);

/** What a picture looks like whose rows are taken to be shorter by this than they are. */
function shear({ width, gray }: Plane, by: number): Plane {
  const height = Math.floor(gray.length / (width - by));
  return { width: width - by, height, gray: gray.subarray(0, (width - by) * height) };
}

const broken = new InkError('INK_CAMERA_FAILED', 'It broke.');

/** A supervised camera under a hand-driven clock: silent after 1 s, frozen after 2 s, pauses of 100 ms to 1.6 s. */
class Bench {
  readonly clock = new HandClock();
  readonly recorder = new Recorder();
  readonly sources: HandSource[] = [];
  readonly states: CameraState[] = [];
  readonly camera: SupervisedSource;
  refusal: InkError | undefined;

  /** @param pauses of the configuration, or short ones */
  constructor(alarms: { silentAfter?: number; frozenAfter?: number } = {}, pauses: 'usual' | 'short' = 'short') {
    this.camera = new SupervisedSource(
      () => {
        const source = new HandSource(this.refusal);
        this.sources.push(source);
        return source;
      },
      {
        silentAfter: 1000,
        frozenAfter: 2000,
        ...(pauses === 'short' ? { retryDelays: { firstMs: 100, maxMs: 1600 } } : {}),
        report: (state) => this.states.push(state),
        clock: this.clock,
        // With this jitter a pause has its whole length.
        random: () => 1,
        ...alarms,
      },
    );
  }

  async start(): Promise<HandSource> {
    await this.camera.start(this.recorder);
    await settled();
    return this.last;
  }

  get last(): HandSource {
    const source = this.sources.at(-1);
    assert.ok(source);
    return source;
  }

  get names(): string[] {
    return this.states.map(({ name }) => name);
  }
}

describe('a supervised camera', () => {
  it('passes frames on, and starts a camera anew that failed, with one count of frames over both', async () => {
    const bench = new Bench();
    const first = await bench.start();
    await first.show(1);
    await first.show(2);
    first.sink?.end(broken);
    await settled();
    assert.equal(first.stopped, true, 'what failed is stopped before the next is made');
    await bench.clock.advance(99);
    assert.equal(bench.sources.length, 1);
    await bench.clock.advance(1);
    assert.equal(bench.sources.length, 2);
    await bench.clock.advance(900);
    await bench.last.show(3);
    assert.deepEqual(
      bench.recorder.frames.map(({ gray, sequence }) => [gray[0], sequence]),
      [
        [1, 0],
        [2, 1],
        [3, 2],
      ],
    );
    assert.deepEqual(bench.recorder.faults, [broken]);
    assert.deepEqual(bench.names, ['starting', 'running', 'restarting', 'running']);
    assert.equal(bench.states[2].lastError, broken);
    assert.equal(bench.states.at(-1)?.restarts, 1);
    await bench.camera.stop();
    assert.equal(bench.clock.waiting, 0);
  });

  it('pauses twice as long after each failure, up to the most, and begins anew after a time that went well', async () => {
    const bench = new Bench({ silentAfter: 0 });
    bench.refusal = broken;
    await bench.start();
    for (const pause of [100, 200, 400, 800, 1600, 1600]) {
      const before = bench.sources.length;
      await bench.clock.advance(pause - 1);
      assert.equal(bench.sources.length, before, `not yet after ${pause - 1} ms`);
      if (bench.sources.length === 6) bench.refusal = undefined;
      await bench.clock.advance(1);
      assert.equal(bench.sources.length, before + 1, `again after ${pause} ms`);
    }
    await bench.last.show(1);
    await bench.clock.advance(1000);
    await bench.last.show(2);
    bench.last.sink?.end(broken);
    await settled();
    await bench.clock.advance(100);
    assert.equal(bench.sources.length, 8);
    await bench.camera.stop();
  });

  it('field report 13: a stream that is closed every 10 s runs 95 % of the time', async () => {
    const bench = new Bench({}, 'usual');
    await bench.start();
    const start = bench.clock.now();
    let running = 0;
    let frames = 0;
    while (bench.clock.now() < start + 600_000) {
      const source = bench.last;
      for (let count = 0; count < 100 && !source.stopped; count++) {
        await bench.clock.advance(100);
        await source.show(count);
        frames++;
        if (bench.names.at(-1) === 'running') running += 100;
      }
      source.sink?.end(broken);
      await settled();
      while (bench.last === source) {
        await bench.clock.advance(10);
        if (bench.names.at(-1) === 'running') running += 10;
      }
    }
    const whole = bench.clock.now() - start;
    assert.ok(running >= 0.95 * whole, `it counted as running ${running} of ${whole} ms`);
    assert.ok(frames * 100 >= 0.95 * whole, `${frames} frames in ${whole} ms`);
    await bench.camera.stop();
  });

  it('field report 13: a camera that gives frames again within a second has been running; a later one has not', async () => {
    const bench = new Bench();
    const first = await bench.start();
    await first.show(1);
    first.sink?.end(broken);
    await settled();
    await bench.clock.advance(999);
    await bench.last.show(2);
    assert.deepEqual(bench.names, ['starting', 'running', 'running']);
    assert.deepEqual([bench.states[2].restarts, bench.states[2].lastError], [1, broken]);
    assert.deepEqual(bench.recorder.faults, [broken]);
    bench.last.sink?.end(broken);
    await settled();
    await bench.clock.advance(999);
    assert.equal(bench.names.length, 3);
    await bench.clock.advance(1);
    assert.equal(bench.names.at(-1), 'restarting');
    await bench.camera.stop();
  });

  it('field report 13: a camera that fails again before it gives a frame has no second more', async () => {
    const bench = new Bench();
    const first = await bench.start();
    await first.show(1);
    first.sink?.end(broken);
    bench.refusal = new InkError('INK_CAMERA_FAILED', 'It is still broken.');
    await settled();
    await bench.clock.advance(1000);
    assert.equal(bench.names.at(-1), 'restarting');
    assert.equal(bench.states.at(-1)?.lastError, bench.refusal);
    await bench.camera.stop();
    assert.equal(bench.clock.waiting, 0);
  });

  it('field report 13: a camera that falls silent after its first frame has not had a good run', async () => {
    const bench = new Bench();
    await bench.start();
    for (const pause of [100, 200, 400]) {
      await bench.last.show(1);
      await bench.clock.advance(1000);
      assert.equal(bench.names.at(-1), 'silent');
      const before = bench.sources.length;
      await bench.clock.advance(pause - 1);
      assert.equal(bench.sources.length, before);
      await bench.clock.advance(1);
      assert.equal(bench.sources.length, before + 1);
    }
    await bench.camera.stop();
  });

  it('restarts a camera that falls silent, at the start or later', async () => {
    const bench = new Bench();
    await bench.start();
    await bench.clock.advance(1000);
    assert.deepEqual(bench.names, ['starting', 'silent']);
    assert.equal(bench.recorder.faults.at(-1)?.code, 'INK_CAMERA_SILENT');
    await bench.clock.advance(100);
    for (let value = 0; value < 5; value++) {
      await bench.last.show(value);
      await bench.clock.advance(999);
    }
    assert.equal(bench.names.at(-1), 'running');
    await bench.clock.advance(1);
    assert.equal(bench.names.at(-1), 'silent');
    await bench.camera.stop();
  });

  it('does not call a camera silent whose frame is still being processed', async () => {
    const bench = new Bench();
    const source = await bench.start();
    let release = () => {};
    bench.recorder.frame = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const taken = source.show(1);
    await bench.clock.advance(10_000);
    assert.equal(bench.names.at(-1), 'running');
    release();
    await taken;
    await bench.clock.advance(1000);
    assert.equal(bench.names.at(-1), 'silent');
    await bench.camera.stop();
  });

  it('restarts a camera that shows the same picture for too long, and calls it frozen until that changes', async () => {
    const bench = new Bench();
    const source = await bench.start();
    for (let time = 0; time < 2000; time += 500) {
      await source.show(7);
      await bench.clock.advance(500);
    }
    assert.equal(bench.names.at(-1), 'running');
    await source.show(7);
    await settled();
    assert.equal(bench.names.at(-1), 'frozen');
    assert.equal(bench.recorder.faults.at(-1)?.code, 'INK_CAMERA_FROZEN');
    await bench.clock.advance(100);
    await bench.last.show(7);
    assert.equal(bench.names.at(-1), 'frozen', 'the same picture after a restart is no recovery');
    await bench.last.show(8);
    assert.equal(bench.names.at(-1), 'running');
    await bench.camera.stop();
  });

  it('field report 12: leaves out pictures whose rows shear, is torn until one is whole, and takes none for torn that is', async () => {
    const bench = new Bench();
    const source = await bench.start();
    let whole = 0;
    for (const folder of ['photos', 'negatives']) {
      for (const name of await readdir(new URL(folder, scenes))) {
        if (!name.endsWith('.jpg')) continue;
        const picture = await decodePicture(new URL(`${folder}/${name}`, scenes).pathname);
        await source.showPicture(picture);
        assert.equal(bench.names.at(-1), 'running', name);
        assert.equal(bench.recorder.frames.length, ++whole, name);
        if (folder === 'negatives') continue;
        for (const by of [64, -64]) {
          await source.showPicture(shear(picture, by));
          assert.equal(bench.names.at(-1), 'torn', `${name}, by ${by}`);
        }
        assert.equal(bench.recorder.frames.length, whole, name);
      }
    }
    assert.ok(whole > 15, `${whole} pictures`);
    assert.ok(bench.recorder.faults.every(({ code }) => code === 'INK_CAMERA_TORN'));
    assert.equal(bench.recorder.faults.length, bench.names.filter((name) => name === 'torn').length, 'says so once');
    assert.equal(bench.sources.length, 1, 'is not restarted');
    await bench.camera.stop();
  });

  it('checks for neither if both are switched off', async () => {
    const bench = new Bench({ silentAfter: 0, frozenAfter: 0 });
    const source = await bench.start();
    for (let count = 0; count < 10; count++) {
      await source.show(1);
      await bench.clock.advance(100_000);
    }
    assert.deepEqual(bench.names, ['starting', 'running']);
    await bench.camera.stop();
  });

  it('ends if a source has played all its pictures', async () => {
    const bench = new Bench();
    const source = await bench.start();
    await source.show(1);
    source.sink?.end();
    await settled();
    assert.equal(bench.recorder.ended, true);
    assert.equal(bench.names.at(-1), 'ended');
    assert.equal(bench.clock.waiting, 0);
    await bench.camera.stop();
  });

  it('stops in a pause as well as in a run, and delivers nothing afterwards', async () => {
    for (const inPause of [true, false]) {
      const bench = new Bench();
      const source = await bench.start();
      if (inPause) source.sink?.end(broken);
      await settled();
      await bench.camera.stop();
      await source.show(1);
      await bench.clock.advance(100_000);
      assert.equal(bench.sources.length, 1);
      assert.equal(source.stopped, true);
      assert.equal(bench.recorder.frames.length, 0);
      assert.equal(bench.recorder.ended, false);
      assert.equal(bench.names.at(-1), 'stopped');
      assert.equal(bench.clock.waiting, 0);
    }
  });

  it('jitters its pauses between half and the whole', async () => {
    const bench = new Bench();
    for (const [random, pause] of [
      [0, 50],
      [0.5, 75],
    ]) {
      const clock = new HandClock();
      let attempts = 0;
      const make = () => {
        attempts++;
        return new HandSource(broken);
      };
      const options = { silentAfter: 0, frozenAfter: 0, retryDelays: { firstMs: 100, maxMs: 100 }, clock };
      const camera = new SupervisedSource(make, { ...options, random: () => random });
      await camera.start(bench.recorder);
      await settled();
      await clock.advance(pause - 1);
      assert.equal(attempts, 1);
      await clock.advance(1);
      assert.equal(attempts, 2);
      await camera.stop();
    }
  });
});
