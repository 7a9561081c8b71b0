import { inferShapes, type Layer, type Network } from '../../models/index.js';
import { lookUp } from '../look-up.js';
import type { Operation, Pass } from './operation.js';
import { makeOperation } from './operations.js';

interface Node {
  readonly layer: Layer;
  readonly operation: Operation;
}

/** Every layer's output of one pass, by layer name, in the network's order. */
export type Outputs = ReadonlyMap<string, Float64Array>;

/** A network's arithmetic: forward through all layers, and backward from the layer that the loss reads. */
export class ReferenceGraph {
  readonly #input: string;
  readonly #nodes: readonly Node[];

  /** @throws InkError INK_GRAPH_INVALID where the network is not well formed */
  constructor(network: Network, frozen: ReadonlySet<string>) {
    const shapes = inferShapes(network);
    this.#input = network.layers[0].name;
    this.#nodes = network.layers.flatMap((layer, index) => {
      if (layer.kind === 'input') return [];
      const inputs = layer.inputs.map((name) => lookUp(shapes, name));
      return [{ layer, operation: makeOperation(layer, { index, inputs, frozen: frozen.has(layer.name) }) }];
    });
  }

  /** @param images `pass.count` pictures, NHWC; what lies behind them is not read */
  forward(pass: Pass, images: Float64Array): Outputs {
    const outputs = new Map([[this.#input, images]]);
    for (const { layer, operation } of this.#nodes) {
      outputs.set(layer.name, operation.forward(pass, read(outputs, layer)));
    }
    return outputs;
  }

  /**
   * Sums the parameters' gradients up in the pass.
   *
   * @param from the layer that the loss reads; none behind it takes part
   * @param byOutput the gradient by its output
   */
  backward(pass: Pass, outputs: Outputs, from: string, byOutput: Float64Array): void {
    const gradients = new Map([[from, byOutput]]);
    const end = this.#nodes.findIndex(({ layer }) => layer.name === from);
    for (const { layer, operation } of this.#nodes.slice(0, end + 1).reverse()) {
      const gradient = lookUp(gradients, layer.name);
      const byInputs = operation.backward(pass, read(outputs, layer), lookUp(outputs, layer.name), gradient);
      layer.inputs.forEach((name, index) => {
        const sum = gradients.get(name);
        const part = byInputs[index];
        gradients.set(name, sum === undefined ? part : part.map((value, at) => value + sum[at]));
      });
    }
  }
}

const read = (outputs: Outputs, layer: Layer): Float64Array[] => layer.inputs.map((name) => lookUp(outputs, name));
