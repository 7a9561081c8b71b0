import { InkError } from '@inkcast/shared/errors';
import type { TfLiteInterpreter, TfLiteLibrary } from '@inkcast/shared/tflite';
import { type Dataset, pictureAt } from '../data/index.js';
import { inkValues } from '../evaluation/index.js';
import { createIntegerInterpreter } from '../integer/index.js';
import { type Agreement, AgreementCount } from './agreement.js';

/** TensorFlow Lite's own kernels, or those of the XNNPACK delegate. */
export type Kernels = 'built-in' | 'xnnpack';

/** How the official library agrees with our integer reference. */
export interface Verification {
  readonly kernels: Kernels;
  /** Null where XNNPACK does not run the model. */
  readonly agreement: Agreement | null;
  /** Why it does not. */
  readonly refusal?: string;
  /** Whether it agrees as far as it must. */
  readonly isWithinLimits: boolean;
}

/**
 * The built-in kernels are what the reference describes, bit by bit. XNNPACK rounds otherwise, which may tip two labels
 * that are about as likely.
 */
const LIMITS = {
  'built-in': { largestDifference: 0, sameLabelShare: 1 },
  xnnpack: { largestDifference: 2, sameLabelShare: 0.999 },
} as const;

/**
 * Runs an int8 model over pictures in the official library and in the integer reference interpreter, and compares.
 *
 * @param onProgress called with the pictures done
 * @throws InkError INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED, INK_DATASET_INVALID
 */
export function verifyModel(
  library: TfLiteLibrary,
  model: Uint8Array,
  dataset: Dataset,
  onProgress: (done: number) => void = () => {},
): readonly Verification[] {
  const loaded = library.loadModel(model);
  try {
    const reference = createIntegerInterpreter(loaded.graph);
    const builtIn = loaded.createInterpreter();
    const xnnpack = loaded.createInterpreter({ delegate: 'xnnpack' });
    checkPictures(builtIn, dataset);
    const inks = inkValues(builtIn.inputs[0]);
    const counts = new Map<TfLiteInterpreter, AgreementCount>([[builtIn, new AgreementCount()]]);
    if (xnnpack.delegate === 'xnnpack') counts.set(xnnpack, new AgreementCount());
    for (let picture = 0; picture < dataset.labels.length; picture++) {
      const input = Array.from(pictureAt(dataset, picture), (byte) => inks[byte]);
      const expected = reference.run(input);
      for (const [interpreter, count] of counts) {
        interpreter.inputs[0].data.set(input);
        interpreter.invoke();
        count.add(interpreter.outputs[0].data, expected);
      }
      onProgress(picture + 1);
    }
    return [
      verification('built-in', counts.get(builtIn), undefined),
      verification('xnnpack', counts.get(xnnpack), xnnpack.delegateRefusal),
    ];
  } finally {
    loaded.close();
  }
}

function verification(kernels: Kernels, count: AgreementCount | undefined, refusal: string | undefined): Verification {
  if (count === undefined) {
    return { kernels, agreement: null, refusal: refusal ?? 'XNNPACK does not run the model.', isWithinLimits: true };
  }
  const agreement = count.total;
  return { kernels, agreement, isWithinLimits: isWithinLimits(kernels, agreement) };
}

/** Whether kernels agree with the reference as far as they must. */
export function isWithinLimits(kernels: Kernels, { outputs, largestDifference, sameLabel }: Agreement): boolean {
  const limits = LIMITS[kernels];
  return largestDifference <= limits.largestDifference && sameLabel >= limits.sameLabelShare * outputs;
}

function checkPictures({ inputs }: TfLiteInterpreter, { name, shape }: Dataset): void {
  if (inputs[0].shape.join() === [1, ...shape].join()) return;
  const sizes = `${shape.join('x')}, and the model takes ${inputs[0].shape.slice(1).join('x')}`;
  throw new InkError('INK_DATASET_INVALID', `The pictures of ${name} are ${sizes}.`);
}
