import { InkError } from '@inkcast/shared/errors';
import type { TrainedNetwork } from '../checkpoint/index.js';
import type { InkRange } from '../evaluation/index.js';
import { unsupported } from './errors.js';
import type { NetworkAssembler, Value } from './network-assembler.js';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export interface ImportOptions {
  /** Output index to label. Default: those in the file, or the ten digits. */
  readonly labels?: readonly string[] | undefined;
  /**
   * The model's input values for no ink and for full ink. Default: what the file tells, for example 0 and 255 if the model
   * scales its input, otherwise 0 and 1.
   */
  readonly range?: InkRange | undefined;
}

/** A foreign model as a network, whose input is ink from 0 to 1 and whose outputs are probabilities. */
export interface ImportedModel {
  readonly trained: TrainedNetwork;
  readonly range: InkRange;
  /** Whether the model's outputs are logits, so that the import added a softmax. */
  readonly addedSoftmax: boolean;
  /** The program that wrote the file, as it names itself. */
  readonly generatedBy: string;
}

/**
 * Ends a converted classifier with a softmax and gives its outputs labels. Only the output of a linear layer can be logits:
 * a softmax of anything else would change the meaning of the model.
 *
 * @param last names what computes the output, in the error if it is neither
 * @throws InkError INK_CONVERT_UNSUPPORTED, INK_USAGE for labels that do not fit
 */
export function completeClassifier(
  network: NetworkAssembler,
  output: Value,
  {
    name,
    last,
    labels,
  }: { readonly name: string; readonly last: string; readonly labels?: readonly string[] | undefined },
): Pick<ImportedModel, 'trained' | 'addedSoftmax'> {
  if (output.shape.length !== 1) throw unsupported('The model does not have one output value per class');
  const kind = network.kindOf(output);
  if (kind !== 'softmax' && kind !== 'dense') throw unsupported(`The model ends with ${last} instead of a softmax`);
  const addedSoftmax = kind === 'dense';
  if (addedSoftmax) network.add('softmax', { kind: 'softmax' }, [output]);
  return { trained: { ...network.build(name), labels: labelsFor(output.shape[0], labels) }, addedSoftmax };
}

function labelsFor(outputs: number, labels: readonly string[] | undefined): readonly string[] {
  const all = labels ?? DIGITS;
  if (all.length === outputs) return all;
  const given = labels === undefined ? 'no labels are given' : `${all.length} labels are given`;
  throw new InkError('INK_USAGE', `The model has ${outputs} classes, and ${given}.`, {
    remedy: 'Name the outputs in order with --labels a,b,c.',
  });
}
