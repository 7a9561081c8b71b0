/** A point of a stroke, in pixels of the pad's picture. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
}

/** What a pen drew from touching the pad to leaving it; at least one point. */
export type Stroke = readonly StrokePoint[];

/** Size of the pad's picture, which is that of a camera's frame. */
export const PAD_SIZE = { width: 640, height: 480 } as const;

/** About a tenth of the height of a digit, as of a felt pen. */
const PEN_WIDTH = 11;
const PAPER = '#ffffff';
const INK = '#1b1d22';

/** Draws a page with strokes. One point is a dot. */
export function drawStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, PAD_SIZE.width, PAD_SIZE.height);
  context.strokeStyle = INK;
  context.lineWidth = PEN_WIDTH;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const [first, ...others] of strokes) {
    context.beginPath();
    context.moveTo(first.x, first.y);
    for (const { x, y } of others.length === 0 ? [first] : others) context.lineTo(x, y);
    context.stroke();
  }
}
