import assert from 'node:assert/strict';
import { assembleReading, type ScoredCandidate } from '@inkcast/device/reading';
import { overlap } from '@inkcast/device/vision';
import fc from 'fast-check';
import { digit, inRow, none } from './support/scored.js';

const FRAME = { width: 640, height: 480 };
const read = (...scored: readonly ScoredCandidate[]) => assembleReading(scored, FRAME);
const reasons = (...scored: readonly ScoredCandidate[]) => read(...scored).rejected.map(({ reason }) => reason);

describe('a reading of overlapping candidates', () => {
  it('takes a 5 in two pieces rather than its body alone', () => {
    const body = digit(5, 0.9, { x: 100, y: 110, width: 30, height: 40 }, { pieces: ['body'] });
    const bar = none({ x: 118, y: 98, width: 20, height: 8 }, { pieces: ['bar'] });
    const whole = digit(5, 0.99, { x: 100, y: 98, width: 38, height: 52 }, { pieces: ['body', 'bar'], ink: 420 });
    const { text, digits } = read(body, bar, whole);
    assert.equal(text, '5');
    assert.deepEqual(digits[0].box, whole.candidate.box);
  });

  it('takes two digits that touch rather than their union, which is none', () => {
    const union = none({ x: 100, y: 100, width: 60, height: 50 }, { pieces: ['a', 'b'] });
    const left = digit(4, 0.97, { x: 100, y: 100, width: 30, height: 50 }, { pieces: ['a'] });
    const right = digit(2, 0.97, { x: 130, y: 100, width: 30, height: 50 }, { pieces: ['b'] });
    assert.equal(read(union, left, right).text, '42');
  });

  it('takes a whole 8 rather than a loop of it that is nearly as sure', () => {
    const loop = digit(0, 0.97, { x: 102, y: 125, width: 26, height: 25 }, { pieces: ['low'] });
    const whole = digit(8, 0.98, { x: 100, y: 100, width: 30, height: 50 }, { pieces: ['low', 'high'] });
    assert.equal(read(loop, whole).text, '8');
  });

  it('does not let a wide shadow outweigh the digits that lie in it', () => {
    const shadow = digit(7, 0.99, { x: 20, y: 20, width: 500, height: 400 }, { contrast: 9, ink: 40000 });
    const digits = inRow([100, 160, 220]).map((box) => digit(6, 0.99, box, { ink: 2000 }));
    assert.equal(read(shadow, ...digits).text, '666');
  });

  it('does not let a shadow outweigh the digits in it, however dark it is', () => {
    const shadow = digit(1, 0.99, { x: 20, y: 0, width: 500, height: 480 }, { contrast: 35, ink: 90000 });
    const digits = inRow([100, 160, 220]).map((box) => digit(6, 0.99, box, { ink: 300 }));
    assert.equal(read(shadow, ...digits).text, '666');
  });

  it('takes the strokes of a digit rather than their blurred edges, where both show the same digit', () => {
    const bar = { x: 100, y: 100, width: 10, height: 60 };
    const edges = { x: 99, y: 99, width: 12, height: 62 };
    const strokes = digit(1, 0.99, bar, { ink: 500 });
    const soft = (value: number) => digit(value, 0.99, edges, { origin: 'faint', ink: 700, contrast: 90 });
    assert.deepEqual(read(strokes, soft(1)).digits[0].box, bar);
    assert.deepEqual(read(strokes, soft(7)).digits[0].box, edges);
  });

  it('takes the sharper of two scales that show the same, and the one that shows a digit', () => {
    const [box] = inRow([100]);
    const blurred = { ...box, width: 34, height: 54 };
    const sharp = digit(2, 0.985, box, { ink: 300 });
    const reduced = digit(2, 0.99, blurred, { ink: 900, contrast: 40, scale: 8 });
    assert.deepEqual(read(sharp, reduced).digits[0].box, box);
    const outline = none(box, { ink: 300 });
    assert.deepEqual(read(outline, reduced).digits[0].box, blurred);
  });

  it('never reads two digits from one piece of ink, whatever is proposed', () => {
    const side = fc.integer({ min: 10, max: 80 });
    const place = fc.integer({ min: 0, max: 400 });
    const proposals = fc.array(
      fc.record({
        box: fc.record({ x: place, y: place, width: side, height: side }),
        value: fc.integer({ min: 0, max: 9 }),
        confidence: fc.double({ min: 0.01, max: 0.999, noNaN: true }),
        pieces: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
      }),
      { maxLength: 24 },
    );
    fc.assert(
      fc.property(proposals, (items) => {
        const scored = items.map(({ box, value, confidence, pieces }) => digit(value, confidence, box, { pieces }));
        const { digits } = assembleReading(scored, FRAME);
        const used = digits.map(({ box }) => scored.filter(({ candidate }) => candidate.box === box));
        used.forEach((candidates, index) => {
          for (const other of used.slice(index + 1)) {
            const shares = candidates.some((a) =>
              other.some((b) => a.candidate.pieces.some((piece) => b.candidate.pieces.includes(piece))),
            );
            assert.ok(!shares);
            assert.ok(overlap(candidates[0].candidate.box, other[0].candidate.box) <= 0.5);
          }
        });
      }),
    );
  });
});

