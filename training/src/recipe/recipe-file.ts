import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import { parseYaml } from '@inkcast/shared/plain-data';
import { stringify } from 'yaml';
import { type Recipe, recipeSchema, validationShare } from './recipe-schema.js';

/** Reads a recipe in YAML. @throws InkError INK_FILE_UNREADABLE, or INK_RECIPE_INVALID naming the key and the value */
export async function readRecipe(file: string): Promise<Recipe> {
  const text = (await readWholeFile(file)).toString('utf8');
  return parseRecipe(parseYaml(text, file, 'INK_RECIPE_INVALID'), file);
}

/**
 * A recipe from plain data, with all defaults.
 *
 * @param name name of the recipe in messages
 * @throws InkError INK_RECIPE_INVALID naming the key and the value
 */
export function parseRecipe(content: unknown, name: string): Recipe {
  const parsed = recipeSchema.safeParse(content ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue.path.join('.');
    const where = key === '' ? 'the recipe' : key;
    throw invalid(name, `${where} is ${describeValue(content, issue.path)}: ${issue.message}`);
  }
  const recipe = parsed.data;
  const needsValidation = recipe.earlyStopping !== undefined ? 'earlyStopping' : recipe.keep === 'best' ? 'keep' : '';
  if (needsValidation !== '' && validationShare(recipe) === 0) {
    const why =
      recipe.validation === 'test' ? 'validation on the test pictures is for looking only' : 'validation is 0';
    throw invalid(name, `${needsValidation} needs pictures for validation, and ${why}`);
  }
  return recipe;
}

/** A recipe as YAML, every key written out. */
export function formatRecipe(recipe: Recipe): string {
  return stringify(recipe);
}

function describeValue(content: unknown, path: readonly PropertyKey[]): string {
  let value = content;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  if (value === undefined) return 'missing';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function invalid(name: string, reason: string): InkError {
  return new InkError('INK_RECIPE_INVALID', `${name}: ${reason}.`);
}
