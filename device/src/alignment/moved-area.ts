import type { Point, ViewArea } from '@inkcast/reader/vision';

/** An area where it has moved to, by shares of the frame's sides. What has left the frame is cut off. */
export function movedArea(area: ViewArea, by: Point): ViewArea {
  const { regionOfInterest, perspective } = area;
  if (perspective !== undefined) {
    const [topLeft, topRight, bottomRight, bottomLeft] = perspective;
    const move = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y });
    return { perspective: [move(topLeft), move(topRight), move(bottomRight), move(bottomLeft)] };
  }
  if (regionOfInterest === undefined) return area;
  const { x, y, width, height } = regionOfInterest;
  const [left, top] = [within(x + by.x), within(y + by.y)];
  return {
    regionOfInterest: {
      x: left,
      y: top,
      width: within(x + width + by.x) - left,
      height: within(y + height + by.y) - top,
    },
  };
}

const within = (share: number): number => Math.max(0, Math.min(1, share));
