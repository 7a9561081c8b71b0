import { InkError } from '@inkcast/shared/errors';
import type { TfLiteInterpreter, TfLiteLibrary } from '@inkcast/shared/tflite';
import { inkValues, pictureLayout, usualRange, writePicture } from '../evaluation/index.js';
import { createInt8Interpreter } from '../int8-interpreter/index.js';
import { exposeComputed, writeTflite } from '../tflite/index.js';
import { type Agreement, AgreementCount } from './agreement.js';
import { DifferenceExplanation, type Explanation } from './explanation.js';

/** Pictures for the verification of a model. */
export interface Pictures {
  readonly name: string;
  /** Height, width, channels. */
  readonly shape: readonly [number, number, number];
  /** Bytes 0 to 255 that stand for 0 to 1, one picture after the other. */
  readonly images: Uint8Array;
}

/** TensorFlow Lite's own kernels, or those of the XNNPACK delegate. */
export type Kernels = 'built-in' | 'xnnpack';

/** The agreement of the official library with the integer reference. */
export interface Verification {
  readonly kernels: Kernels;
  /** Null if XNNPACK does not run the model. */
  readonly agreement: Agreement | null;
  /** For XNNPACK: the parts of its differences. */
  readonly explanation?: Explanation;
  /** The reason why XNNPACK does not run the model. */
  readonly refusal?: string;
  /** Whether the agreement is sufficient. */
  readonly isWithinLimits: boolean;
}

/** XNNPACK's rounding may exchange two labels with similar probabilities. Normally at least this share stays the same. */
const SAME_LABEL_SHARE = 0.999;

/**
 * Runs an int8 model over pictures in the official library and in the integer reference interpreter, and compares.
 *
 * @param onProgress called with the pictures done
 * @throws InkError INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED, INK_DATASET_INVALID
 */
export function verifyModel(
  library: TfLiteLibrary,
  model: Uint8Array,
  pictures: Pictures,
  onProgress: (done: number) => void = () => {},
): readonly Verification[] {
  const loaded = library.loadModel(model);
  const { graph } = loaded;
  try {
    const reference = createInt8Interpreter(graph);
    const builtIn = loaded.createInterpreter();
    const xnnpack = loaded.createInterpreter({ delegate: 'xnnpack' });
    const copies = copiesOf(builtIn, pictures);
    const inks = inkValues(builtIn.inputs[0], usualRange(builtIn.inputs[0]));
    const outputs = builtIn.outputs[0].shape.length === 2 ? 'labels' : 'maps';
    const counts = { builtIn: new AgreementCount(outputs), xnnpack: new AgreementCount(outputs) };
    const exposed = library.loadModel(writeTflite(exposeComputed(graph)));
    try {
      const whole = exposed.createInterpreter({ delegate: 'xnnpack' });
      const explanation = new DifferenceExplanation(graph, reference);
      const size = pictures.shape.reduce((product, side) => product * side, 1);
      const input = builtIn.inputs[0].data.slice();
      for (let picture = 0; (picture + 1) * size <= pictures.images.length; picture++) {
        const bytes = pictures.images.subarray(picture * size, (picture + 1) * size);
        writePicture(input, bytes, inks, copies);
        const expected = reference.run(input);
        counts.builtIn.add(invoke(builtIn, input), expected);
        if (xnnpack.delegate === 'xnnpack') {
          const output = invoke(xnnpack, input);
          counts.xnnpack.add(output, expected);
          invoke(whole, input);
          explanation.add(output, whole.outputs);
        }
        onProgress(picture + 1);
      }
      return [
        compared('built-in', counts.builtIn.total),
        xnnpack.delegate === 'xnnpack'
          ? compared('xnnpack', counts.xnnpack.total, explanation.total)
          : refused(xnnpack.delegateRefusal),
      ];
    } finally {
      exposed.close();
    }
  } finally {
    loaded.close();
  }
}

function invoke(interpreter: TfLiteInterpreter, input: ArrayLike<number>): ArrayLike<number> {
  interpreter.inputs[0].data.set(input);
  interpreter.invoke();
  return interpreter.outputs[0].data;
}

/**
 * Whether the agreement is sufficient. The built-in kernels must agree in every bit. For XNNPACK, rounding must explain
 * every difference. The sum of the differences at the output depends on the number of operators and has no limit. The number
 * of changed labels has no limit either: it shows how confident the model is.
 *
 * @param explanation of XNNPACK's differences
 */
export function isWithinLimits({ outputs, identical }: Agreement, explanation?: Explanation): boolean {
  return (explanation === undefined ? identical : explanation.explained) === outputs;
}

/** Whether the labels, if there are any, normally stay the same. With a model that is not confident, many change. */
export const keepsLabels = ({ outputs, sameLabel }: Agreement): boolean =>
  sameLabel === null || sameLabel >= SAME_LABEL_SHARE * outputs;

function compared(kernels: Kernels, agreement: Agreement, explanation?: Explanation): Verification {
  const verification = { kernels, agreement, isWithinLimits: isWithinLimits(agreement, explanation) };
  return explanation === undefined ? verification : { ...verification, explanation };
}

const refused = (refusal = 'XNNPACK does not run the model.'): Verification => ({
  kernels: 'xnnpack',
  agreement: null,
  refusal,
  isWithinLimits: true,
});

/** How often the model's input holds each value of these pictures: once, if they have its own shape. */
function copiesOf({ inputs: [input] }: TfLiteInterpreter, { name, shape }: Pictures): number {
  const taken = input.shape.slice(1).join('x');
  if (taken === shape.join('x')) return 1;
  const layout = pictureLayout(name, input);
  if (layout.shape.join() === shape.join()) return layout.copies;
  const sizes = `${shape.join('x')}, and the model takes ${taken}`;
  throw new InkError('INK_DATASET_INVALID', `The pictures of ${name} are ${sizes}.`);
}
