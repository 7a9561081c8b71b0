import { count, percent } from '@inkcast/shared/cli';
import type { Score } from '../evaluation/index.js';

/** What a trained network came to on the pictures that `what` names. */
export const scoreText = (
  what: string,
  { accuracy, loss, images }: Pick<Score, 'accuracy' | 'loss' | 'images'>,
): string => `${what}: accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)} on ${count(images)} pictures`;
