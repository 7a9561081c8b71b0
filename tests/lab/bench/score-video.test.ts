import assert from 'node:assert/strict';
import { VideoJudge, type VideoScore } from '@inkcast/lab/bench/video';
import type { VideoFrame } from '@inkcast/lab/synthesis';

/** Sheets of 4 s each with ten frames per second. Each slides for its first 500 ms. `published` is by frame number. */
function judge(texts: readonly string[], published: Readonly<Record<number, string>>): VideoScore {
  const score = new VideoJudge();
  texts.forEach((text, showing) => {
    for (let index = 0; index < 40; index++) {
      const frame = 40 * showing + index;
      const state: VideoFrame['state'] = index < 5 ? 'sliding' : 'steady';
      score.see(
        { width: 0, height: 0, gray: new Uint8Array(), at: 100 * frame, showing, text, state },
        published[frame],
      );
    }
  });
  return score.result();
}

const counts = ({ published, late, missed, wrong, flickers, uncleared }: VideoScore) => ({
  published,
  late,
  missed,
  wrong,
  flickers,
  uncleared,
});
const none = { published: 0, late: 0, missed: 0, wrong: 0, flickers: 0, uncleared: 0 };

describe('the judge of videos', () => {
  it('finds no fault if each sheet is published soon and cleared', () => {
    const score = judge(['12', '', '7'], { 9: '12', 48: '', 95: '7' });
    assert.deepEqual(counts(score), { ...none, published: 2 });
    assert.deepEqual([score.numbers, score.blanks], [2, 1]);
    assert.deepEqual(score.delayMs, { median: 1000, greatest: 1000 });
  });

  it('asks for no news of a sheet with the same number as the one before, but blames what is said of it', () => {
    assert.deepEqual(counts(judge(['12', '12'], { 9: '12' })), { ...none, published: 2 });
    assert.deepEqual(counts(judge(['12', '12'], { 9: '12', 60: '', 65: '12' })), {
      ...none,
      published: 2,
      flickers: 2,
    });
    assert.deepEqual(counts(judge(['12', '12'], { 9: '13' })), { ...none, wrong: 1, missed: 2 });
  });

  it('counts what is late, missed, wrong, flickers, or is not cleared', () => {
    assert.deepEqual(counts(judge(['12'], { 20: '12' })), { ...none, published: 1, late: 1 });
    assert.deepEqual(counts(judge(['12'], {})), { ...none, missed: 1 });
    assert.deepEqual(counts(judge(['12'], { 8: '13', 12: '12' })), { ...none, published: 1, wrong: 1 });
    assert.deepEqual(counts(judge(['12'], { 8: '12', 20: '', 25: '12' })), { ...none, published: 1, flickers: 2 });
    assert.deepEqual(counts(judge(['12', ''], { 8: '12' })), { ...none, published: 1, uncleared: 1 });
  });

  it('accepts the previous sheet while it is being covered, but not afterwards', () => {
    assert.deepEqual(counts(judge(['12', '7'], { 42: '12', 50: '7' })), { ...none, published: 1, missed: 1 });
    assert.deepEqual(counts(judge(['12', '7'], { 8: '12', 47: '12', 50: '7' })), { ...none, published: 2, wrong: 1 });
  });
});
