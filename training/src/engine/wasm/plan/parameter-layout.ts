import type { ParameterSpec } from '../../../models/index.js';

/** A stretch of the parameter block, in bytes. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * How parameters lie in a block of memory; weights, gradients and each of the optimizer's slots are blocks of this
 * layout. Kernels that are trained come first, then what else is trained, then what is not.
 */
export interface ParameterLayout {
  /** Byte offset of each parameter. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly bytes: number;
  /** Trained parameters to which weight decay applies, and those to which it does not. */
  readonly decayed: Range;
  readonly undecayed: Range;
}

// Vectors of four float32 never hold values of two parameters.
const ALIGNMENT = 16;

export function layOutParameters(
  specs: readonly ParameterSpec[],
  isTrained: (spec: ParameterSpec) => boolean,
): ParameterLayout {
  const offsets = new Map<string, number>();
  let end = 0;
  const place = (group: readonly ParameterSpec[]): Range => {
    const from = end;
    for (const spec of group) {
      offsets.set(spec.name, end);
      end += Math.ceil((spec.size * 4) / ALIGNMENT) * ALIGNMENT;
    }
    return { from, to: end };
  };
  const trained = specs.filter(isTrained);
  const decayed = place(trained.filter((spec) => spec.role === 'kernel'));
  const undecayed = place(trained.filter((spec) => spec.role !== 'kernel'));
  place(specs.filter((spec) => !isTrained(spec)));
  return { offsets, bytes: end, decayed, undecayed };
}
