import { elementCount, type TfliteModel } from '@inkcast/shared/tflite-file';

const VECTOR_BYTES = 16;

interface Lifetime {
  readonly tensor: number;
  readonly size: number;
  /** The operators that write it first and read it last; -1 and infinity for inputs and outputs of the model. */
  readonly from: number;
  readonly to: number;
}

/**
 * Offsets for the computed tensors of a model in one piece of memory. Tensors that are never needed at the same time share
 * their place: the largest ones are placed first, each as low as it fits.
 */
export function placeTensors(model: TfliteModel): {
  readonly offsets: ReadonlyMap<number, number>;
  readonly size: number;
} {
  const placed: (Lifetime & { readonly offset: number })[] = [];
  for (const lifetime of lifetimes(model).sort((a, b) => b.size - a.size)) {
    const beside = placed
      .filter((other) => other.from <= lifetime.to && lifetime.from <= other.to)
      .sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of beside) {
      if (offset + lifetime.size <= other.offset) break;
      offset = Math.max(offset, other.offset + other.size);
    }
    placed.push({ ...lifetime, offset });
  }
  return {
    offsets: new Map(placed.map(({ tensor, offset }) => [tensor, offset])),
    size: placed.reduce((end, { offset, size }) => Math.max(end, offset + size), 0),
  };
}

function lifetimes({ tensors, operators, inputs, outputs }: TfliteModel): Lifetime[] {
  const computed = new Set([...inputs, ...operators.flatMap((operator) => operator.outputs)]);
  return [...computed].map((tensor) => {
    const from = inputs.includes(tensor) ? -1 : operators.findIndex((operator) => operator.outputs.includes(tensor));
    const last = operators.findLastIndex((operator) => operator.inputs.includes(tensor));
    // Inputs stay as they were given, and outputs are read after the run.
    const stays = outputs.includes(tensor) || inputs.includes(tensor);
    const size = VECTOR_BYTES * Math.ceil(elementCount(tensors[tensor].shape) / VECTOR_BYTES);
    return { tensor, size, from, to: stays ? Number.POSITIVE_INFINITY : Math.max(from, last) };
  });
}
