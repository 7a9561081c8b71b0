import { InkError } from '@inkcast/shared/errors';
import { isThere, readWholeFile, replaceFile, sha256 } from '@inkcast/shared/files';
import { z } from 'zod';

/** The training of weights: every option of the run, by name. */
export type Recipe = z.infer<typeof recipeSchema>;

const recipeSchema = z.record(z.string(), z.json());

/** The path of the file that describes the training of weights. */
const recipePath = (weights: string): string => weights.replace(/(\.safetensors)?$/, '.recipe.json');

export async function saveRecipe(weights: string, recipe: Recipe): Promise<void> {
  await replaceFile(recipePath(weights), `${JSON.stringify(recipe, undefined, 2)}\n`);
}

/**
 * The known training of weights, and their hash.
 *
 * @throws InkError INK_FILE_UNREADABLE; INK_RECIPE_INVALID if the file that describes them is damaged
 */
export async function recipeOf(weights: string): Promise<Recipe> {
  const hash = { weights: sha256(await readWholeFile(weights)) };
  const path = recipePath(weights);
  if (!(await isThere(path))) return hash;
  try {
    return { ...recipeSchema.parse(JSON.parse((await readWholeFile(path)).toString('utf8'))), ...hash };
  } catch (cause) {
    throw new InkError('INK_RECIPE_INVALID', `${path} is not a recipe of weights.`, { cause });
  }
}
