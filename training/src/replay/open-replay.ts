import type { Bundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import type { Dataset } from '../data/index.js';
import { decodeReplay } from './compressed-files.js';
import { joinDatasets, OTHER_CHARACTER, type ReplaySet } from './replay-set.js';

/**
 * The replay set of a bundle.
 *
 * @throws InkError INK_REPLAY_MISSING where it has none, INK_DATASET_INVALID where it is damaged
 */
export function replayOf({ folder, manifest, replay }: Bundle): ReplaySet {
  if (replay !== undefined && manifest.replay !== undefined) return decodeReplay(replay, manifest.replay.file);
  throw new InkError('INK_REPLAY_MISSING', `The bundle ${folder} has no replay set.`);
}

/**
 * What the model of a bundle rehearses: the pictures to learn from, with the model's own labels as their classes. Any
 * character that is no digit is `none`.
 *
 * @throws InkError as `replayOf`
 */
export function rehearsedBy(bundle: Bundle): Dataset {
  const { learn } = replayOf(bundle);
  const named = { ...learn, classes: learn.classes.map((name) => (name === OTHER_CHARACTER ? 'none' : name)) };
  return joinDatasets('replay', bundle.manifest.labels, [named]);
}
