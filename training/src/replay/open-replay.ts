import type { Bundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { decodeReplay } from './replay-file.js';
import type { ReplaySet } from './replay-set.js';

/**
 * The replay set of a bundle.
 *
 * @throws InkError INK_REPLAY_MISSING where it has none, INK_DATASET_INVALID where it is damaged
 */
export function replayOf({ folder, manifest, replay }: Bundle): ReplaySet {
  if (replay !== undefined && manifest.replay !== undefined) return decodeReplay(replay, manifest.replay.file);
  throw new InkError('INK_REPLAY_MISSING', `The bundle ${folder} has no replay set.`);
}
