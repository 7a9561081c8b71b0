import { type Html, html } from '@inkcast/shared/html';

/** A line of a chart. */
export interface Curve {
  readonly name: string;
  /** Class of the page's style that gives it its colour. */
  readonly style: 'training' | 'scored';
  /** The value of each epoch; null where there is none. */
  readonly values: readonly (number | null)[];
}

const [WIDTH, HEIGHT] = [400, 240];
const MARGIN = { left: 52, right: 12, top: 10, bottom: 48 };
/** With more epochs, dots would hide the line. */
const MAX_DOTS = 30;
const MAX_EPOCH_TICKS = 6;
/** Smaller values are zero, and smaller differences, as a share of the values, are none. */
const MIN_SIZE = 1e-6;
const MIN_SHARE = 1e-9;

/**
 * Curves by epoch as an SVG that follows the colours of its page. The first epoch is 1.
 *
 * @param shown formats a value of the vertical axis
 */
export function curveChart(title: string, curves: readonly Curve[], shown: (value: number) => string): Html {
  const epochs = Math.max(...curves.map(({ values }) => values.length));
  const all = curves.flatMap(({ values }) => values.filter((value) => value !== null));
  const ticks = niceTicks(Math.min(...all), Math.max(...all));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const x = (epoch: number): number =>
    MARGIN.left + ((WIDTH - MARGIN.left - MARGIN.right) * (epoch - 1)) / Math.max(1, epochs - 1);
  const y = (value: number): number =>
    HEIGHT - MARGIN.bottom - ((HEIGHT - MARGIN.top - MARGIN.bottom) * (value - low)) / (high - low);
  const said = curves.map(({ name, values }) => `${name} ${ends(values, shown)}`).join('; ');
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title} by epoch: ${said}">
${ticks.map(
  (tick) => html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(tick)}" y2="${y(tick)}"/>
<text x="${MARGIN.left - 6}" y="${y(tick) + 4}" text-anchor="end">${shown(tick)}</text>`,
)}
${epochTicks(epochs).map((epoch) => html`<text x="${x(epoch)}" y="${HEIGHT - MARGIN.bottom + 16}" text-anchor="middle">${epoch}</text>`)}
${curves.map((curve) => line(curve, x, y, epochs))}
${curves.map(({ name, style }, index) => html`<g class="${style}"><circle cx="${MARGIN.left + 5 + 110 * index}" cy="${HEIGHT - 12}" r="4"/><text x="${MARGIN.left + 14 + 110 * index}" y="${HEIGHT - 8}">${name}</text></g>`)}
</svg></figure>`;
}

function line(
  { style, values }: Curve,
  x: (epoch: number) => number,
  y: (value: number) => number,
  epochs: number,
): Html {
  const points = values.flatMap((value, index) => (value === null ? [] : [[x(index + 1), y(value)] as const]));
  const path = points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ');
  const dots = epochs > MAX_DOTS ? [] : points;
  return html`<g class="${style}"><polyline points="${path}"/>${dots.map(
    ([left, top]) => html`<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="3"/>`,
  )}</g>`;
}

function ends(values: readonly (number | null)[], shown: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  return `from ${shown(known[0])} to ${shown(known[known.length - 1])}`;
}

/** Round values that enclose the range, two to six of them, evenly spaced. */
export function niceTicks(least: number, most: number): readonly number[] {
  const size = Math.max(Math.abs(least), Math.abs(most), MIN_SIZE);
  // Values that differ only by rounding are one value.
  const range = most - least > MIN_SHARE * size ? most - least : size;
  const rough = range / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

function epochTicks(epochs: number): readonly number[] {
  const step = Math.max(1, Math.ceil((epochs - 1) / (MAX_EPOCH_TICKS - 1)));
  return Array.from({ length: Math.floor((epochs - 1) / step) + 1 }, (_, index) => 1 + index * step);
}
