import { count, percent } from '@inkcast/shared/cli';
import type { Score } from '../evaluation/index.js';

/** The score of a trained network on the pictures that `what` names, as a line of text. */
export const scoreText = (
  what: string,
  { accuracy, loss, images }: Pick<Score, 'accuracy' | 'loss' | 'images'>,
): string => `${what}: accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)} on ${count(images)} pictures`;
