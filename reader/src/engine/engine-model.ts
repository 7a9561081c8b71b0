import { InkError } from '@inkcast/shared/errors';
import { type Kernel, kernelOf } from '@inkcast/shared/int8-kernels';
import { elementCount, type TfliteModel, type TfliteOperator } from '@inkcast/shared/tflite-file';
import { startKernels } from './engine-kernels.js';
import { lowerConvolution, lowerDepthwise } from './lower-convolution.js';
import { lowerDense } from './lower-dense.js';
import { lowerAdd, lowerMaxPool, lowerResize } from './lower-maps.js';
import { isMeanOfMap, lowerScaledAdd, lowerSingleMean } from './lower-xnnpack.js';
import { type Bind, Lowering, type Rounding } from './lowering.js';
import { MemoryPlan } from './memory-plan.js';
import { placeTensors } from './place-tensors.js';

/** An int8 model in a memory of its own, which the garbage collector frees with the last reference to it. */
export class EngineModel {
  readonly inputs: readonly Int8Array[];
  readonly outputs: readonly Int8Array[];
  /** Size of the model's memory. */
  readonly heapBytes: number;
  readonly #steps: readonly Kernel[];

  /**
   * @param module the compiled kernels
   * @param model as `readTflite` has checked it
   * @throws InkError INK_TFLITE_UNSUPPORTED where it computes anything but int8, INK_TFLITE_INTERPRETER without memory for it
   */
  constructor(module: WebAssembly.Module, model: TfliteModel, rounding: Rounding) {
    const plan = new MemoryPlan();
    const { offsets, size } = placeTensors(model);
    const first = plan.reserve(size);
    const addresses = new Map([...offsets].map(([tensor, offset]) => [tensor, first + offset]));
    const lowering = new Lowering(model, plan, addresses, rounding);
    const binds = model.operators.map((operator) => lower(operator, lowering));
    const values = (index: number) => {
      const { address, shape } = lowering.place(index);
      return { address, count: elementCount(shape) };
    };
    const [inputs, outputs] = [model.inputs.map(values), model.outputs.map(values)];
    const kernels = startKernels(module, plan.size);
    plan.fill(kernels.memory);
    this.#steps = binds.map((bind) => bind(kernels));
    lowering.close();
    this.inputs = inputs.map(({ address, count }) => new Int8Array(kernels.memory, address, count));
    this.outputs = outputs.map(({ address, count }) => new Int8Array(kernels.memory, address, count));
    this.heapBytes = kernels.memory.byteLength;
  }

  /** Computes the outputs from the inputs' values. */
  run(): void {
    for (const step of this.#steps) step();
  }
}

/** With kernels of its own for what takes time. All else is computed as in the reference interpreter, by the same code. */
function lower(operator: TfliteOperator, lowering: Lowering): Bind {
  switch (operator.kind) {
    case 'conv2d':
      return lowerConvolution(operator, lowering);
    case 'depthwiseConv2d':
      return lowerDepthwise(operator, lowering);
    case 'fullyConnected':
      return lowerDense(operator, lowering);
    case 'maxPool2d':
      return lowerMaxPool(operator, lowering);
    case 'resizeNearestNeighbor':
      return lowerResize(operator, lowering);
    case 'add':
      if (!haveOneShape(operator, lowering)) break;
      return lowering.rounding === 'xnnpack' ? lowerScaledAdd(operator, lowering) : lowerAdd(operator, lowering);
    case 'mean':
      if (lowering.rounding !== 'xnnpack' || !isMeanOfMap(operator, lowering)) break;
      return lowerSingleMean(operator, lowering);
    case 'custom':
      throw new InkError('INK_TFLITE_INTERPRETER', `Inkcast's engine has no operator "${operator.code}".`);
  }
  // Planned even if nothing reads it, so that the model is refused now if it is not int8.
  lowering.place(operator.outputs[0]);
  return (kernels) => {
    const inputs = operator.inputs.filter((index) => index !== -1).map((index) => lowering.buffer(index, kernels));
    return kernelOf(operator, inputs, lowering.buffer(operator.outputs[0], kernels), { matrixTies: 'up' });
  };
}

function haveOneShape({ inputs }: TfliteOperator, lowering: Lowering): boolean {
  const [left, right] = inputs.map((index) => lowering.place(index).shape.join());
  return left === right;
}
