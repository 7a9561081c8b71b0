import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, boundingBox, type Point } from './geometry.js';
import type { VisionOperations } from './operations.js';
import { pageRatio, quadrilateralMap } from './perspective.js';
import type { LumaFrame } from './picture.js';

/** Top left, top right, bottom right, bottom left. */
export type Corners = readonly [Point, Point, Point, Point];

/** The part of each frame that is read, in shares of the frame's sides. */
export interface ViewArea {
  readonly regionOfInterest?: Box;
  /** Corners of a page to straighten, as an alternative to a region. They form a convex quadrilateral. */
  readonly perspective?: Corners;
}

type Size = Pick<LumaFrame, 'width' | 'height'>;

/** The part of a frame that is read, in its own coordinates. */
export interface View {
  readonly frame: LumaFrame;
  /** The smallest box of the whole frame around a box of the view, both in pixels. */
  toFrame(box: Box): Box;
}

/** The view of `frame`. @throws InkError INK_VISION_FAILED */
export function viewOf(operations: VisionOperations, frame: LumaFrame, area: ViewArea): View {
  const { regionOfInterest, perspective } = area;
  if (perspective !== undefined) return straightened(operations, frame, perspective);
  return regionOfInterest === undefined ? { frame, toFrame: (box) => box } : cut(frame, regionOfInterest);
}

/** The smallest box of whole pixels around the part of a frame that is read. */
export function boxOf({ regionOfInterest, perspective }: ViewArea, { width, height }: Size): Box {
  if (perspective !== undefined) {
    return boundingBox(perspective.map(({ x, y }) => ({ x: x * width, y: y * height, width: 0, height: 0 })));
  }
  if (regionOfInterest === undefined) return { x: 0, y: 0, width, height };
  const [x, columns] = span(regionOfInterest.x, regionOfInterest.width, width);
  const [y, rows] = span(regionOfInterest.y, regionOfInterest.height, height);
  return { x, y, width: columns, height: rows };
}

function cut({ width, height, gray }: LumaFrame, region: Box): View {
  const [left, columns] = span(region.x, region.width, width);
  const [top, rows] = span(region.y, region.height, height);
  const part = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const start = (top + row) * width + left;
    part.set(gray.subarray(start, start + columns), row * columns);
  }
  return {
    frame: { width: columns, height: rows, gray: part },
    toFrame: (box) => ({ ...box, x: box.x + left, y: box.y + top }),
  };
}

/** First pixel and number of pixels, at least one, for a share of a side. */
function span(start: number, share: number, side: number): [first: number, count: number] {
  const first = Math.min(side - 1, Math.round(start * side));
  const end = Math.min(side, Math.round((start + share) * side));
  return [first, Math.max(1, end - first)];
}

function straightened(operations: VisionOperations, frame: LumaFrame, shares: Corners): View {
  const place = ({ x, y }: Point): Point => ({ x: x * frame.width, y: y * frame.height });
  const corners: Corners = [place(shares[0]), place(shares[1]), place(shares[2]), place(shares[3])];
  const { width, height } = pageSize(corners, frame);
  const gray = operations.inScope((scope) => {
    const plane = scope.plane(frame.width, frame.height, frame.gray);
    return scope.bytes(scope.straighten(plane, corners, width, height));
  });
  const map = quadrilateralMap(corners);
  return {
    frame: { width, height, gray },
    toFrame: ({ x, y, width: across, height: down }) => {
      const [left, top, right, bottom] = [x / width, y / height, (x + across) / width, (y + down) / height];
      const mapped = [map(left, top), map(right, top), map(right, bottom), map(left, bottom)];
      return boundingBox(mapped.map((point) => ({ ...point, width: 0, height: 0 })));
    },
  };
}

/**
 * Size of the straightened page in pixels: as large as its longest sides appear, in the page's own proportions, within
 * the maximum.
 */
function pageSize(corners: Corners, frame: Size): { readonly width: number; readonly height: number } {
  const [topLeft, topRight, bottomRight, bottomLeft] = corners;
  const across = Math.max(distance(topLeft, topRight), distance(bottomLeft, bottomRight));
  const down = Math.max(distance(topLeft, bottomLeft), distance(topRight, bottomRight));
  const ratio = pageRatio(corners, frame);
  const width = Math.max(across, down * ratio);
  const height = width / ratio;
  const factor = Math.min(1, READER_NUMBERS.viewLongestSide.value / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
