import type {
  TensorQuantization,
  TfliteModel,
  TfliteOperator,
  TfliteSignature,
  TfliteTensor,
} from '@inkcast/shared/tflite-file';
import { minimumRuntime, operatorVersion, type Unversioned } from './operator-version.js';

const MIN_RUNTIME = 'min_runtime_version';
/** The release is kept in a field of this many bytes, filled up with zeros. */
const MIN_RUNTIME_BYTES = 16;

/** Puts a graph together tensor by tensor; operators get their versions, the model its lowest runtime. */
export class GraphBuilder {
  readonly #tensors: TfliteTensor[] = [];
  readonly #operators: TfliteOperator[] = [];

  /** The tensor's index. */
  tensor(tensor: TfliteTensor): number {
    return this.#tensors.push(tensor) - 1;
  }

  /** A constant of float32 values. */
  floats(name: string, shape: readonly number[], values: Float32Array): number {
    return this.tensor({ name, type: 'float32', shape, data: bytesOf(values) });
  }

  /** A constant of int32 values: a shape, paddings, or a bias with its quantization. */
  ints(name: string, shape: readonly number[], values: Int32Array, quantization?: TensorQuantization): number {
    const tensor = { name, type: 'int32', shape, data: bytesOf(values) } as const;
    return this.tensor(quantization === undefined ? tensor : { ...tensor, quantization });
  }

  operator(operator: Unversioned): void {
    const inputs = operator.inputs.map((index) => this.#tensors.at(index === -1 ? Number.NaN : index));
    const version = operatorVersion(operator, inputs, this.#tensors[operator.outputs[0]]);
    this.#operators.push({ ...operator, version });
  }

  build(description: {
    readonly name: string;
    readonly description: string;
    readonly inputs: readonly number[];
    readonly outputs: readonly number[];
    readonly signatures?: readonly TfliteSignature[];
    readonly metadata?: ReadonlyMap<string, Uint8Array>;
  }): TfliteModel {
    const runtime = new Uint8Array(MIN_RUNTIME_BYTES);
    new TextEncoder().encodeInto(minimumRuntime({ operators: this.#operators }), runtime);
    return {
      ...description,
      tensors: [...this.#tensors],
      operators: [...this.#operators],
      signatures: description.signatures ?? [],
      metadata: new Map([[MIN_RUNTIME, runtime], ...(description.metadata ?? [])]),
    };
  }
}

/** The bytes of little-endian values, as every machine that runs Node.js keeps them. */
export const bytesOf = (values: Float32Array | Int32Array | Int8Array | Uint8Array): Uint8Array =>
  new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
