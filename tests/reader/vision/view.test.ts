import assert from 'node:assert/strict';
import { openOpenCvWasm } from '@inkcast/device/vision';
import { type Box, type LumaFrame, type View, type VisionOperations, viewOf } from '@inkcast/reader/vision';
import fc from 'fast-check';
import { photograph } from './support/photograph.js';

const WIDTH = 200;
const HEIGHT = 150;
const DOT = 5;

const share = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
const point = (x: number, y: number) => fc.record({ x: share(x, x + 0.3), y: share(y, y + 0.3) });

/** White, with a black square around a point. */
function dotted(x: number, y: number): LumaFrame {
  const gray = new Uint8Array(WIDTH * HEIGHT).fill(255);
  for (let row = y - DOT; row < y + DOT; row++) gray.fill(0, row * WIDTH + x - DOT, row * WIDTH + x + DOT);
  return { width: WIDTH, height: HEIGHT, gray };
}

/** The box around all that is darker than the middle. */
function darkBox({ width, gray }: LumaFrame): Box {
  const dark = [...gray.keys()].filter((at) => gray[at] < 128);
  const [columns, rows] = [dark.map((at) => at % width), dark.map((at) => Math.floor(at / width))];
  const [x, y] = [Math.min(...columns), Math.min(...rows)];
  return { x, y, width: Math.max(...columns) + 1 - x, height: Math.max(...rows) + 1 - y };
}

/**
 * Sides of a box around the dot's box of the page, which is itself a box around the dot: to first order each is the
 * absolute Jacobian of the map, or of its inverse, times what it is around.
 */
function sidesOfTwoBoxes(
  view: View,
  { x, y, width, height }: Box,
): { readonly width: number; readonly height: number } {
  const at = (dx: number, dy: number): Box =>
    view.toFrame({ x: x + width / 2 + dx, y: y + height / 2 + dy, width: 0, height: 0 });
  const [left, right, above, below] = [at(-0.5, 0), at(0.5, 0), at(0, -0.5), at(0, 0.5)];
  const [a, b, c, d] = [right.x - left.x, below.x - above.x, right.y - left.y, below.y - above.y].map(Math.abs);
  const determinant = Math.abs((right.x - left.x) * (below.y - above.y) - (below.x - above.x) * (right.y - left.y));
  const [across, down] = [(2 * DOT * (d + b)) / determinant, (2 * DOT * (c + a)) / determinant];
  return { width: a * across + b * down, height: c * across + d * down };
}

