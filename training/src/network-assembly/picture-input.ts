import type { InkRange } from '../evaluation/index.js';
import type { Converted, NetworkAssembler, Value } from './network-assembler.js';

/** Channels of a picture in colour. */
const RGB = 3;

/**
 * Adds the input of a model: a picture with one channel or with three equal ones, without a channel dimension, or as one
 * row of a square picture's pixels.
 *
 * @param shape of the model's input, without the batch
 */
export function addPictureInput(
  network: NetworkAssembler,
  name: string,
  {
    shape,
    range: [least, most],
    of,
  }: { readonly shape: readonly number[]; readonly range: InkRange; readonly of: Converted },
): Value {
  const side = Math.sqrt(shape.reduce((product, size) => product * size, 1));
  const sizes: Readonly<Record<number, readonly number[]>> = { 1: [side, side, 1], 2: [...shape, 1], 3: shape };
  const [height, width, channels] = sizes[shape.length] ?? [];
  const isPicture = [height, width].every((size) => Number.isInteger(size) && size > 0);
  if (!isPicture || (channels !== 1 && channels !== RGB)) {
    of.refuse(`has the shape [${shape}], which is not that of a picture with one channel or three`);
  }
  const affine = { scale: most - least, offset: least };
  const gray = network.add(name, { kind: 'input', shape: [height, width, 1] }, []);
  if (channels === 1) return { layer: gray.layer, shape, affine };
  const copied = { shape: [1, 1, 1, RGB], data: new Float32Array(RGB).fill(1) };
  const window = { kernel: [1, 1], strides: [1, 1], padding: 'valid' } as const;
  const color = network.add(`${gray.layer}_rgb`, { kind: 'conv2d', filters: RGB, bias: false, ...window }, [gray], {
    kernel: copied,
  });
  return { ...color, affine };
}
