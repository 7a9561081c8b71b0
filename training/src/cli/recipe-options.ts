import type { Argv } from 'yargs';
import { dataSourceFor, hasTest, TEST_SHARE, TUTORIAL_AUGMENTATION } from '../data/index.js';
import { parseRecipe, type Recipe, readRecipe } from '../recipe/index.js';

/** The options that set parts of a recipe. A missing option means the recipe file's value, or the default. */
export interface RecipeArguments {
  readonly recipe: string | undefined;
  readonly data: string | undefined;
  readonly epochs: number | undefined;
  readonly batch: number | undefined;
  readonly 'learning-rate': number | undefined;
  readonly seed: number | undefined;
  readonly validation: string | undefined;
  readonly test: number | undefined;
  readonly augment: boolean | undefined;
  readonly 'early-stopping': number | undefined;
}

/** The model and its size. */
export interface ModelArguments {
  readonly model: string | undefined;
  readonly width: number | undefined;
  readonly depth: number | undefined;
}

export const withModelOptions = <T>(yargs: Argv<T>) =>
  yargs
    .positional('model', { type: 'string', describe: 'Name of the model; inkcast-train models lists all' })
    .option('width', { type: 'number', describe: 'Factor for the channels of every layer' })
    .option('depth', { type: 'number', describe: 'Factor for the number of repeated blocks' });

export const withRecipeOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('recipe', { type: 'string', describe: 'Recipe file (YAML); the other options override it' })
    .option('data', {
      type: 'string',
      describe: 'mnist, an IDX file, a folder of IDX files, or a folder with one folder of pictures per class',
    })
    .option('epochs', { type: 'number', describe: 'Number of passes over the training pictures' })
    .option('batch', { type: 'number', describe: 'Pictures per step' })
    .option('learning-rate', {
      type: 'number',
      alias: 'lr',
      describe: 'Learning rate; with a schedule, the highest one',
    })
    .option('seed', { type: 'number', describe: 'Seed of initial weights, order, dropout and augmentation' })
    .option('validation', {
      type: 'string',
      describe:
        'Share of each class to set aside for validation; or test: curves of the test pictures, for looking only',
    })
    .option('test', {
      type: 'number',
      describe: `Share of each class to hold out if the data has no test pictures; default: ${TEST_SHARE}`,
    })
    .option('augment', { type: 'boolean', describe: "Use the tutorial's augmentation: rotation, zoom and shift" })
    .option('early-stopping', {
      type: 'number',
      describe: 'Stop after this number of epochs without a better validation loss',
    });

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
    validation: shareOrTest(args.validation),
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

/** The value of `--validation`; the recipe's schema refuses what is neither a share nor `test`. */
const shareOrTest = (typed: string | undefined): string | number | undefined =>
  typed === undefined || !Number.isFinite(Number(typed)) ? typed : Number(typed);

/** The values that are defined. */
const given = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
