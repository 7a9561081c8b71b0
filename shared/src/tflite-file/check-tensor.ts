import { invalid } from './invalid.js';
import type { TensorQuantization, TensorType, TfliteTensor } from './model.js';
import { elementCount, tensorSize } from './tensor-size.js';

const MAX_DIMENSIONS = 6;
const MAX_ELEMENTS = 2 ** 27;
/** Other scales are damage. With some of them, TensorFlow Lite's fixed-point multipliers end the process. */
const SCALES = { least: 2 ** -60, most: 2 ** 60 };

const ZERO_POINTS: Readonly<Partial<Record<TensorType, readonly [number, number]>>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [0, 0],
  int32: [0, 0],
};

/** Checks a tensor on its own. @throws InkError INK_TFLITE_INVALID */
export function checkTensor(tensor: TfliteTensor): void {
  const { name, shape, shapeSignature, data, quantization } = tensor;
  const whole = shape.every((size) => size > 0) && elementCount(shape) <= MAX_ELEMENTS;
  if (!whole || shape.length > MAX_DIMENSIONS) throw invalid(`the tensor "${name}" has the shape [${shape}]`);
  if (shapeSignature !== undefined) {
    const fits = shapeSignature.every((size, dimension) => size === -1 || size === shape[dimension]);
    if (!fits || shapeSignature.length !== shape.length) {
      throw invalid(`the tensor "${name}" has the shape [${shape}] and the signature [${shapeSignature}]`);
    }
  }
  if (data !== undefined && data.length !== tensorSize(tensor)) {
    throw invalid(`the tensor "${name}" of ${tensorSize(tensor)} bytes has ${data.length}`);
  }
  if (quantization !== undefined) checkQuantization(tensor, quantization);
}

function checkQuantization({ name, shape, type }: TfliteTensor, quantization: TensorQuantization): void {
  const { scales, zeroPoints, dimension } = quantization;
  if (!scales.every((scale) => scale >= SCALES.least && scale <= SCALES.most)) {
    throw invalid(`the tensor "${name}" has a scale that is not a positive number of a usable size`);
  }
  if (zeroPoints.length !== scales.length) {
    throw invalid(`the tensor "${name}" has ${scales.length} scales and ${zeroPoints.length} zero points`);
  }
  if (scales.length > 1 && scales.length !== shape[dimension]) {
    throw invalid(`the tensor "${name}" of the shape [${shape}] has ${scales.length} scales`);
  }
  if (dimension < 0 || dimension >= Math.max(1, shape.length)) {
    throw invalid(`the tensor "${name}" is quantized along its dimension ${dimension}`);
  }
  const range = ZERO_POINTS[type];
  if (range !== undefined && zeroPoints.some((value) => value < range[0] || value > range[1])) {
    throw invalid(`the tensor "${name}" has a zero point outside of ${type}`);
  }
}
