import type { SpotterDescription } from './manifest.js';

/** What is inconsistent among the spotters of a manifest; undefined if nothing is. */
export function spotterFault(spotters: readonly SpotterDescription[]): string | undefined {
  const sizes = spotters.map(({ size }) => size);
  const twice = sizes.find((size, index) => sizes.indexOf(size) !== index);
  if (twice !== undefined) return `its manifest has two ${twice} spotters`;
  return spotters.map(shapeFault).find((fault) => fault !== undefined);
}

function shapeFault({ file, input, output, stride, classes }: SpotterDescription): string | undefined {
  const [batch, height, width, channels] = input.shape;
  if (input.shape.length !== 4 || batch !== 1 || channels !== 1) {
    return `${file} takes [${input.shape}] by its manifest, not one picture of luma`;
  }
  const places = [1, Math.ceil(height / stride), Math.ceil(width / stride)];
  if (output.shape.length !== 4 || output.shape.slice(0, 3).join() !== places.join()) {
    return `${file} gives [${output.shape}] by its manifest for [${input.shape}] at a stride of ${stride}`;
  }
  if (output.shape[3] < classes)
    return `${file} has ${output.shape[3]} channels for ${classes} classes by its manifest`;
  return undefined;
}
