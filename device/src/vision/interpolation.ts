/** Parts that weights are counted in. */
const WEIGHTS = 2048;

/**
 * For each of `many` places the two of `few` that it lies between and their weights, as OpenCV's linear interpolation has
 * them: centres of pixels on centres of pixels, in single precision, the outermost held.
 *
 * @returns four numbers a place: first, its weight, second, its weight
 */
export function interpolation(few: number, many: number): Int16Array {
  const table = new Int16Array(4 * many);
  const step = 1 / (many / few);
  const held = (place: number): number => Math.max(0, Math.min(few - 1, place));
  for (let place = 0; place < many; place++) {
    const exact = Math.fround((place + 0.5) * step - 0.5);
    const first = Math.floor(exact);
    const weight = toEven(Math.fround(exact - first) * WEIGHTS);
    table[4 * place] = held(first);
    table[4 * place + 1] = WEIGHTS - weight;
    table[4 * place + 2] = held(first + 1);
    table[4 * place + 3] = weight;
  }
  return table;
}

/** The nearest whole number, halves to the even one. */
function toEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
