import { areClassNames, type Bundle } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import type { InferenceBackEnd } from './back-end.js';
import { type DigitClassifier, QuantizedClassifier } from './digit-classifier.js';

const CROP_SHAPE = [1, DIGIT_SIDE, DIGIT_SIDE, 1].join('x');

/**
 * Opens a classifier with the model of a bundle, whatever its classes are. It owns the back end from then on.
 *
 * @throws InkError INK_BUNDLE_INVALID if the model does not take the device's crops, or if a label cannot stand in a text
 */
export function openClassifier(bundle: Bundle, backEnd: InferenceBackEnd): DigitClassifier {
  const { folder, manifest } = bundle;
  const shape = manifest.input.shape.join('x');
  if (shape !== CROP_SHAPE) throw refused(folder, `its model takes ${shape}, and crops are ${CROP_SHAPE}`);
  if (manifest.input.dtype !== 'int8') throw refused(folder, `its model takes ${manifest.input.dtype}, not int8`);
  if (!areClassNames(manifest.labels)) throw refused(folder, 'its labels are no names of classes');
  return new QuantizedClassifier(manifest, backEnd);
}

function refused(folder: string, reason: string): InkError {
  return new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: ${reason}.`, {
    remedy: 'Use a bundle of a classifier for 28x28 crops.',
  });
}
