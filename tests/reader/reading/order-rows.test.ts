import assert from 'node:assert/strict';
import { orderRows } from '@inkcast/reader/reading';
import type { Box } from '@inkcast/reader/vision';
import fc from 'fast-check';

interface Placed {
  readonly name: string;
  readonly box: Box;
}

/** What a table is written as: lengths against a digit's height, angle in radians. */
interface Hand {
  readonly size: number;
  readonly gap: number;
  readonly pitch: number;
  readonly angle: number;
  /** For each digit in turn, from -1 to 1: how far it is off in place and in size. */
  readonly unrest: readonly number[];
}

const WIDTH = 0.6;

/** The box along the axes of a digit of `height` around a centre that is turned with the page. */
function turned(x: number, y: number, height: number, angle: number): Box {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [cx, cy] = [cos * x - sin * y + 2000, sin * x + cos * y + 2000];
  const width = WIDTH * height;
  const wide = Math.abs(cos) * width + Math.abs(sin) * height;
  const high = Math.abs(cos) * height + Math.abs(sin) * width;
  return { x: cx - wide / 2, y: cy - high / 2, width: wide, height: high };
}

function write(lengths: readonly number[], indents: readonly number[], hand: Hand): Placed[][] {
  let count = 0;
  const unrest = (): number => hand.unrest[count++ % hand.unrest.length];
  return lengths.map((length, row) => {
    let x = (indents[row % indents.length] ?? 0) * hand.size;
    return Array.from({ length }, (_, column) => {
      const height = hand.size * (1 + 0.15 * unrest());
      x += (WIDTH + hand.gap) * hand.size;
      const y = (row * hand.pitch + 0.1 * unrest()) * hand.size;
      return { name: `${row}/${column}`, box: turned(x, y, height, hand.angle) };
    });
  });
}

const names = (rows: readonly (readonly Placed[])[]): string[][] => rows.map((row) => row.map(({ name }) => name));

/** The order in which the boxes are found must not matter: `seed` puts them into another. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const keyed = items.map((item, index) => ({ item, key: Math.imul(seed + index + 1, 0x9e3779b1) >>> 8 }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

const degrees = (value: number): number => (value * Math.PI) / 180;
const unrest = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 7, maxLength: 23 });
const seed = fc.integer({ min: 0, max: 1 << 20 });

describe('row ordering', () => {
  it('reads rows of several digits at any angle up to 30 degrees', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 3, max: 8 }), { minLength: 1, maxLength: 6 }),
        fc.record({
          size: fc.integer({ min: 12, max: 150 }),
          gap: fc.double({ min: 0.15, max: 0.5, noNaN: true }),
          // At 1.4, digits as uneven as these make rows of three that are as good across the page as along it.
          pitch: fc.double({ min: 1.5, max: 2.5, noNaN: true }),
          angle: fc.integer({ min: -30, max: 30 }).map(degrees),
          unrest,
        }),
        seed,
        (lengths, hand, order) => {
          const rows = write(lengths, [0], hand);
          assert.deepEqual(names(orderRows(shuffled(rows.flat(), order))), names(rows));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads ragged tables: rows of any length and indent, single digits among them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
        fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 10 }),
        fc.record({
          size: fc.integer({ min: 12, max: 100 }),
          gap: fc.double({ min: 0.2, max: 0.5, noNaN: true }),
          pitch: fc.double({ min: 1.5, max: 2.5, noNaN: true }),
          angle: fc.integer({ min: -5, max: 5 }).map(degrees),
          unrest,
        }),
        seed,
        (lengths, indents, hand, order) => {
          const rows = write(lengths, indents, hand);
          assert.deepEqual(names(orderRows(shuffled(rows.flat(), order))), names(rows));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads rows of very different sizes in one frame', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 12, max: 200 }), fc.integer({ min: 1, max: 6 })), {
          minLength: 2,
          maxLength: 5,
        }),
        unrest,
        seed,
        (described, uneven, order) => {
          let y = 0;
          const rows = described.map(([size, length], row) => {
            const hand: Hand = { size, gap: 0.35, pitch: 0, angle: 0, unrest: uneven };
            y += 0.75 * size;
            const [line] = write([length], [0], hand);
            const placed = line.map(({ box }, column) => ({
              name: `${row}/${column}`,
              box: { ...box, y: box.y + y },
            }));
            y += 0.75 * size;
            return placed;
          });
          assert.deepEqual(names(orderRows(shuffled(rows.flat(), order))), names(rows));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads a row of digits far apart, with other signs between them, at any angle up to 30 degrees', () => {
    const angles = fc.double({ min: degrees(-30), max: degrees(30), noNaN: true });
    fc.assert(
      fc.property(angles, fc.double({ min: 2, max: 5, noNaN: true }), unrest, seed, (angle, gap, unrest, seed) => {
        const written = write([5], [0], { size: 60, gap, pitch: 1.5, angle, unrest });
        assert.deepEqual(names(orderRows(shuffled(written.flat(), seed))), names(written));
      }),
    );
  });

  it('keeps digits of two sizes in one row where they stand beside one another', () => {
    const large = { name: 'large', box: { x: 10, y: 10, width: 60, height: 100 } };
    const small = { name: 'small', box: { x: 90, y: 75, width: 24, height: 40 } };
    assert.deepEqual(names(orderRows([small, large])), [['large', 'small']]);
  });

  it('keeps a level row whose digits hop up and down', () => {
    const lefts = [86, 211, 286, 397, 489];
    const tops = [197, 169, 192, 184, 213];
    const hopping = lefts.map((x, index) => ({
      name: `${index}`,
      box: { x, y: tops[index], width: 75, height: 88 },
    }));
    assert.deepEqual(names(orderRows(hopping)), [['0', '1', '2', '3', '4']]);
  });

  it('does not take a column for a row, nor two steps of stairs', () => {
    const column = [0, 1, 2, 3].map((row) => ({
      name: `${row}`,
      box: { x: 10 + 3 * row, y: 90 * row, width: 30, height: 50 },
    }));
    assert.deepEqual(names(orderRows(column)), [['0'], ['1'], ['2'], ['3']]);
    const stairs = [0, 1].map((step) => ({
      name: `${step}`,
      box: { x: 70 * step, y: 60 * step, width: 30, height: 50 },
    }));
    assert.deepEqual(names(orderRows(stairs)), [['0'], ['1']]);
  });

  it('gives no rows without digits', () => {
    assert.deepEqual(orderRows([]), []);
  });
});
