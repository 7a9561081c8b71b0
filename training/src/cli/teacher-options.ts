import { InkError } from '@inkcast/shared/errors';
import type { Argv } from 'yargs';
import { weightsHash } from '../checkpoint/index.js';
import { parseRecipe, type Recipe, TEACHERS_SHARE, TEACHERS_TEMPERATURE } from '../recipe/index.js';
import { openTrained } from '../trainer/index.js';

/** Networks to learn from, beside the labels. */
export interface TeacherArguments {
  readonly teacher: readonly string[] | undefined;
  readonly 'teacher-share': number | undefined;
  readonly temperature: number | undefined;
  readonly 'soft-labels': string | undefined;
}

export const withTeacherOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('teacher', {
      type: 'string',
      array: true,
      describe:
        'Bundles, runs or weights whose predictions are learned from too (distillation); several are an ensemble',
    })
    .option('teacher-share', {
      type: 'number',
      describe: `Weight of the teachers' predictions; the labels have the rest. Default: ${TEACHERS_SHARE}`,
    })
    .option('temperature', {
      type: 'number',
      describe: `Temperature that softens the teachers' predictions. Default: ${TEACHERS_TEMPERATURE}`,
    })
    .option('soft-labels', {
      type: 'string',
      requiresArg: true,
      describe: "Folder that keeps the teachers' predictions of each epoch, for other students with the same views",
    });

/**
 * The recipe with the teachers that the arguments name.
 *
 * @throws InkError INK_USAGE for settings of teachers without a teacher, INK_RECIPE_INVALID for a wrong setting
 */
export async function withTeachers(recipe: Recipe, args: TeacherArguments): Promise<Recipe> {
  const { teacher, temperature } = args;
  const share = args['teacher-share'];
  const settings = { ...(share === undefined ? {} : { share }), ...(temperature === undefined ? {} : { temperature }) };
  if (teacher === undefined && recipe.distillation === undefined) {
    const given = (['teacher-share', 'temperature', 'soft-labels'] as const).find((name) => args[name] !== undefined);
    if (given === undefined) return recipe;
    throw new InkError('INK_USAGE', `--${given} needs a teacher.`, {
      remedy: 'Name the networks to learn from with --teacher.',
    });
  }
  const named = teacher === undefined ? {} : { teachers: await Promise.all(teacher.map(nameTeacher)) };
  return parseRecipe(
    { ...recipe, distillation: { ...recipe.distillation, ...named, ...settings } },
    'The command line',
  );
}

async function nameTeacher(from: string): Promise<NonNullable<Recipe['base']>> {
  return { from, sha256: weightsHash((await openTrained(from)).parameters) };
}
