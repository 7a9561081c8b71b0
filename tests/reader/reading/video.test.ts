import assert from 'node:assert/strict';
import { openVideoBench, playVideo } from '@inkcast/lab/bench/video';
import { videoFrames } from '@inkcast/lab/synthesis';
import { readMnistTest } from '@inkcast/training/data';

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

  it('draws digits anew that cannot be read as they were drawn, as long as there is hope', async () => {
    const digits = await readMnistTest();
    const options = { seed: 5, seconds: 10, framesPerSecond: 0.2 };
    const written = (isLegible: (picture: Uint8Array, meant: number) => boolean) => {
      const frame = [...videoFrames(digits, { ...options, isLegible })].find(({ text }) => text !== '');
      assert.ok(frame !== undefined);
      return frame;
    };
    const asked: number[] = [];
    const first = written((picture, meant) => {
      assert.equal(picture.length, 784);
      asked.push(meant);
      return true;
    });
    assert.deepEqual(asked.join(''), first.text.replace('\n', ''));
    const refused = written(() => asked.pop() === undefined);
    assert.equal(refused.text, first.text);
    assert.notDeepEqual(refused.gray, first.gray);
    assert.equal(written(() => false).text, first.text);
  });

  // `npm run bench -- video` plays ten minutes; this is its beginning.
  it('is read: every number in time, nothing wrong, nothing that flickers', async function () {
    this.timeout(600_000);
    const bench = await openVideoBench();
    const { video, reader } = bench;
    try {
      const frames = video.frames({ seed: 1, seconds: 25, framesPerSecond: 10 });
      const { numbers, published, late, wrong, flickers, uncleared, framesRead, faults } = playVideo(frames, reader);
      assert.deepEqual(faults, []);
      assert.deepEqual(
        { published, late, wrong, flickers, uncleared },
        { published: numbers, late: 0, wrong: 0, flickers: 0, uncleared: 0 },
      );
      assert.ok(numbers >= 4);
      assert.ok(framesRead < 250, 'a camera on a stand delivers frames that need not be read');
    } finally {
      bench.close();
    }
  });
});
