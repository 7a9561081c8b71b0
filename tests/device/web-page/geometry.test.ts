import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  asKind,
  type Corners,
  contains,
  cornersOf,
  goesAround,
  MIN_SIDE,
  middleOf,
  moved,
  type Point,
  rectangleBetween,
  type Shape,
  withCorner,
} from '../../../device/web/src/frame/geometry.js';
import { bothGuides, guidesFrom, guidesOfCorners, snapped } from '../../../device/web/src/frame/snapping.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Where a pointer may be: also beside the frame. */
const anywhere = fc.tuple(
  fc.double({ min: -0.5, max: 1.5, noNaN: true }),
  fc.double({ min: -0.5, max: 1.5, noNaN: true }),
);
const rectangle = fc
  .tuple(anywhere, anywhere)
  .map(([one, other]): Shape => ({ kind: 'rectangle', rectangle: rectangleBetween(one, other) }));
const page = fc
  .tuple(rectangle, fc.array(fc.tuple(fc.nat(3), anywhere), { maxLength: 6 }))
  .map(([shape, pulls]) =>
    pulls.reduce((pulled, [index, to]) => withCorner(pulled, index, to), asKind(shape, 'corners')),
  );

describe('shapes on a frame', () => {
  it('are rectangles that the device takes, however they are drawn and pulled', () => {
    fc.assert(
      fc.property(rectangle, fc.nat(3), anywhere, (shape, index, to) => {
        for (const each of [shape, withCorner(shape, index, to), moved(shape, to[0], to[1])]) {
          assert.ok(each.kind === 'rectangle');
          const { x, y, width, height } = each.rectangle;
          assert.ok(x >= 0 && y >= 0 && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9);
          assert.ok(width >= MIN_SIDE - 1e-9 && height >= MIN_SIDE - 1e-9);
        }
      }),
    );
  });

  it('are corners that go around a page inside of the frame, however they are pulled', () => {
    fc.assert(
      fc.property(page, anywhere, (shape, by) => {
        for (const each of [shape, moved(shape, by[0], by[1])]) {
          assert.ok(goesAround(cornersOf(each)));
          assert.ok(cornersOf(each).every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1));
        }
      }),
    );
  });

  it('keep the corner opposite to one that is pulled', () => {
    fc.assert(
      fc.property(rectangle, fc.nat(3), anywhere, (shape, index, to) => {
        const opposite = (index + 2) % 4;
        assert.deepEqual(cornersOf(withCorner(shape, index, to))[opposite], cornersOf(shape)[opposite]);
      }),
    );
  });

  it('keep their size when they are moved, also against the edge', () => {
    fc.assert(
      fc.property(page, anywhere, (shape, [dx, dy]) => {
        const sides = (one: Shape) => {
          const [a, b, c, d] = cornersOf(one);
          return [b[0] - a[0], c[1] - b[1], c[0] - d[0], d[1] - a[1]];
        };
        const [before, after] = [sides(shape), sides(moved(shape, dx, dy))];
        before.forEach((side, index) => {
          assert.ok(Math.abs(side - after[index]) < 2e-5);
        });
      }),
    );
  });

  it('become another kind of the same place', () => {
    const corners: Corners = [
      [0.2, 0.3],
      [0.7, 0.25],
      [0.75, 0.8],
      [0.15, 0.7],
    ];
    const around = asKind({ kind: 'corners', corners }, 'rectangle');
    assert.deepEqual(around, { kind: 'rectangle', rectangle: { x: 0.15, y: 0.25, width: 0.6, height: 0.55 } });
    assert.deepEqual(cornersOf(asKind(around, 'corners')), cornersOf(around));
    assert.deepEqual(asKind(around, 'whole'), { kind: 'whole' });
    assert.ok(asKind({ kind: 'whole' }, 'corners').kind === 'corners');
  });

  it('contain their middle, and no point outside of the frame', () => {
    fc.assert(
      fc.property(page, (shape) => {
        assert.ok(contains(shape, middleOf(shape)));
        assert.ok(!contains(shape, [1.2, 0.5]));
      }),
    );
  });
});

describe('snapping', () => {
  const tolerance = { x: 0.01, y: 0.02 };

  it('puts a point on the nearest line that is near enough, across and down by itself', () => {
    const guides = { xs: [0, 0.5, 0.508, 1], ys: [0, 1] };
    assert.deepEqual(snapped([0.506, 0.5], guides, tolerance), [0.508, 0.5]);
    assert.deepEqual(snapped([0.995, 0.985], guides, tolerance), [1, 1]);
    assert.deepEqual(snapped([0.25, 0.03], guides, tolerance), [0.25, 0.03]);
  });

  it('knows the edges of other regions, and the other corners of a page', () => {
    const other: Shape = { kind: 'rectangle', rectangle: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 } };
    const corners: Corners = [
      [0.6, 0.3],
      [0.9, 0.3],
      [0.9, 0.8],
      [0.6, 0.8],
    ];
    const guides = bothGuides(guidesFrom([other]), guidesOfCorners({ kind: 'corners', corners }, 0));
    assert.deepEqual(snapped([0.395, 0.61], guides, tolerance), [0.4, 0.6]);
    assert.deepEqual(snapped([0.597, 0.285], guides, tolerance), [0.6, 0.3]);
  });

  it('moves a point no further than the tolerance', () => {
    fc.assert(
      fc.property(fc.tuple(share, share), fc.array(rectangle), (point: Point, others) => {
        const [x, y] = snapped(point, guidesFrom(others), tolerance);
        assert.ok(Math.abs(x - point[0]) <= tolerance.x && Math.abs(y - point[1]) <= tolerance.y);
      }),
    );
  });
});
