import type { OperatorKind, TfliteModel, TfliteOperator } from '@inkcast/shared/tflite-file';
import type { Int8Interpreter } from '../int8-interpreter/index.js';
import { largestDifference } from './agreement.js';
import { type OperatorDifference, OperatorDifferences } from './operator-differences.js';

/** The parts of the difference between XNNPACK and the reference. */
export interface Explanation {
  readonly logits: LogitDifference;
  readonly operators: readonly OperatorDifference[];
  /** Number of pictures for which every operator is within its tolerance, if the reference gets XNNPACK's inputs. */
  readonly explained: number;
}

/** The difference before the probabilities, where a step is worth the same everywhere. */
export interface LogitDifference {
  /** The tensor's name. */
  readonly tensor: string;
  /** What turns the logits into probabilities; null where the model's output is compared itself. */
  readonly operator: 'softmax' | 'logistic' | null;
  readonly scale: number;
  readonly largestDifference: number;
  /** Pictures whose logits are off by at most `NEAR_STEPS`. */
  readonly near: number;
}

/** Steps of the logits by which a handful of kernels, each off by one, puts them off as a rule. */
export const NEAR_STEPS = 2;

/** Compares runs of XNNPACK with the reference's, tensor by tensor. */
export class DifferenceExplanation {
  readonly #graph: TfliteModel;
  readonly #reference: Int8Interpreter;
  readonly #differences: OperatorDifferences;
  readonly #logits: Logits;
  /** Places of the operators that give the logits and the output. */
  readonly #logitsAt: number;
  readonly #outputAt: number;
  #largestLogitDifference = 0;
  #near = 0;
  #explained = 0;

  constructor(graph: TfliteModel, reference: Int8Interpreter) {
    this.#graph = graph;
    this.#reference = reference;
    this.#differences = new OperatorDifferences(graph, reference);
    this.#logits = findLogits(graph);
    const placeOf = (tensor: number) => graph.operators.findIndex(({ outputs }) => outputs[0] === tensor);
    this.#logitsAt = placeOf(this.#logits.tensor);
    this.#outputAt = placeOf(graph.outputs[0]);
  }

  /**
   * Adds one run; the reference's of the same input must be its last, and its tensors are overwritten.
   *
   * @param output what the model gave as it is
   * @param computed what each operator gave where all of them are outputs, in their order
   */
  add(output: ArrayLike<number>, computed: readonly Computed[]): void {
    const difference = largestDifference(this.#reference.values(this.#logits.tensor), computed[this.#logitsAt].data);
    this.#largestLogitDifference = Math.max(this.#largestLogitDifference, difference);
    if (difference <= NEAR_STEPS) this.#near++;
    // The tensors explain the outputs only if reading them has changed nothing.
    const isSameRun = largestDifference(output, computed[this.#outputAt].data) === 0;
    if (this.#differences.add(computed) && isSameRun) this.#explained++;
  }

  get total(): Explanation {
    const { name, quantization } = this.#graph.tensors[this.#logits.tensor];
    return {
      logits: {
        tensor: name,
        operator: this.#logits.operator,
        scale: quantization?.scales[0] ?? 1,
        largestDifference: this.#largestLogitDifference,
        near: this.#near,
      },
      operators: this.#differences.total,
      explained: this.#explained,
    };
  }
}

interface Computed {
  readonly data: ArrayLike<number>;
}

interface Logits {
  readonly tensor: number;
  readonly operator: 'softmax' | 'logistic' | null;
}

/** Operators that change only the type of the numbers. */
const REWRITING: ReadonlySet<OperatorKind> = new Set(['quantize', 'dequantize', 'reshape']);

/** What the last SOFTMAX or LOGISTIC reads, or the output where the model ends in neither. */
function findLogits({ operators, outputs }: TfliteModel): Logits {
  const producer = (tensor: number): TfliteOperator | undefined =>
    operators.find((operator) => operator.outputs[0] === tensor);
  let operator = producer(outputs[0]);
  while (operator !== undefined && REWRITING.has(operator.kind)) operator = producer(operator.inputs[0]);
  if (operator?.kind !== 'softmax' && operator?.kind !== 'logistic') return { tensor: outputs[0], operator: null };
  return { tensor: operator.inputs[0], operator: operator.kind };
}
