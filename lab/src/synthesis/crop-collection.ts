import type { Random } from '@inkcast/training/random';
import { type CropLabel, isWholeCharacter, labelCandidate, type ProposedCrop } from './label-candidate.js';
import type { PracticeFrame } from './practice-frames.js';

/** Maximum number of `none` crops per frame, because a texture gives hundreds of similar crops. */
const MAX_NONE_CROPS = 16;

/** A labelled crop. The class `none` follows the ten digits. */
export interface LabelledCrop {
  readonly crop: Uint8Array;
  readonly label: number;
  /** Whether a crop of the class `none` is one whole character, such as a letter. */
  readonly isCharacter: boolean;
}

export const NONE_LABEL = 10;

/**
 * The training crops among the crops that a reader proposes in a frame: all that show one digit, and some that show none.
 */
export function labelFrame(frame: PracticeFrame, proposed: readonly ProposedCrop[], random: Random): LabelledCrop[] {
  const labelled = proposed.map((candidate) => ({
    crop: candidate.crop,
    label: labelCandidate(candidate, frame.seen),
    isCharacter: isWholeCharacter(candidate, frame.seen),
  }));
  const digits = labelled.flatMap(({ crop, label }) =>
    typeof label === 'number' ? [{ crop, label, isCharacter: false }] : [],
  );
  const none = labelled.filter(({ label }: { label: CropLabel }) => label === 'none');
  const order = none.map((_, index) => index);
  random.shuffle(order);
  return [...digits, ...order.slice(0, MAX_NONE_CROPS).map((index) => ({ ...none[index], label: NONE_LABEL }))];
}
