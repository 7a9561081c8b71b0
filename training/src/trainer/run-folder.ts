import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, replaceFile } from '@inkcast/shared/files';
import { parseJson } from '@inkcast/shared/plain-data';
import {
  type Checkpoint,
  type EpochRecord,
  historySchema,
  loadCheckpoint,
  loadWeights,
  saveCheckpoint,
  saveWeights,
  type TrainedNetwork,
} from '../checkpoint/index.js';
import { formatRecipe, type Recipe, readRecipe } from '../recipe/index.js';
import { type RunSummary, runSummarySchema } from './run-summary.js';

const CHECKPOINT = /^epoch-(\d+)(?:-step-(\d+))?\.safetensors$/;
/** Checkpoints that are kept: the last one, and the one before in case the last is damaged. */
const KEPT = 2;

/**
 * The folder of one training run: `recipe.yaml`, `history.json` and `history.csv`, `checkpoints/`, and, after the end of
 * the run, `weights.safetensors` and `run.json`. Every file is written under a temporary name and renamed.
 */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws InkError INK_FILE_UNWRITABLE where a run is there already */
  async create(recipe: Recipe): Promise<void> {
    if (await this.exists()) {
      throw new InkError('INK_FILE_UNWRITABLE', `${this.path} holds a run already.`, {
        remedy: 'Continue it with --resume, or name another folder with --out.',
      });
    }
    await replaceFile(this.#file('recipe.yaml'), formatRecipe(recipe));
  }

  async exists(): Promise<boolean> {
    return isFile(this.#file('recipe.yaml'));
  }

  /** @throws InkError INK_RUN_MISSING, or INK_RECIPE_INVALID if an edit has broken the recipe */
  async recipe(): Promise<Recipe> {
    if (!(await this.exists())) throw new InkError('INK_RUN_MISSING', `${this.path} holds no recipe.yaml.`);
    return readRecipe(this.#file('recipe.yaml'));
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { epoch, stepInEpoch } = checkpoint.position;
    const step = stepInEpoch === 0 ? '' : `-step-${String(stepInEpoch).padStart(5, '0')}`;
    const name = `epoch-${String(epoch).padStart(4, '0')}${step}.safetensors`;
    await saveCheckpoint(this.#file('checkpoints', name), checkpoint);
    const names = await this.#checkpointNames();
    await Promise.all(names.slice(0, -KEPT).map((old) => rm(this.#file('checkpoints', old), { force: true })));
  }

  /** The checkpoint that is furthest, or undefined where there is none yet. */
  async lastCheckpoint(): Promise<Checkpoint | undefined> {
    const last = (await this.#checkpointNames()).at(-1);
    return last === undefined ? undefined : loadCheckpoint(this.#file('checkpoints', last));
  }

  async saveHistory(history: readonly EpochRecord[]): Promise<void> {
    await replaceFile(this.#file('history.json'), `${JSON.stringify(history, undefined, 2)}\n`);
    await replaceFile(this.#file('history.csv'), formatHistoryCsv(history));
  }

  /** @throws InkError INK_RUN_MISSING where no epoch was completed */
  async history(): Promise<readonly EpochRecord[]> {
    const parsed = historySchema.safeParse(await this.#json('history.json'));
    if (parsed.success) return parsed.data;
    throw new InkError('INK_RUN_MISSING', `${this.#file('history.json')} is not the history of a run.`);
  }

  /** The weights of the best epoch so far, for recipes that keep it. */
  async saveBest(trained: TrainedNetwork): Promise<void> {
    await saveWeights(this.#file('best.safetensors'), trained);
  }

  async best(): Promise<TrainedNetwork> {
    return loadWeights(this.#file('best.safetensors'));
  }

  /** The run's result. */
  async saveResult(trained: TrainedNetwork, summary: RunSummary): Promise<void> {
    await saveWeights(this.#file('weights.safetensors'), trained);
    await replaceFile(this.#file('run.json'), `${JSON.stringify(summary, undefined, 2)}\n`);
  }

  /** @throws InkError INK_RUN_MISSING where the run has no result yet */
  async weights(): Promise<TrainedNetwork> {
    const path = this.#file('weights.safetensors');
    if (await isFile(path)) return loadWeights(path);
    throw new InkError('INK_RUN_MISSING', `The run ${this.path} is not finished and has no weights yet.`, {
      remedy: `Finish it with inkcast-train train --resume ${this.path}.`,
    });
  }

  /** @throws InkError INK_RUN_MISSING where the run has no result yet */
  async summary(): Promise<RunSummary> {
    const parsed = runSummarySchema.safeParse(await this.#json('run.json'));
    if (parsed.success) return parsed.data;
    throw new InkError('INK_RUN_MISSING', `${this.#file('run.json')} is not the summary of a run.`);
  }

  async #json(name: string): Promise<unknown> {
    const path = this.#file(name);
    if (!(await isFile(path))) throw new InkError('INK_RUN_MISSING', `There is no ${path}.`);
    try {
      return parseJson((await readWholeFile(path)).toString('utf8'));
    } catch (cause) {
      throw new InkError('INK_RUN_MISSING', `${path} is not JSON.`, { cause });
    }
  }

  /** In the order of their place in the run. */
  async #checkpointNames(): Promise<string[]> {
    const names = await readdir(this.#file('checkpoints')).catch((): string[] => []);
    const place = (name: string): [number, number] => {
      const [, epoch, step] = CHECKPOINT.exec(name) ?? [];
      return [Number(epoch), Number(step ?? 0)];
    };
    return names
      .filter((name) => CHECKPOINT.test(name))
      .sort((one, other) => {
        const [[epoch, step], [otherEpoch, otherStep]] = [place(one), place(other)];
        return epoch - otherEpoch || step - otherStep;
      });
  }

  #file(...parts: string[]): string {
    return join(this.path, ...parts);
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}

const COLUMNS = [
  'epoch',
  'step',
  'learningRate',
  'loss',
  'accuracy',
  'validationLoss',
  'validationAccuracy',
  'seconds',
  'imagesPerSecond',
] as const satisfies readonly (keyof EpochRecord)[];

/** A history as CSV with a header; an empty cell where there was no validation. */
function formatHistoryCsv(history: readonly EpochRecord[]): string {
  const rows = history.map((record) => COLUMNS.map((column) => record[column] ?? ''));
  return `${[COLUMNS, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
