import type { TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';
import type { Tensor } from '../models/index.js';
import { type Converted, type NetworkAssembler, unsupported, type Value } from '../network-assembly/index.js';

/** An operator of a .tflite file with everything that its conversion needs. */
export class Translation<Operator extends TfliteOperator = TfliteOperator> implements Converted {
  readonly operator: Operator;
  readonly network: NetworkAssembler;
  /** The name of the layer that it becomes. */
  readonly name: string;
  readonly #model: TfliteModel;
  readonly #place: number;
  readonly #values: ReadonlyMap<number, Value>;
  readonly #constants: ReadonlyMap<number, Tensor>;

  constructor(
    operator: Operator,
    place: number,
    context: {
      readonly model: TfliteModel;
      readonly network: NetworkAssembler;
      /** What is computed so far, by tensor. */
      readonly values: ReadonlyMap<number, Value>;
      /** Real values of the constant tensors. */
      readonly constants: ReadonlyMap<number, Tensor>;
    },
  ) {
    this.operator = operator;
    this.network = context.network;
    this.#model = context.model;
    this.#place = place;
    this.#values = context.values;
    this.#constants = context.constants;
    this.name = layerName(this.output.name, place);
  }

  /** The tensor that it computes. */
  get output(): TfliteTensor {
    return this.#model.tensors[this.operator.outputs[0]];
  }

  /** The output's shape without the batch. */
  get shape(): readonly number[] {
    return this.output.shape.slice(1);
  }

  refuse(reason: string): never {
    const { kind } = this.operator;
    throw unsupported(`Operator ${this.#place} (${kind}), which computes "${this.output.name}", ${reason}`);
  }

  /** The input at a place, computed. */
  value(index: number): Value {
    const tensor = this.operator.inputs[index];
    return this.#values.get(tensor) ?? this.refuse(`reads "${this.#nameOf(tensor)}", which is not computed`);
  }

  /** The input at a place, constant; nothing if it is computed or left out. */
  constant(index: number): Tensor | undefined {
    return this.#constants.get(this.operator.inputs[index] ?? -1);
  }

  weights(index: number): Tensor {
    const tensor = this.operator.inputs[index];
    return this.constant(index) ?? this.refuse(`has weights "${this.#nameOf(tensor)}" that are computed`);
  }

  /** The input at a place as the output of one layer. */
  exact(index: number): Value {
    return this.network.exact(this.value(index), this);
  }

  #nameOf(tensor: number): string {
    return this.#model.tensors[tensor]?.name ?? 'nothing';
  }
}

/** Converters join the names of all layers that became part of an operator with semicolons. */
const layerName = (tensor: string, place: number): string => tensor.split(';')[0] || `operator_${place}`;
