import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../look/index.js';
import type { TryWords } from '../words/index.js';
import type { Drawing } from './drawing.js';
import { drawStrokes, PAD_SIZE, type StrokePoint } from './strokes.js';

interface PadProps {
  readonly drawing: Drawing;
  readonly words: TryWords;
  /** Told the pixels when somebody has changed the drawing; undefined where it is empty. */
  readonly onDrawn: (pixels: ImageData | undefined) => void;
}

/** A page to draw on with a mouse, a finger or a pen. */
export function Pad({ drawing, words, onDrawn }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const context = contextOf(canvas.current);
    if (context !== undefined) drawStrokes(context, drawing.seen);
  });
  const tell = (): void => {
    const strokes = drawing.strokes.value;
    const context = contextOf(canvas.current);
    if (context === undefined) return;
    drawStrokes(context, strokes);
    onDrawn(strokes.length === 0 ? undefined : context.getImageData(0, 0, PAD_SIZE.width, PAD_SIZE.height));
  };
  const lift = ({ pointerId }: PointerEvent): void => {
    if (drawing.end(pointerId)) tell();
  };
  const isEmpty = drawing.strokes.value.length === 0;
  return (
    <div class="stack">
      <canvas
        ref={canvas}
        class="pad"
        {...PAD_SIZE}
        role="img"
        aria-label={words.pad}
        onPointerDown={(event) => {
          if (event.button !== 0 || !drawing.begin(event.pointerId, pointOf(event, event.currentTarget))) return;
          // The stroke goes on where the pen leaves the pad.
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          // A browser joins the moves of a fast pen into one event for each picture of the screen.
          const moves = event.getCoalescedEvents();
          const pad = event.currentTarget;
          drawing.extend(
            event.pointerId,
            (moves.length === 0 ? [event] : moves).map((move) => pointOf(move, pad)),
          );
        }}
        onPointerUp={lift}
        onPointerCancel={lift}
      />
      <div class="row">
        <button
          type="button"
          disabled={isEmpty}
          onClick={() => {
            drawing.undo();
            tell();
          }}
        >
          <Icon name="undo" /> {words.undo}
        </button>
        <button
          type="button"
          disabled={isEmpty}
          onClick={() => {
            drawing.clear();
            tell();
          }}
        >
          <Icon name="close" /> {words.clear}
        </button>
      </div>
    </div>
  );
}

/** The drawing is read back after each stroke, so it is kept in memory and not on the graphics card. */
const contextOf = (canvas: HTMLCanvasElement | null): CanvasRenderingContext2D | undefined =>
  canvas?.getContext('2d', { willReadFrequently: true }) ?? undefined;

/** The place of a pointer in the pad's picture, whatever size the pad has on the screen. */
function pointOf({ clientX, clientY }: MouseEvent, pad: HTMLCanvasElement): StrokePoint {
  const { left, top, width, height } = pad.getBoundingClientRect();
  return { x: ((clientX - left) * PAD_SIZE.width) / width, y: ((clientY - top) * PAD_SIZE.height) / height };
}
