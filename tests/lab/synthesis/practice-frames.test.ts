import assert from 'node:assert/strict';
import { labelCandidate, type PracticeFrame, practiceFrames, type SeenMark } from '@inkcast/lab/synthesis';
import { normalizeDigit } from '@inkcast/shared/normalization';
import { type Dataset, readMnist, subset } from '@inkcast/training/data';

const isDigit = ({ mark }: SeenMark): boolean => /^[0-9]$/.test(mark.glyph.label);

/** The crop that a perfect reader would make of a mark. */
const idealCrop = ({ box, coverage }: SeenMark): Uint8Array =>
  normalizeDigit({ width: box.width, height: box.height, data: coverage });

describe('practice frames', () => {
  let digits: Dataset;
  let frames: PracticeFrame[];

  const collect = async (seed: number, first: number, count: number): Promise<PracticeFrame[]> => {
    const made: PracticeFrame[] = [];
    for await (const frame of practiceFrames(digits, { seed, first, count })) made.push(frame);
    return made;
  };

  before(async () => {
    const { train } = await readMnist();
    digits = subset(
      train,
      Array.from({ length: 300 }, (_, index) => index),
    );
    frames = await collect(5, 0, 40);
  });

  it('depend on the seed and their number alone', async () => {
    const [alone] = await collect(5, 7, 1);
    assert.deepEqual(alone.gray, frames[7].gray);
    assert.deepEqual(
      alone.seen.map(({ box }) => box),
      frames[7].seen.map(({ box }) => box),
    );
    const [other] = await collect(6, 7, 1);
    assert.notDeepEqual(other.gray, frames[7].gray);
  });

  it('hold all digits, other signs, and frames without writing', () => {
    const labels = new Set(frames.flatMap(({ seen }) => seen.map(({ mark }) => mark.glyph.label)));
    for (let digit = 0; digit < 10; digit++) assert.ok(labels.has(String(digit)), `no ${digit}`);
    assert.ok([...labels].some((label) => /^[A-Za-z]$/.test(label)));
    assert.ok(frames.some(({ kind, seen }) => (kind === 'texture' || kind === 'clutter') && seen.length === 0));
  });

  it('show ink where their truth says that there is some', () => {
    const contrasts = frames.flatMap((frame) => frame.seen.filter(isDigit).map((mark) => contrastOf(frame, mark)));
    assert.ok(contrasts.length > 30);
    const visible = contrasts.filter((contrast) => contrast > 4);
    assert.ok(visible.length > 0.9 * contrasts.length, `${visible.length} of ${contrasts.length} stand out`);
  });

  it('label a crop of a whole digit as that digit', () => {
    const marks = frames.flatMap(({ seen }) => seen.filter(isDigit).filter(({ box }) => box.height > 12));
    const right = marks.filter((mark) => {
      const label = labelCandidate({ box: mark.box, crop: idealCrop(mark) }, [mark]);
      return label === Number(mark.mark.glyph.label);
    });
    assert.equal(right.length, marks.length);
  });

  it('label crops of letters, pairs and nothing as none, and what may be a 1 as unclear', () => {
    const letter = frames.flatMap(({ seen }) => seen).find(({ mark }) => /^[AEFHKMNPRTWXx]$/.test(mark.glyph.label));
    assert.ok(letter !== undefined);
    assert.equal(labelCandidate({ box: letter.box, crop: idealCrop(letter) }, [letter]), 'none');
    const [first] = frames.flatMap(({ seen }) => seen.filter((mark) => isDigit(mark) && mark.mark.glyph.label === '3'));
    const { x, y, width, height } = first.box;
    const second: SeenMark = { ...first, box: { ...first.box, x: x + width + 2 } };
    const pair = { x, y, width: 2 * width + 2, height };
    assert.equal(labelCandidate({ box: pair, crop: square(4, 24, 9, 19) }, [first, second]), 'none');
    const elsewhere = { x: x + 500, y: y + 500, width: 20, height: 20 };
    assert.equal(labelCandidate({ box: elsewhere, crop: square(4, 24, 4, 24) }, [first]), 'none');
    assert.equal(labelCandidate({ box: elsewhere, crop: square(13, 15, 4, 24) }, [first]), 'unclear');
  });

  it('do not label a crop that lost a good part of its digit', () => {
    const eights = frames.flatMap(({ seen }) => seen.filter(({ mark }) => mark.glyph.label === '8'));
    const clear = eights.find(({ box }) => box.height > 20);
    assert.ok(clear !== undefined);
    const { width, height } = clear.box;
    const [from, to] = [Math.round(0.5 * height) * width, (height - 1) * width];
    // Its last row stays, so that the rest keeps its place in the crop.
    const faded = clear.coverage.map((value, at) => (at >= from && at < to ? 0 : value));
    const crop = normalizeDigit({ width, height, data: faded });
    assert.equal(labelCandidate({ box: clear.box, crop }, [clear]), 'unclear');
    const half = { ...clear.box, height: Math.round(0.5 * height) };
    assert.notEqual(labelCandidate({ box: half, crop }, [clear]), 8);
  });
});

/** A filled rectangle as a crop. */
function square(left: number, right: number, top: number, bottom: number): Uint8Array {
  const crop = new Uint8Array(784);
  for (let y = top; y < bottom; y++) crop.fill(255, y * 28 + left, y * 28 + right);
  return crop;
}

/** Difference in luma between a mark's ink and the rest of its box. */
function contrastOf({ width, gray }: PracticeFrame, { box, coverage }: SeenMark): number {
  const sums = { ink: 0, inkCount: 0, rest: 0, restCount: 0 };
  for (let row = 0; row < box.height; row++) {
    for (let column = 0; column < box.width; column++) {
      const level = gray[(box.y + row) * width + box.x + column];
      const covered = coverage[row * box.width + column];
      if (covered > 200) {
        sums.ink += level;
        sums.inkCount++;
      } else if (covered === 0) {
        sums.rest += level;
        sums.restCount++;
      }
    }
  }
  if (sums.inkCount === 0 || sums.restCount === 0) return Number.POSITIVE_INFINITY;
  return Math.abs(sums.ink / sums.inkCount - sums.rest / sums.restCount);
}
