import assert from 'node:assert/strict';
import { openOpenCvWasm } from '@inkcast/device/vision';
import { readMnistTest } from '@inkcast/training/data';
import { videoFrames } from '@inkcast/training/synthesis';
import { openReadingModel } from '../../../bench/shipped-model.js';
import { legibleDigits } from '../../../bench/video/legible-digits.js';
import { playVideo } from '../../../bench/video/play-video.js';

describe('a simulated video', () => {
  it('is the same for the same seed, and says what it shows', async () => {
    const digits = await readMnistTest();
    const options = { seed: 5, seconds: 1, framesPerSecond: 2 };
    const [first, again] = [[...videoFrames(digits, options)], [...videoFrames(digits, options)]];
    assert.deepEqual(first, again);
    const [other] = videoFrames(digits, { ...options, seed: 6 });
    assert.notDeepEqual(other.gray, first[0].gray);
    assert.deepEqual(
      first.map(({ at, text, state }) => ({ at, text, state })),
      [0, 500].map((at) => ({ at, text: '', state: 'steady' })),
    );
  });

  // `npm run bench -- video` plays ten minutes; this is its beginning.
  it('is read: every number in time, nothing wrong, nothing that flickers', async function () {
    this.timeout(600_000);
    const digits = await legibleDigits(await readMnistTest());
    const [operations, { classifier }] = await Promise.all([openOpenCvWasm(), openReadingModel()]);
    try {
      const frames = videoFrames(digits, { seed: 1, seconds: 25, framesPerSecond: 10 });
      const { numbers, published, late, wrong, flickers, uncleared, framesRead, faults } = playVideo(
        frames,
        operations,
        classifier,
      );
      assert.deepEqual(faults, []);
      assert.deepEqual(
        { published, late, wrong, flickers, uncleared },
        { published: numbers, late: 0, wrong: 0, flickers: 0, uncleared: 0 },
      );
      assert.ok(numbers >= 4);
      assert.ok(framesRead < 250, 'a camera on a stand delivers frames that need not be read');
    } finally {
      classifier.close();
    }
  });
});
