import { likeness } from './look.js';

/** What crops are grouped by. */
export interface Groupable {
  readonly id: string;
  readonly look: Float32Array;
  /** The likeliest class. */
  readonly guess: string | undefined;
}

/**
 * How alike crops must be to count as the same one seen twice (docs/decisions/126). Of handwritten digits, the nearest
 * of 2,000 others is as near in fewer than half of the cases; of the same digit in two frames, most are nearer.
 */
export const SAME_LIKENESS = 0.97;
/** How alike crops of one group are, with the same guess for both. */
const GROUP_LIKENESS = 0.93;

/**
 * Groups crops that look alike: each joins the first earlier one that it resembles and that begins a group.
 *
 * @returns the crops in their order, but those of a group together where its first one is; each with the id of that
 *   one, or undefined for a crop that is alone
 */
export function groupLookAlikes<T extends Groupable>(crops: readonly T[]): { crop: T; group: string | undefined }[] {
  const groups: T[][] = [];
  for (const crop of crops) {
    const found = groups.find(
      ([first]) => first.guess === crop.guess && likeness(first.look, crop.look) >= GROUP_LIKENESS,
    );
    if (found === undefined) groups.push([crop]);
    else found.push(crop);
  }
  return groups.flatMap((group) =>
    group.map((crop) => ({ crop, group: group.length === 1 ? undefined : group[0].id })),
  );
}
