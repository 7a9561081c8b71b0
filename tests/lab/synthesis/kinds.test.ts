import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { openCheckedBundle, openCpuBackEnd } from '@inkcast/device/inference';
import {
  isAmbiguous,
  KINDS,
  type Kind,
  type PracticeFrame,
  practiceFrames,
  type SeenMark,
} from '@inkcast/lab/synthesis';
import { openClassifier } from '@inkcast/reader/inference';
import { normalizeDigit } from '@inkcast/shared/normalization';
import { openTfLite } from '@inkcast/shared/tflite';
import { type Dataset, readMnist, subset } from '@inkcast/training/data';

const DIGITS = fileURLToPath(new URL('../../../models/digits', import.meta.url));
/** Hands that are not neat rarely distort shapes so little, in grid units. */
const MAX_NEAT_BEND = 0.4;

const isDigit = (label: string): boolean => /^[0-9]$/.test(label);
const labelOf = ({ mark }: SeenMark): string => mark.glyph.label;

describe('kinds of practice frames', () => {
  let digits: Dataset;

  const draw = async (kind: Kind, count: number): Promise<PracticeFrame[]> => {
    const made: PracticeFrame[] = [];
    for await (const frame of practiceFrames(digits, { seed: 8, first: 0, count, kinds: [kind] })) made.push(frame);
    return made;
  };

  before(async () => {
    const { train } = await readMnist();
    digits = subset(
      train,
      Array.from({ length: 300 }, (_, index) => index),
    );
  });

  for (const kind of KINDS) {
    it(`draw ${kind} the same twice, its marks within the frame`, async () => {
      const [first] = await draw(kind, 1);
      const [second] = await draw(kind, 1);
      assert.equal(first.kind, kind);
      assert.deepEqual(first.gray, second.gray);
      assert.equal(first.gray.length, first.width * first.height);
      for (const { atEdge, box, within } of first.seen) {
        assert.ok(within >= 0 && within <= 1 && (atEdge || within === 1));
        assert.ok(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0);
        assert.ok(box.x + box.width <= first.width && box.y + box.height <= first.height);
      }
    });
  }

  it('write nothing where there is no writing', async () => {
    for (const kind of ['texture', 'clutter'] as const) {
      for (const { seen } of await draw(kind, 3)) assert.deepEqual(seen, []);
    }
  });

  it('print digits on forms, tables and pages as what is ambiguous', async () => {
    const frames = [...(await draw('table', 3)), ...(await draw('print', 4))];
    const labels = new Set(frames.flatMap(({ seen }) => seen.map(labelOf)));
    const printed = [...labels].filter((label) => /^printed [0-9]$/.test(label));
    assert.ok(printed.length > 3);
    assert.ok(printed.every(isAmbiguous));
  });

  it('take some pictures with care: in even light, their paper bright', async () => {
    const spans = (await draw('ruled', 6)).map(({ gray }) => {
      const sorted = gray.toSorted();
      return { paper: sorted[Math.floor(0.9 * sorted.length)], middle: sorted[Math.floor(0.5 * sorted.length)] };
    });
    const isEven = ({ paper, middle }: { paper: number; middle: number }): boolean =>
      paper > 165 && paper - middle < 35;
    assert.ok(spans.some(isEven), JSON.stringify(spans));
    assert.ok(!spans.every(isEven), JSON.stringify(spans));
  });

  it('write some digits neatly, in even strokes that are still the digits of MNIST', async () => {
    const bundle = await openCheckedBundle(DIGITS);
    const classifier = openClassifier(bundle, openCpuBackEnd(openTfLite(), bundle.model));
    try {
      const seen = (await draw('ruled', 14)).flatMap((frame) => frame.seen);
      const digits = seen.filter((mark) => isDigit(labelOf(mark)) && mark.within === 1 && mark.box.height > 20);
      const neat = digits.filter(({ mark }) => mark.bend < MAX_NEAT_BEND);
      assert.ok(neat.length > 50 && neat.length < digits.length, `${neat.length} of ${digits.length}`);
      const crops = neat.map(({ box: { width, height }, coverage }) =>
        normalizeDigit({ width, height, data: coverage }),
      );
      const read = classifier.classify(crops);
      const right = neat.filter((mark, index) => String(read[index].digit) === labelOf(mark));
      assert.ok(right.length > 0.95 * neat.length, `${right.length} of ${neat.length}`);
    } finally {
      classifier.close();
    }
  });

  it('write letters and signs between the digits of maths', async () => {
    const labels = (await draw('equation', 3)).flatMap(({ seen }) => seen.map(labelOf));
    assert.ok(labels.some(isDigit));
    assert.ok(labels.includes('=') && labels.includes('x'));
    assert.ok(!isAmbiguous('x') && !isAmbiguous('='));
  });

  it('say which letters stand in words', async () => {
    const marks = (await draw('writing', 2)).flatMap(({ seen }) => seen);
    const letters = marks.filter(({ mark }) => mark.inWord === true);
    assert.ok(letters.length > 10);
    assert.ok(letters.every((mark) => !isDigit(labelOf(mark))));
  });

  it('fill small frames with one digit', async () => {
    const frames = await draw('closeup', 12);
    const shown = frames.filter(({ seen }) => seen.some((mark) => isDigit(labelOf(mark))));
    assert.ok(shown.length >= 5);
    for (const { width, height, seen } of shown) {
      assert.equal(seen.length, 1);
      const { box } = seen[0];
      assert.ok(Math.max(box.width / width, box.height / height) > 0.4);
    }
  });

  it('leave out the kinds that are not asked for', async () => {
    const kinds = ['closeup', 'texture'] as const;
    const drawn = new Set<string>();
    for await (const { kind } of practiceFrames(digits, { seed: 3, first: 0, count: 16, kinds })) drawn.add(kind);
    assert.deepEqual([...drawn].sort(), [...kinds]);
  });
});
