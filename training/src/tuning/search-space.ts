import { InkError } from '@inkcast/shared/errors';
import { z } from 'zod';
import { augmentationStepSchema, TUTORIAL_AUGMENTATION } from '../data/index.js';
import { Random } from '../random/index.js';
import { batchSizeSchema, modelFactorSchema, type Recipe } from '../recipe/index.js';

const augmentationChoice = z.union([z.enum(['none', 'tutorial']), z.array(augmentationStepSchema)]);

/** The parameters that a search varies. A missing key has the value of the base recipe. */
export const searchSpaceSchema = z.strictObject({
  /** Values to choose from, or a range to draw from evenly on a logarithmic scale. */
  learningRate: z
    .union([
      z.array(z.number().positive()).min(1),
      z.strictObject({ low: z.number().positive(), high: z.number().positive() }),
    ])
    .optional(),
  batchSize: z.array(batchSizeSchema).min(1).optional(),
  depth: z.array(modelFactorSchema).min(1).optional(),
  width: z.array(modelFactorSchema).min(1).optional(),
  augmentation: z.array(augmentationChoice).min(1).optional(),
});

export type SearchSpace = z.infer<typeof searchSpaceSchema>;

/** The default search space. */
export const DEFAULT_SPACE: SearchSpace = {
  learningRate: { low: 0.0001, high: 0.001 },
  batchSize: [32, 64, 128],
  depth: [1, 2],
  augmentation: ['none', 'tutorial'],
};

/** One point of a space. */
export interface Choice {
  readonly learningRate?: number;
  readonly batchSize?: number;
  readonly depth?: number;
  readonly width?: number;
  readonly augmentation?: z.infer<typeof augmentationChoice>;
}

/** Number of points of a range in a grid. */
const RANGE_POINTS = 3;

/** Nobody waits for more, and a few long lists have more combinations than fit into memory. */
export const MAX_TRIALS = 1000;

/**
 * Every combination of the space's values. A range contributes its ends and its middle.
 *
 * @throws InkError INK_RECIPE_INVALID if there are more than `MAX_TRIALS`
 */
export function gridChoices(space: SearchSpace): readonly Choice[] {
  const count = dimensions(space).reduce((product, [, values]) => product * values.length, 1);
  if (count > MAX_TRIALS) {
    throw new InkError(
      'INK_RECIPE_INVALID',
      `The grid has ${count} combinations, and at most ${MAX_TRIALS} are tried.`,
      {
        remedy: 'Leave out some values, or use --strategy random.',
      },
    );
  }
  let choices: readonly Choice[] = [{}];
  for (const [key, values] of dimensions(space)) {
    choices = choices.flatMap((choice) => values.map((value) => ({ ...choice, [key]: value })));
  }
  return choices;
}

/** `count` random points for a seed. The first points do not depend on `count`. */
export function randomChoices(space: SearchSpace, count: number, seed: number): readonly Choice[] {
  return Array.from({ length: count }, (_, trial) => {
    const random = new Random(seed).fork(trial);
    const { learningRate } = space;
    const choice = Object.fromEntries(
      dimensions(space).map(([key, values]) => [key, values[random.integer(values.length)]]),
    );
    if (learningRate === undefined || Array.isArray(learningRate)) return choice;
    return { ...choice, learningRate: between(learningRate, random.next()) };
  });
}

/** The base recipe with the values of a choice. */
export function applyChoice(recipe: Recipe, choice: Choice): Recipe {
  const { learningRate, batchSize, depth, width, augmentation } = choice;
  return {
    ...recipe,
    learningRate: learningRate ?? recipe.learningRate,
    batchSize: batchSize ?? recipe.batchSize,
    model: { ...recipe.model, depth: depth ?? recipe.model.depth, width: width ?? recipe.model.width },
    augmentation:
      augmentation === undefined ? recipe.augmentation : augmentation === 'none' ? [] : stepsOf(augmentation),
  };
}

/** A choice in words, for tables. */
export function describeChoice({ learningRate, batchSize, depth, width, augmentation }: Choice): string {
  const named = Array.isArray(augmentation) ? augmentation.map(({ kind }) => kind).join('+') : augmentation;
  const parts: [string, string | number | undefined][] = [
    ['rate', learningRate === undefined ? undefined : Number(learningRate.toPrecision(3))],
    ['batch', batchSize],
    ['depth', depth],
    ['width', width],
    ['augmentation', named],
  ];
  return parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`])).join(', ');
}

const stepsOf = (choice: Exclude<z.infer<typeof augmentationChoice>, 'none'>) =>
  choice === 'tutorial' ? [...TUTORIAL_AUGMENTATION] : choice;

function dimensions(space: SearchSpace): [string, readonly unknown[]][] {
  const { learningRate } = space;
  const rates = learningRate === undefined || Array.isArray(learningRate) ? learningRate : spaced(learningRate);
  const all: Record<string, readonly unknown[] | undefined> = { ...space, learningRate: rates };
  return Object.entries(all).flatMap(([key, values]) => (values === undefined ? [] : [[key, values]]));
}

const spaced = (range: { low: number; high: number }): number[] =>
  Array.from({ length: RANGE_POINTS }, (_, point) => between(range, point / (RANGE_POINTS - 1)));

function between({ low, high }: { low: number; high: number }, share: number): number {
  if (low > high) {
    throw new InkError('INK_RECIPE_INVALID', `The learning rate's range begins at ${low}, above its end at ${high}.`);
  }
  return low * (high / low) ** share;
}
