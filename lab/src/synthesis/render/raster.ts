/** Planes of red, green and blue while a picture is rendered; values are levels, not yet cut to 0..255. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
}

export function makeRaster(width: number, height: number): Raster {
  const plane = (): Float32Array => new Float32Array(width * height);
  return { width, height, planes: [plane(), plane(), plane()] };
}