describe('the view of a frame', () => {
  let operations: VisionOperations;
  before(async () => {
    operations = await openOpenCvWasm();
  });

  it('is the whole frame where no part is named', () => {
    const frame = dotted(100, 75);
    const view = viewOf(operations, frame, {});
    assert.equal(view.frame, frame);
    const box = { x: 1.5, y: 2, width: 3, height: 4 };
    assert.deepEqual(view.toFrame(box), box);
  });

  it('cuts any region, in which boxes map back to the same pixels', () => {
    const regions = fc.record({ x: share(0, 1), y: share(0, 1), width: share(0.001, 1), height: share(0.001, 1) });
    fc.assert(
      fc.property(regions, ({ x, y, width, height }) => {
        const regionOfInterest = { x, y, width: Math.min(width, 1 - x), height: Math.min(height, 1 - y) };
        const gray = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => Math.imul(at, 0x9e3779b1) >>> 24);
        const view = viewOf(operations, { width: WIDTH, height: HEIGHT, gray }, { regionOfInterest });
        const whole = view.toFrame({ x: 0, y: 0, width: view.frame.width, height: view.frame.height });
        assert.ok(whole.x >= 0 && whole.y >= 0 && whole.x + whole.width <= WIDTH && whole.y + whole.height <= HEIGHT);
        assert.ok(Math.abs(whole.x - x * WIDTH) <= 1 && Math.abs(whole.y - y * HEIGHT) <= 1);
        for (let row = 0; row < whole.height; row++) {
          const start = (whole.y + row) * WIDTH + whole.x;
          const cut = view.frame.gray.subarray(row * whole.width, (row + 1) * whole.width);
          assert.deepEqual(cut, gray.subarray(start, start + whole.width));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('straightens any page, in which boxes map back to boxes around the same ink', () => {
    const pages = fc.tuple(point(0, 0), point(0.7, 0), point(0.7, 0.7), point(0, 0.7));
    fc.assert(
      fc.property(pages, share(0.4, 0.6), share(0.4, 0.6), (perspective, across, down) => {
        const [x, y] = [Math.round(across * WIDTH), Math.round(down * HEIGHT)];
        const view = viewOf(operations, dotted(x, y), { perspective });
        const seen = darkBox(view.frame);
        const box = view.toFrame(seen);
        // Around the ink, and no larger than it has to be: the box of a page that is turned or slanted is a
        // parallelogram in the frame.
        const slack = 2;
        assert.ok(box.x <= x - DOT + slack && box.x + box.width >= x + DOT - slack, `x ${box.x}, ${box.width}`);
        assert.ok(box.y <= y - DOT + slack && box.y + box.height >= y + DOT - slack, `y ${box.y}, ${box.height}`);
        const most = sidesOfTwoBoxes(view, seen);
        assert.ok(box.width <= most.width + slack, `${box.width} wide, not ${most.width}`);
        assert.ok(box.height <= most.height + slack, `${box.height} high, not ${most.height}`);
      }),
      { numRuns: 40 },
    );
    assert.equal(operations.liveHandles, 0);
  });

  it('maps the corners of a page to where they were', () => {
    const perspective = [
      { x: 0.3, y: 0.1 },
      { x: 0.8, y: 0.2 },
      { x: 0.95, y: 0.9 },
      { x: 0.05, y: 0.7 },
    ] as const;
    const { frame, toFrame } = viewOf(operations, dotted(100, 75), { perspective });
    const { width, height } = frame;
    const ends = [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ];
    for (const [index, [x, y]] of ends.entries()) {
      const mapped = toFrame({ x, y, width: 0, height: 0 });
      assert.ok(Math.abs(mapped.x - perspective[index].x * WIDTH) < 1e-9);
      assert.ok(Math.abs(mapped.y - perspective[index].y * HEIGHT) < 1e-9);
    }
  });

  it('has the proportions of the page itself, however steeply it is seen', () => {
    const page = { width: 400, height: 300, gray: new Uint8Array(400 * 300).fill(230) };
    for (const [tilt, turn] of [
      [0, 0],
      [50, 0],
      [60, 30],
      [40, 120],
    ]) {
      const { frame, corners } = photograph(page, { tilt, turn, distance: 1.2 });
      const view = viewOf(operations, frame, { perspective: corners });
      const ratio = view.frame.width / view.frame.height;
      assert.ok(Math.abs(ratio - 4 / 3) < 0.01, `${ratio} at ${tilt} and ${turn} degrees`);
    }
  });

  it('does not grow with the frame', () => {
    const [width, height] = [3000, 2000];
    const frame = { width, height, gray: new Uint8Array(width * height) };
    const corner = (x: number, y: number) => ({ x, y });
    const perspective = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)] as const;
    const view = viewOf(operations, frame, { perspective });
    assert.ok(Math.max(view.frame.width, view.frame.height) <= 1280);
  });

  it('keeps no native memory', () => {
    const frame = dotted(100, 75);
    const { corners: perspective } = photograph(frame, { tilt: 50, turn: 10, distance: 1.2 });
    for (let round = 0; round < 5; round++) viewOf(operations, frame, { perspective });
    const heap = operations.heapBytes;
    for (let round = 0; round < 200; round++) viewOf(operations, frame, { perspective });
    assert.equal(operations.liveHandles, 0);
    assert.equal(operations.heapBytes, heap);
  });
});