describe('what looks like a digit and is none', () => {
  const [box] = inRow([100]);

  it('is uncertain where the classifier is', () => {
    assert.deepEqual(read(digit(3, 0.6, box)).rows, []);
    assert.deepEqual(reasons(digit(3, 0.6, box)), ['uncertain']);
  });

  it('is not read as 1 where it stands in something else than paper', () => {
    const bar = { x: 100, y: 100, width: 10, height: 60 };
    assert.equal(read(digit(1, 0.99, bar)).text, '1');
    assert.deepEqual(reasons(digit(1, 0.99, bar, { paper: 0.8 })), ['unlike-handwriting']);
    assert.deepEqual(reasons(digit(1, 0.99, bar, { standsOut: 40 })), ['unlike-handwriting']);
  });

  it('has to be surer where its surroundings are doubtful', () => {
    assert.equal(read(digit(6, 0.985, box)).text, '6');
    assert.deepEqual(reasons(digit(6, 0.985, box, { paper: 0.8 })), ['unlike-handwriting']);
    const [, beside] = inRow([100, 150]);
    assert.equal(read(digit(6, 0.995, box, { paper: 0.8 }), digit(7, 0.99, beside)).text, '67');
    assert.equal(read(digit(6, 0.995, box, { atEdge: true })).text, '6');
  });

  it('is part of a scene where there is no digit with paper around it', () => {
    const [, beside] = inRow([100, 150]);
    assert.equal(read(digit(6, 0.995, box, { paper: 0.985 })).text, '6');
    assert.deepEqual(reasons(digit(6, 0.995, box, { paper: 0.97 })), ['unlike-handwriting']);
    const pair = [digit(6, 0.995, box, { paper: 0.97 }), digit(3, 0.995, beside, { paper: 0.97 })];
    assert.deepEqual(reasons(...pair), ['unlike-handwriting', 'unlike-handwriting']);
    const bar = { x: 100, y: 100, width: 10, height: 60 };
    assert.deepEqual(reasons(digit(1, 0.995, bar, { paper: 0.985 })), ['unlike-handwriting']);
  });

  it('has to be surer where its strokes are thick, but for those of a pen that wrote another digit beside it', () => {
    const [thick, beside] = inRow([100, 160], 100, 30, 50);
    const blot = digit(2, 0.985, thick, { strokeWidth: 12 });
    assert.deepEqual(reasons(blot), ['unlike-handwriting']);
    const high = { ...beside, y: 70, height: 80 };
    assert.equal(read(blot, digit(7, 0.99, high, { strokeWidth: 12 })).text, '27');
    assert.equal(read(blot, digit(7, 0.99, high, { strokeWidth: 7 })).text, '7');
  });

  it('is a broken stroke where it stands right above or below a much higher digit', () => {
    const six = { x: 100, y: 100, width: 30, height: 60 };
    const stroke = (y: number) => digit(1, 0.99, { x: 110, y, width: 12, height: 30 });
    assert.equal(read(digit(6, 0.99, six), stroke(72)).text, '6');
    assert.equal(read(digit(6, 0.99, six), stroke(162)).text, '6');
    assert.equal(read(digit(6, 0.99, six), stroke(55)).text, '1\n6');
  });

  it('is a broken stroke where it nearly touches a digit of more than twice its height from beside', () => {
    const four = digit(4, 0.99, { x: 100, y: 100, width: 50, height: 90 });
    const bit = (x: number, height: number) => digit(8, 0.99, { x, y: 130, width: 9, height });
    assert.equal(read(four, bit(154, 26)).text, '4');
    assert.equal(read(four, bit(165, 26)).text, '48');
    assert.equal(read(four, bit(154, 50)).text, '48');
  });

  it('is a line where it goes on outside of the frame, or lies along its edge', () => {
    assert.deepEqual(reasons(digit(1, 1, { x: 300, y: 0, width: 12, height: 480 })), ['unlike-handwriting']);
    assert.deepEqual(reasons(digit(1, 1, { x: 0, y: 50, width: 20, height: 300 })), ['unlike-handwriting']);
    assert.equal(read(digit(0, 1, { x: 0, y: 50, width: 200, height: 300 })).text, '0');
  });

  it('is a ring where a round 0 stands alone, and a 0 where it stands beside digits', () => {
    const [ring, beside] = inRow([100, 200], 100, 54, 50);
    assert.deepEqual(reasons(digit(0, 1, ring)), ['unlike-handwriting']);
    assert.equal(read(digit(0, 1, ring), digit(7, 0.99, beside)).text, '07');
    assert.equal(read(digit(0, 1, { ...ring, width: 40 })).text, '0');
  });

  it('is a 0 where a round one stands alone on clean paper', () => {
    const [ring] = inRow([100], 100, 54, 50);
    assert.equal(read(digit(0, 1, ring, { standsOut: 95 })).text, '0');
    assert.deepEqual(reasons(digit(0, 1, ring, { standsOut: 95, paper: 0.985 })), ['unlike-handwriting']);
    assert.deepEqual(reasons(digit(0, 1, ring, { standsOut: 95, atEdge: true })), ['unlike-handwriting']);
  });

  it('has to be surer where no other digit stands beside it', () => {
    const [near, next, far] = inRow([100, 150, 560]);
    assert.equal(read(digit(3, 0.92, near)).text, '');
    assert.equal(read(digit(3, 0.92, near), digit(3, 0.92, next)).text, '33');
    assert.equal(read(digit(3, 0.92, near), digit(5, 0.99, far)).text, '5');
  });

  it('shows through from the other side where it is much fainter than the other digits', () => {
    const [near, far] = inRow([100, 300]);
    const reading = read(digit(4, 0.99, near), digit(8, 0.99, far, { contrast: 15 }));
    assert.equal(reading.text, '4');
    assert.deepEqual(
      reading.rejected.map(({ reason }) => reason),
      ['unlike-handwriting'],
    );
    assert.equal(read(digit(8, 0.99, far, { contrast: 15 })).text, '8');
  });
});
