import assert from 'node:assert/strict';
import type { Frame } from '@inkcast/device/camera';
import { FramePipeline } from '@inkcast/device/daemon';

const frame = (sequence: number): Frame => ({
  width: 1,
  height: 1,
  gray: Uint8Array.of(0),
  capturedAt: new Date(sequence),
  at: sequence,
  sequence,
});

describe('the frame pipeline', () => {
  it('keeps only the newest of the frames that arrive while one is processed', async () => {
    const seen: number[] = [];
    let finish = () => {};
    const pipeline = new FramePipeline((next) => {
      seen.push(next.sequence);
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    const first = pipeline.take(frame(0));
    while (seen.length === 0) await new Promise(setImmediate);
    // A thousand frames against one that is worked on: each settles at once but the last, which waits.
    const others = Array.from({ length: 1000 }, (_, index) => pipeline.take(frame(index + 1)));
    await Promise.all(others.slice(0, -1));
    assert.equal(pipeline.dropped, 999);
    assert.deepEqual(seen, [0]);
    finish();
    await first;
    while (seen.length === 1) await new Promise(setImmediate);
    assert.deepEqual(seen, [0, 1000]);
    finish();
    await Promise.all(others);
    await pipeline.idle();
    assert.equal(pipeline.dropped, 999);
  });

  it('loses no frame of a source that waits for it', async () => {
    const seen: number[] = [];
    const pipeline = new FramePipeline((next) => {
      seen.push(next.sequence);
    });
    for (let index = 0; index < 50; index++) await pipeline.take(frame(index));
    assert.deepEqual(
      seen,
      Array.from({ length: 50 }, (_, index) => index),
    );
    assert.equal(pipeline.dropped, 0);
  });
});
