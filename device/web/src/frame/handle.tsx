import { useSignal } from '@preact/signals';
import type { Point } from './geometry.js';

/** A step of an arrow key, in shares of the frame's sides; with Shift it is ten times as large. */
const STEP = 0.002;
const STEPS: Readonly<Record<string, Point | undefined>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

interface HandleProps {
  readonly label: string;
  readonly at: Point;
  readonly isMiddle?: boolean;
  readonly shareAt: (event: PointerEvent) => Point;
  /** @param goesOn whether it belongs to the step before */
  readonly onMove: (point: Point, goesOn: boolean, byKey: boolean) => void;
}

/** A point that is dragged, as large as a finger, or moved by the arrow keys. */
export function Handle({ label, at, isMiddle = false, shareAt, onMove }: HandleProps) {
  /** From the pointer to the point: it does not jump when it is grasped beside its middle. */
  const grasp = useSignal<{ readonly offset: Point; readonly goesOn: boolean } | undefined>(undefined);
  const [x, y] = at;
  return (
    <button
      type="button"
      class={`handle ${isMiddle ? 'middle' : ''}`}
      style={{ left: `${100 * x}%`, top: `${100 * y}%` }}
      aria-label={label}
      onPointerDown={(event) => {
        event.stopPropagation();
        const [fromX, fromY] = shareAt(event);
        grasp.value = { offset: [x - fromX, y - fromY], goesOn: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (grasp.value === undefined) return;
        event.stopPropagation();
        const { offset, goesOn } = grasp.value;
        const [toX, toY] = shareAt(event);
        onMove([toX + offset[0], toY + offset[1]], goesOn, false);
        grasp.value = { offset, goesOn: true };
      }}
      onPointerUp={() => {
        grasp.value = undefined;
      }}
      onPointerCancel={() => {
        grasp.value = undefined;
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const times = event.shiftKey ? 10 : 1;
        onMove([x + times * step[0], y + times * step[1]], event.repeat, true);
      }}
    />
  );
}
