/**
 * Digits as strokes, so that pictures can be labelled on a machine without fonts: the segments of a display, each a
 * line in a cell of width 1 and height 2.
 */
const SEGMENTS = {
  top: 'M0 0H1',
  upperRight: 'M1 0V1',
  lowerRight: 'M1 1V2',
  bottom: 'M0 2H1',
  lowerLeft: 'M0 1V2',
  upperLeft: 'M0 0V1',
  middle: 'M0 1H1',
  centre: 'M0.5 0V2',
} as const;

type Segment = keyof typeof SEGMENTS;

const DIGITS: readonly (readonly Segment[])[] = [
  ['top', 'upperRight', 'lowerRight', 'bottom', 'lowerLeft', 'upperLeft'],
  ['centre'],
  ['top', 'upperRight', 'middle', 'lowerLeft', 'bottom'],
  ['top', 'upperRight', 'middle', 'lowerRight', 'bottom'],
  ['upperLeft', 'middle', 'upperRight', 'lowerRight'],
  ['top', 'upperLeft', 'middle', 'lowerRight', 'bottom'],
  ['top', 'upperLeft', 'middle', 'lowerLeft', 'lowerRight', 'bottom'],
  ['top', 'upperRight', 'lowerRight'],
  ['top', 'upperRight', 'lowerRight', 'bottom', 'lowerLeft', 'upperLeft', 'middle'],
  ['top', 'upperLeft', 'middle', 'upperRight', 'lowerRight', 'bottom'],
];

/** An SVG path of a digit from 0 to 9, from (0, 0) to (1, 2). */
export function digitPath(digit: number): string {
  return DIGITS[digit].map((segment) => SEGMENTS[segment]).join('');
}
