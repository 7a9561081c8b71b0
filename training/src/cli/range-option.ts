import { percent, type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { type Dataset, subset } from '../data/index.js';
import type { InkRange, RangedPredictors } from '../evaluation/index.js';
import { measureRange, measureRanges, type RangeScore } from '../model-import/index.js';
import { Random } from '../random/index.js';

/** Pictures that a range is measured on: enough to tell 97 % from chance, and quick. */
const PICTURES = 500;
const SEED = 1;

export const AUTO = 'auto';

/** The option `--range` as a range, `auto`, or nothing if it is not given. @throws InkError INK_USAGE */
export function parseRange(text: string | undefined): InkRange | typeof AUTO | undefined {
  if (text === undefined || text === AUTO) return text;
  const [least, most, ...rest] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isRange = rest.length === 0 && Number.isFinite(least) && Number.isFinite(most) && least !== most;
  if (isRange) return [least, most];
  throw new InkError('INK_USAGE', `--range must be auto or two different numbers, such as 0,255, not "${text}".`);
}

/** How a range is chosen. */
export interface RangeChoice {
  /** The option `--range`. */
  readonly given: InkRange | typeof AUTO | undefined;
  /** The range if none is given. */
  readonly usual: InkRange;
  readonly predictors: RangedPredictors;
  /** Labelled pictures, of which some are measured on. */
  readonly pictures: Dataset;
}

/** With a lower accuracy, other ranges are tried. */
const GOOD_ACCURACY = 0.9;
/** A range fits better only if it is better by more than the pictures may decide by accident. */
const CLEARLY_BETTER = 0.05;

/**
 * The range of a model's input. With `auto` it is measured. Otherwise the range stays as it is, and what fits better is
 * said.
 */
export async function chooseRange(terminal: Terminal, choice: RangeChoice): Promise<InkRange> {
  const { given, usual, predictors } = choice;
  const pictures = some(choice.pictures);
  if (given !== AUTO) {
    const score = await measureRange(predictors, pictures, given ?? usual);
    if (score.chance !== 'better' || score.accuracy < GOOD_ACCURACY) {
      warnOf(terminal, score, await measureRanges(predictors, pictures));
    }
    return score.range;
  }
  const all = await measureRanges(predictors, pictures);
  terminal.note(`Ranges of the input, measured on ${pictures.labels.length} training pictures of ${pictures.name}:`);
  terminal.note(scoreTable(all));
  if (all[0].chance !== 'better') terminal.note(NOTHING_FITS);
  return all[0].range;
}

function warnOf(terminal: Terminal, score: RangeScore, all: readonly [RangeScore, ...RangeScore[]]): void {
  const [best] = all;
  const isBetter = best.chance === 'better' && best.accuracy > score.accuracy + CLEARLY_BETTER;
  if (score.chance === 'better' && !isBetter) return;
  const range = `inputs from ${score.range[0]} to ${score.range[1]}`;
  const doubt = score.chance === 'better' ? '' : ', which is no better than chance';
  terminal.note(`Warning: with ${range} the accuracy is ${percent(score.accuracy)}${doubt}. Other ranges give:`);
  terminal.note(scoreTable(all));
  terminal.note(isBetter ? `--range ${best.range.join(',')} fits best; --range auto measures it.` : NOTHING_FITS);
}

const NOTHING_FITS =
  'No range is better than chance: the labels may be in another order, or the pictures turned or prepared otherwise.';

function some(dataset: Dataset): Dataset {
  const order = Uint32Array.from(dataset.labels, (_, index) => index);
  new Random(SEED).shuffle(order);
  return subset(dataset, order.subarray(0, PICTURES));
}

const scoreTable = (scores: readonly RangeScore[]): string =>
  table(
    ['no ink', 'full ink', 'accuracy'],
    scores.map(({ range, accuracy }) => [...range.map(String), percent(accuracy)]),
  );
