import type { Argv } from 'yargs';
import { dataSourceFor, hasTest, TEST_SHARE, TUTORIAL_AUGMENTATION } from '../data/index.js';
import { parseRecipe, type Recipe, readRecipe } from '../recipe/index.js';

/** What can be said of a recipe on the command line; what is left out is the recipe file's, or the default. */
export interface RecipeArguments {
  readonly recipe: string | undefined;
  readonly data: string | undefined;
  readonly epochs: number | undefined;
  readonly batch: number | undefined;
  readonly 'learning-rate': number | undefined;
  readonly seed: number | undefined;
  readonly validation: number | undefined;
  readonly test: number | undefined;
  readonly augment: boolean | undefined;
  readonly 'early-stopping': number | undefined;
}

/** Which model, and how large. */
export interface ModelArguments {
  readonly model: string | undefined;
  readonly width: number | undefined;
  readonly depth: number | undefined;
}

export const withModelOptions = <T>(yargs: Argv<T>) =>
  yargs
    .positional('model', { type: 'string', describe: 'The model; inkcast-train models lists them' })
    .option('width', { type: 'number', describe: "Factor of every layer's channels" })
    .option('depth', { type: 'number', describe: 'Factor of the number of repeated blocks' });

export const withRecipeOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('recipe', { type: 'string', describe: 'A recipe in YAML; options given here count more' })
    .option('data', {
      type: 'string',
      describe: 'mnist, an IDX file of pictures, or a folder of IDX files or of a folder of pictures a class',
    })
    .option('epochs', { type: 'number', describe: 'Times that every picture is seen' })
    .option('batch', { type: 'number', describe: 'Pictures a step' })
    .option('learning-rate', { type: 'number', alias: 'lr', describe: 'The (highest) learning rate' })
    .option('seed', { type: 'number', describe: 'Decides first weights, order, dropout and augmentation' })
    .option('validation', { type: 'number', describe: 'Share of each class set aside for validation' })
    .option('test', {
      type: 'number',
      describe: `Share of each class held out where the data has no test pictures; default: ${TEST_SHARE}`,
    })
    .option('augment', { type: 'boolean', describe: "The tutorial's augmentation: rotation, zoom and shift" })
    .option('early-stopping', { type: 'number', describe: 'Stop when the validation loss has not improved so long' });

/**
 * The recipe that the arguments describe.
 *
 * @throws InkError INK_RECIPE_INVALID naming the key and the value
 */
export async function recipeFromArguments(args: RecipeArguments & Partial<ModelArguments>): Promise<Recipe> {
  const file = args.recipe === undefined ? parseRecipe({}, 'The recipe') : await readRecipe(args.recipe);
  const model = { name: args.model, width: args.width, depth: args.depth };
  const patience = args['early-stopping'];
  const overrides = {
    data: args.data === undefined ? undefined : await dataSourceFor(args.data),
    epochs: args.epochs,
    batchSize: args.batch,
    learningRate: args['learning-rate'],
    seed: args.seed,
    validation: args.validation,
    test: args.test,
    augmentation: args.augment === undefined ? undefined : args.augment ? TUTORIAL_AUGMENTATION : [],
    earlyStopping: patience === undefined ? undefined : { patience },
  };
  const recipe = parseRecipe(
    { ...file, ...given(overrides), model: { ...file.model, ...given(model) } },
    args.recipe ?? 'The command line',
  );
  return recipe.test === undefined && !hasTest(recipe.data) ? { ...recipe, test: TEST_SHARE } : recipe;
}

/** Without what is undefined. */
const given = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
