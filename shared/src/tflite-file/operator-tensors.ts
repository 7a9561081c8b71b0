import { invalid, otherNumbers } from './invalid.js';
import type { TensorType, TfliteOperator, TfliteTensor } from './model.js';

/** One operator with its tensors, for the checks. If a requested tensor is missing, the model is refused. */
export class OperatorTensors {
  readonly name: string;
  readonly #operator: TfliteOperator;
  readonly #tensors: readonly TfliteTensor[];

  constructor(operator: TfliteOperator, tensors: readonly TfliteTensor[], name: string) {
    this.#operator = operator;
    this.#tensors = tensors;
    this.name = name;
  }

  /** @throws InkError INK_TFLITE_INVALID always */
  fail(reason: string): never {
    throw invalid(`${this.name} ${reason}`);
  }

  /** Checks the number of tensors; the first `least` inputs must not be omitted. */
  count(least: number, most = least): void {
    const { inputs, outputs } = this.#operator;
    if (inputs.length < least || inputs.length > most || outputs.length !== 1) {
      this.fail(`has ${inputs.length} inputs and ${outputs.length} outputs`);
    }
    if (inputs.slice(0, least).includes(-1)) this.fail('leaves a needed input out');
  }

  input(index: number): TfliteTensor {
    return this.#tensors[this.#operator.inputs[index]] ?? this.fail(`has no input ${index}`);
  }

  inputs(): readonly TfliteTensor[] {
    return this.#operator.inputs.map((_, index) => this.input(index));
  }

  /** An input that may be omitted, such as a bias. */
  optionalInput(index: number): TfliteTensor | undefined {
    return this.#tensors[this.#operator.inputs[index] ?? -1];
  }

  output(): TfliteTensor {
    return this.#tensors[this.#operator.outputs[0]] ?? this.fail('has no output');
  }

  /** The values of a constant int32 input, such as a shape or paddings. */
  constantInts(index: number): Int32Array {
    const { type, data } = this.input(index);
    if (type !== 'int32' || data === undefined) this.fail(`needs a constant int32 tensor as input ${index}`);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return Int32Array.from({ length: data.length / 4 }, (_, at) => view.getInt32(4 * at, true));
  }

  /** Checks a tensor's type. An 8-bit tensor must have a quantization. */
  type(tensor: TfliteTensor, ...allowed: readonly TensorType[]): void {
    if (!allowed.includes(tensor.type)) this.fail(`has the ${tensor.type} tensor "${tensor.name}"`);
    const isQuantized = tensor.type === 'int8' || tensor.type === 'uint8';
    if (isQuantized && tensor.quantization === undefined) this.fail(`lacks the scale of "${tensor.name}"`);
  }

  /**
   * Checks an activation: float32, or 8 bits with one scale for the whole tensor.
   *
   * @throws InkError INK_TFLITE_UNSUPPORTED for other number types, which TensorFlow Lite may support and Inkcast does
   * not
   */
  activation(tensor: TfliteTensor): void {
    if (!['float32', 'int8', 'uint8'].includes(tensor.type)) {
      throw otherNumbers(`computes in ${tensor.type} at ${this.name}`);
    }
    this.type(tensor, 'float32', 'int8', 'uint8');
    if ((tensor.quantization?.scales.length ?? 1) !== 1) this.fail(`has several scales for "${tensor.name}"`);
  }

  /** Checks that the output and all of these are activations of the same type. */
  sameType(...inputs: readonly TfliteTensor[]): void {
    const output = this.output();
    this.activation(output);
    for (const input of inputs) {
      this.activation(input);
      if (input.type !== output.type) this.fail(`turns ${input.type} into ${output.type}`);
    }
  }

  /** Checks that 8-bit values have the same quantization before and after an operator that does not change them. */
  sameScale(...inputs: readonly TfliteTensor[]): void {
    const output = this.output();
    for (const input of inputs) {
      const equal =
        input.quantization?.scales[0] === output.quantization?.scales[0] &&
        input.quantization?.zeroPoints[0] === output.quantization?.zeroPoints[0];
      if (output.type !== 'float32' && !equal) this.fail('changes the scale, which it cannot');
    }
  }

  outputShape(expected: readonly number[]): void {
    const { shape } = this.output();
    if (shape.join() !== expected.join()) this.fail(`has an output of the shape [${shape}] instead of [${expected}]`);
  }
}
