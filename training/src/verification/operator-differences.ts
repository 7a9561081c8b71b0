import type { OperatorKind, TfliteModel } from '@inkcast/shared/tflite-file';
import type { Int8Interpreter } from '../int8-interpreter/index.js';

/** The difference between the library's kernel and the reference for one kind of operator with the same inputs. */
export interface OperatorDifference {
  readonly operator: OperatorKind;
  /** Values compared, over all pictures and all operators of the kind. */
  readonly values: number;
  /** Number of different values. */
  readonly different: number;
  /** In steps of the operator's output. */
  readonly largestDifference: number;
  /** Tolerance of the kernel, in steps. */
  readonly allowed: number;
}

/**
 * Tolerance of XNNPACK's kernels in steps, for the same inputs. Kernels that multiply by a scale use single precision and
 * round ties to even, and LOGISTIC's table is computed in single precision. All other kernels only move values, or do not
 * belong to XNNPACK.
 */
const ROUNDING_OTHERWISE: Partial<Readonly<Record<OperatorKind, number>>> = {
  conv2d: 1,
  depthwiseConv2d: 1,
  fullyConnected: 1,
  add: 1,
  mul: 1,
  mean: 1,
  logistic: 1,
};

/**
 * Splits the difference between two ways of running a model by operator. The reference computes every operator from the
 * tensors of the other way, so only the difference of the operator itself remains.
 */
export class OperatorDifferences {
  readonly #graph: TfliteModel;
  readonly #reference: Int8Interpreter;
  readonly #counts = new Map<OperatorKind, { values: number; different: number; largestDifference: number }>();

  constructor(graph: TfliteModel, reference: Int8Interpreter) {
    this.#graph = graph;
    this.#reference = reference;
  }

  /**
   * Compares one run with the reference's of the same input, which must be its last; its tensors are overwritten.
   *
   * @param computed what each operator gave, in their order
   * @returns whether no operator differs by more than its kernel may
   */
  add(computed: readonly { readonly data: ArrayLike<number> }[]): boolean {
    let isWithin = true;
    /** Tensors that are no longer those of the reference's own run, so that what reads them is computed again. */
    const changed = new Set<number>();
    for (const [position, { kind, inputs, outputs }] of this.#graph.operators.entries()) {
      const theirs = computed[position].data;
      if (inputs.some((input) => changed.has(input))) {
        this.#reference.compute(position);
        changed.add(outputs[0]);
      }
      const ours = this.#reference.values(outputs[0]);
      const difference = this.#count(kind, ours, theirs);
      if (difference > allowedDifference(kind)) isWithin = false;
      if (difference === 0) continue;
      ours.set(theirs);
      changed.add(outputs[0]);
    }
    return isWithin;
  }

  /** In the order in which the kinds first occur in the graph. */
  get total(): readonly OperatorDifference[] {
    return [...this.#counts].map(([operator, count]) => ({ operator, ...count, allowed: allowedDifference(operator) }));
  }

  /** @returns the largest difference */
  #count(kind: OperatorKind, ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
    const count = this.#counts.get(kind) ?? { values: 0, different: 0, largestDifference: 0 };
    this.#counts.set(kind, count);
    let largest = 0;
    for (let index = 0; index < ours.length; index++) {
      const difference = Math.abs(ours[index] - theirs[index]);
      if (difference === 0) continue;
      count.different++;
      if (difference > largest) largest = difference;
    }
    count.values += ours.length;
    count.largestDifference = Math.max(count.largestDifference, largest);
    return largest;
  }
}

/** Steps of its output by which XNNPACK's kernel of an operator may be off, given the same inputs. */
export const allowedDifference = (kind: OperatorKind): number => ROUNDING_OTHERWISE[kind] ?? 0;
