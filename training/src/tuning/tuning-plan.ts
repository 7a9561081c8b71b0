import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, replaceFile } from '@inkcast/shared/files';
import { parseJson } from '@inkcast/shared/plain-data';
import { z } from 'zod';
import { recipeSchema, validationShare } from '../recipe/index.js';
import { MAX_TRIALS, searchSpaceSchema } from './search-space.js';

const PLAN_FILE = 'tune.json';

const tuningPlanSchema = z.strictObject({
  /** The recipe of all trials. */
  recipe: recipeSchema,
  space: searchSpaceSchema,
  strategy: z.enum(['grid', 'random']),
  /** Number of trials in a random search. */
  trials: z.int().positive().max(MAX_TRIALS),
  /** Each round divides the number of trials by this factor. */
  factor: z.int().min(2).max(10),
});

/** The plan of a search. The search folder contains it, so that the search can be resumed. */
export type TuningPlan = z.infer<typeof tuningPlanSchema>;

/** @throws InkError INK_RECIPE_INVALID naming the key, or where nothing is set aside for validation */
export function parseTuningPlan(content: unknown): TuningPlan {
  const parsed = tuningPlanSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InkError('INK_RECIPE_INVALID', `The search is wrong at ${issue.path.join('.')}: ${issue.message}.`);
  }
  if (validationShare(parsed.data.recipe) === 0) {
    const { validation } = parsed.data.recipe;
    throw new InkError('INK_RECIPE_INVALID', `A search needs validation pictures, but validation is ${validation}.`);
  }
  return parsed.data;
}

export async function saveTuningPlan(folder: string, plan: TuningPlan): Promise<void> {
  await replaceFile(join(folder, PLAN_FILE), `${JSON.stringify(plan, undefined, 2)}\n`);
}

/** @throws InkError INK_RUN_MISSING where the folder holds no search */
export async function readTuningPlan(folder: string): Promise<TuningPlan> {
  const path = join(folder, PLAN_FILE);
  const bytes = await readWholeFile(path).catch((cause: unknown) => {
    throw new InkError('INK_RUN_MISSING', `${folder} holds no search: there is no ${PLAN_FILE}.`, { cause });
  });
  try {
    return parseTuningPlan(parseJson(bytes.toString('utf8')));
  } catch (cause) {
    throw new InkError('INK_RUN_MISSING', `${path} is not the plan of a search.`, { cause });
  }
}
