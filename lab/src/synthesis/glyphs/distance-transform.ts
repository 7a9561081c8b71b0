/**
 * Distance of each pixel to the nearest marked one, exact, in time linear in the number of pixels: Felzenszwalb and
 * Huttenlocher, "Distance Transforms of Sampled Functions", 2012.
 *
 * @param marked `side * side` values, row-major, not 0 where marked
 * @returns distances in pixels; larger than the picture where nothing is marked
 */
export function distanceTransform(marked: Uint8Array, side: number): Float32Array {
  const far = 4 * side * side;
  const squared = new Float32Array(marked.length);
  for (let at = 0; at < marked.length; at++) squared[at] = marked[at] === 0 ? far : 0;
  const line = makeLine(side);
  for (let x = 0; x < side; x++) lowerLine(squared, x, side, line);
  for (let y = 0; y < side; y++) lowerLine(squared, y * side, 1, line);
  for (let at = 0; at < squared.length; at++) squared[at] = Math.sqrt(squared[at]);
  return squared;
}

/** Work space for one row or column. */
interface Line {
  readonly values: Float64Array;
  /** Where the parabolas of the lower envelope stand, and from where on each is the lowest. */
  readonly vertices: Int32Array;
  readonly begins: Float64Array;
}

function makeLine(side: number): Line {
  return { values: new Float64Array(side), vertices: new Int32Array(side), begins: new Float64Array(side) };
}

/** Replaces each value of a row or column by the minimum of `values[q] + (place - q)^2` over all q. */
function lowerLine(field: Float32Array, start: number, step: number, { values, vertices, begins }: Line): void {
  const size = values.length;
  for (let place = 0; place < size; place++) values[place] = field[start + place * step];
  let last = 0;
  vertices[0] = 0;
  begins[0] = Number.NEGATIVE_INFINITY;
  for (let q = 1; q < size; q++) {
    const height = values[q] + q * q;
    let vertex = vertices[last];
    let crossing = (height - values[vertex] - vertex * vertex) / (2 * (q - vertex));
    while (crossing <= begins[last]) {
      vertex = vertices[--last];
      crossing = (height - values[vertex] - vertex * vertex) / (2 * (q - vertex));
    }
    vertices[++last] = q;
    begins[last] = crossing;
  }
  for (let place = 0, parabola = 0; place < size; place++) {
    while (parabola < last && begins[parabola + 1] < place) parabola++;
    const vertex = vertices[parabola];
    field[start + place * step] = values[vertex] + (place - vertex) ** 2;
  }
}
