import { type Dataset, subset } from '@inkcast/training/data';
import type { Random } from '@inkcast/training/random';
import type { VerifierReplay } from '@inkcast/training/replay';
import { VERIFIER_LABELS } from './label-patch.js';
import { type Patch, PICTURE_SIDE } from './patch.js';
import { plainPicture } from './sample-picture.js';

/** Pictures of each kind. Together they make a file of about 350 kB. */
const LEARN = { digits: 300, none: 220, printed: 40 } as const;
const CHECK = { digits: 150, none: 110, printed: 20 } as const;
const NEGATIVES = 180;
/** Luma is kept in steps of this size: a quarter of the bytes, and hardly more noise than a camera has. */
const LUMA_STEP = 25;
/** A negative of which the verifier itself is unsure would turn down every candidate. */
const MIN_NEGATIVE_PROBABILITY = 0.8;

const NONE = VERIFIER_LABELS.indexOf('none');

/** A verifier's probabilities of its labels, for each picture. */
export type Judge = (pictures: Dataset) => Promise<readonly Float32Array[]>;

/**
 * What a verifier rehearses when it is taught: pictures around candidates, drawn at random, as many of each digit.
 *
 * @param patches at least some of each class
 */
export async function chooseRehearsal(
  patches: readonly Patch[],
  judge: Judge,
  random: Random,
): Promise<VerifierReplay> {
  const order = Uint32Array.from(patches, (_, at) => at);
  random.shuffle(order);
  const shuffled = Array.from(order, (at) => patches[at]);
  const ofLabel = VERIFIER_LABELS.map((_, label) => shuffled.filter((patch) => patch.label === label));
  const take = (label: number, count: number): Patch[] => ofLabel[label].splice(0, count);
  const part = ({ digits, none, printed }: Record<keyof typeof LEARN, number>): Dataset => {
    // Few frames must leave something for the next part.
    const some = (label: number, count: number): Patch[] => take(label, Math.min(count, ofLabel[label].length >> 1));
    const each = Array.from({ length: NONE }, (_, digit) => some(digit, digits / NONE));
    return pictures([...each.flat(), ...some(NONE, none), ...some(NONE + 1, printed)]);
  };
  const [learn, check] = [part(LEARN), part(CHECK)];
  const rest = pictures([...take(NONE, 2 * NEGATIVES), ...take(NONE + 1, NEGATIVES)]);
  const probabilities = await judge(rest);
  const isSure = (row: Float32Array): boolean =>
    row.subarray(NONE).reduce((sum, value) => sum + value, 0) >= MIN_NEGATIVE_PROBABILITY;
  const sure = probabilities.flatMap((row, at) => (isSure(row) ? [at] : []));
  random.shuffle(sure);
  return { learn, check, negatives: subset(rest, sure.slice(0, NEGATIVES)) };
}

function pictures(patches: readonly Patch[]): Dataset {
  const size = PICTURE_SIDE ** 2;
  const images = new Uint8Array(patches.length * size);
  patches.forEach((patch, at) => {
    const coarse = plainPicture(patch).map((value) => Math.min(255, LUMA_STEP * Math.round((255 * value) / LUMA_STEP)));
    images.set(coarse, at * size);
  });
  const labels = Uint16Array.from(patches, ({ label }) => label);
  const shape = [PICTURE_SIDE, PICTURE_SIDE, 1] as const;
  return { name: 'around candidates', shape, images, labels, classes: VERIFIER_LABELS, sha256: {} };
}
