/** Linear light of each byte, by sRGB's curve (IEC 61966-2-1), in single precision as libvips has it. */
const LIGHT = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = Math.fround(byte / 255);
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** The inverse for every 255th of full light, rounded, with one more to interpolate to. */
const ENCODED = Uint8Array.from({ length: 257 }, (_, step) => {
  const light = Math.min(1, step / 255);
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
});

/**
 * The luma of a picture, to the bit as the device's decoder computes it (libvips, scRGB to black and white): linear light
 * weighted by Rec. 709, encoded by interpolation in a table.
 *
 * @param pixels red, green, blue and opacity, a byte each, as a canvas has them
 */
export function lumaOf(pixels: Uint8ClampedArray): Uint8Array {
  const luma = new Uint8Array(pixels.length / 4);
  for (let at = 0, from = 0; at < luma.length; at++, from += 4) {
    const [red, green, blue] = [LIGHT[pixels[from]], LIGHT[pixels[from + 1]], LIGHT[pixels[from + 2]]];
    const light = Math.min(255, 255 * Math.fround(0.2126 * red + 0.7152 * green + 0.0722 * blue));
    const step = Math.floor(light);
    luma[at] = Math.round(ENCODED[step] + (ENCODED[step + 1] - ENCODED[step]) * (light - step));
  }
  return luma;
}
