import assert from 'node:assert/strict';
import { FramePipeline, Liveness } from '@inkcast/device/daemon';

const frame = { width: 1, height: 1, gray: Uint8Array.of(0), capturedAt: new Date(), at: 0, sequence: 0 };

describe('the liveness of the pipeline', () => {
  it('is lost while a frame does not come to its end, and found again when it does', async () => {
    let finish = (): void => {};
    let begun = (): void => {};
    const inWork = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const pipeline = new FramePipeline(() => {
      begun();
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    let late = 0;
    const liveness = new Liveness({ pipeline, maxQuietMs: undefined, now: () => performance.now() + late });
    assert.equal(liveness.hang(30_000), undefined, 'no frame is due');
    const taken = pipeline.take(frame);
    await inWork;
    assert.equal(liveness.hang(30_000), undefined, 'it may take its time');
    late = 31_000;
    const hang = liveness.hang(30_000);
    assert.equal(hang?.code, 'INK_PIPELINE_STUCK');
    assert.match(hang?.message ?? '', /^A frame has been in work for 31 s\.$/);
    finish();
    await taken;
    assert.equal(liveness.hang(30_000), undefined);
  });

  it('asks for a sign of the camera within the time that its supervision takes at most, until it has ended', () => {
    let now = 0;
    const pipeline = new FramePipeline(() => {});
    const liveness = new Liveness({ pipeline, maxQuietMs: 55_000, now: () => now });
    now = 100_000;
    assert.equal(liveness.hang(1), undefined, 'it was not started yet');
    liveness.cameraSigns();
    now += 55_000;
    assert.equal(liveness.hang(1), undefined);
    now += 1000;
    assert.match(liveness.hang(1)?.message ?? '', /Nothing was heard of the camera for 56 s/);
    liveness.cameraSigns();
    assert.equal(liveness.hang(1), undefined);
    liveness.cameraEnds();
    now += 100_000;
    assert.equal(liveness.hang(1), undefined);
  });

  it('lets a camera be quiet that may be', () => {
    let now = 0;
    const liveness = new Liveness({ pipeline: new FramePipeline(() => {}), maxQuietMs: undefined, now: () => now });
    liveness.cameraSigns();
    now = 1e9;
    assert.equal(liveness.hang(1), undefined);
  });
});
