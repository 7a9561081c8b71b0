/**
 * Distance of each pixel to the nearest marked one, exact, in time linear in the number of pixels: Felzenszwalb and
 * Huttenlocher, "Distance Transforms of Sampled Functions", 2012.
 *
 * @param marked `side * side` values, row-major, not 0 where marked
 * @returns distances in pixels; larger than the picture where nothing is marked
 */
export function distanceTransform(marked: Uint8Array, side: number): Float32Array {
  const far = 4 * side * side;
  const squared = Float64Array.from(marked, (value) => (value === 0 ? far : 0));
  const line = new Float64Array(side);
  for (let x = 0; x < side; x++) {
    for (let y = 0; y < side; y++) line[y] = squared[y * side + x];
    const lowest = lowerEnvelope(line);
    for (let y = 0; y < side; y++) squared[y * side + x] = lowest[y];
  }
  for (let y = 0; y < side; y++) {
    squared.set(lowerEnvelope(squared.subarray(y * side, (y + 1) * side)), y * side);
  }
  return Float32Array.from(squared, Math.sqrt);
}

/** For each place the least of `values[q] + (place - q)^2` over all q. */
function lowerEnvelope(values: Float64Array): Float64Array {
  const size = values.length;
  const vertices = new Int32Array(size);
  const bounds = new Float64Array(size + 1);
  let last = 0;
  bounds[0] = Number.NEGATIVE_INFINITY;
  bounds[1] = Number.POSITIVE_INFINITY;
  const meeting = (q: number, vertex: number): number =>
    (values[q] + q * q - (values[vertex] + vertex * vertex)) / (2 * (q - vertex));
  for (let q = 1; q < size; q++) {
    let crossing = meeting(q, vertices[last]);
    while (crossing <= bounds[last]) crossing = meeting(q, vertices[--last]);
    last++;
    vertices[last] = q;
    bounds[last] = crossing;
    bounds[last + 1] = Number.POSITIVE_INFINITY;
  }
  const lowest = new Float64Array(size);
  for (let place = 0, parabola = 0; place < size; place++) {
    while (bounds[parabola + 1] < place) parabola++;
    const vertex = vertices[parabola];
    lowest[place] = values[vertex] + (place - vertex) ** 2;
  }
  return lowest;
}
