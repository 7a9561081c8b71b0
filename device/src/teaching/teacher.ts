import { randomInt } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asInkError, bodyOf, errorOf, InkError } from '@inkcast/shared/errors';
import { replaceFile } from '@inkcast/shared/files';
import {
  type Doubt,
  encodeLabelledCrops,
  type LabelledCrops,
  type LearningMessage,
  type LearningProgress,
  type LearningTask,
} from '@inkcast/shared/teaching';
import { z } from 'zod';
import { candidateVersion } from './candidate-version.js';
import { ModelSwap } from './model-swap.js';
import type { TaughtModels } from './taught-models.js';
import type { TeachingDatabase } from './teaching-database.js';
import { type Learning, learningSchema, type TeachingChanges } from './teaching-state.js';

/** Runs a task in a process of its own, until it ends. @throws what `signal` is aborted with; InkError */
export type LearnRunner = (
  task: LearningTask,
  options: { readonly onProgress?: (progress: LearningProgress) => void; readonly signal?: AbortSignal },
) => Promise<Exclude<LearningMessage, LearningProgress>>;

export interface TeacherOptions {
  readonly database: TeachingDatabase;
  /** Folder of the candidate, and of what a learning works with. */
  readonly folder: string;
  readonly labelled: () => Promise<LabelledCrops>;
  /** The classes that a person has set; undefined for those of the model. */
  readonly ownClasses: () => Promise<readonly string[] | undefined>;
  readonly models: TaughtModels;
  /** Of the learning process. */
  readonly niceness: () => number;
  readonly run: LearnRunner;
  /** Told when the state has changed. */
  readonly changed: () => void;
  /** Told that a learning was interrupted. */
  readonly report: (error: InkError) => void;
}

/** What outlives a restart: the last learning, and the model that it began with. */
const storedSchema = z.object({ learning: learningSchema, base: z.string() });

type Stored = z.infer<typeof storedSchema>;

/**
 * Has a process learn from the labels while the device goes on reading, and swaps in what came of it. The candidate lies in
 * a folder of its own until then: it is moved there when it is whole, and what an interrupted learning has left is deleted.
 */
export class Teacher {
  readonly #options: TeacherOptions;
  readonly #swap: ModelSwap;
  #stored: Stored | undefined;
  #running: { readonly cancel: AbortController; readonly ended: Promise<void> } | undefined;
  #doubts: Promise<readonly Doubt[]> | undefined;
  #stopped = false;

  constructor(options: TeacherOptions) {
    this.#options = options;
    this.#swap = new ModelSwap(options.models, options.database);
  }

  /** Takes up what an earlier run has left. */
  async start(): Promise<void> {
    const { database, report } = this.#options;
    if (!database.exists) return;
    this.#stored = storedSchema.safeParse(await database.call('state', 'learning')).data;
    await this.#swap.start();
    await this.#clear(this.#work);
    if (this.#stored?.learning.state !== 'done') await this.#clear(this.#candidate);
    if (this.#stored?.learning.state !== 'running') return;
    const error = new InkError('INK_LEARNING_INTERRUPTED', 'Inkcast ended while it learned.');
    await this.#keep({ state: 'failed', error: bodyOf(error) });
    report(error);
  }

  /** Ends what runs; the next start says that it was interrupted. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#running?.cancel.abort();
    await this.#running?.ended;
    await this.#doubts?.catch(() => {});
  }

  get learning(): Learning | undefined {
    return this.#stored?.learning;
  }

  /** Whether there is a model from before the last swap to go back to. */
  get canUndoSwap(): boolean {
    return this.#swap.canUndo;
  }

  /** Begins to learn. @throws InkError INK_LEARNING_RUNNING, INK_BUNDLE_MISSING */
  async learn(): Promise<void> {
    this.#mustBeIdle();
    const { models } = this.#options;
    const base = models.inUse().reference;
    const cancel = new AbortController();
    // At once, so that a second click finds it running.
    const begun = this.#begin(base);
    this.#running = { cancel, ended: begun.then((task) => this.#learn(task, cancel.signal)).catch(() => {}) };
    try {
      await begun;
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
  }

  /** Ends the learning that runs, if any. */
  async cancel(): Promise<void> {
    this.#running?.cancel.abort();
    await this.#running?.ended;
  }

  /** Labels that the model in use contradicts with confidence. @throws InkError INK_LEARNING_RUNNING; what fails */
  async doubts(): Promise<readonly Doubt[]> {
    this.#mustBeIdle();
    this.#doubts ??= this.#secondLook().finally(() => {
      this.#doubts = undefined;
    });
    return this.#doubts;
  }

  /** What both models say of the crops on which they differ. @throws InkError INK_CANDIDATE_MISSING */
  async changes(): Promise<TeachingChanges> {
    const { report, base } = this.#done();
    const { models, labelled } = this.#options;
    const { crops } = await labelled();
    const verdicts = async (ids: readonly string[]) => {
      const told = crops.filter(({ id }) => ids.includes(id));
      const pixels = told.map((crop) => crop.pixels);
      const before = await models.classify(await models.folderOf(base), pixels);
      const after = await models.classify(this.#candidate, pixels);
      return told.map(({ id, label }, index) => ({ id, label, before: before[index], after: after[index] }));
    };
    return { fixed: await verdicts(report.fixed), broken: await verdicts(report.broken) };
  }

  /** Reads with the candidate from the next frame on. @throws InkError INK_CANDIDATE_MISSING, INK_CANDIDATE_REFUSED */
  async swap(): Promise<void> {
    await this.#swap.swap({ folder: this.#candidate, ...this.#done() });
    this.#options.changed();
  }

  /** Reads with the model from before the last swap again. @throws InkError INK_CANDIDATE_MISSING where there is none */
  async undoSwap(): Promise<void> {
    await this.#swap.undo();
    this.#options.changed();
  }

  get #work(): string {
    return join(this.#options.folder, 'work');
  }

  get #candidate(): string {
    return join(this.#options.folder, 'candidate');
  }

  /** Writes down that a learning has begun, and what it is to learn from. */
  async #begin(base: string): Promise<LearningTask> {
    const { models, labelled, ownClasses, niceness } = this.#options;
    await Promise.all([this.#clear(this.#work), this.#clear(this.#candidate)]);
    const classes = await ownClasses();
    const version = candidateVersion(base, await models.references());
    const task: LearningTask = {
      kind: 'learn',
      base: await models.folderOf(base),
      crops: await this.#write(await labelled()),
      out: join(this.#work, 'candidate'),
      version,
      ...(classes === undefined ? {} : { classes: [...classes] }),
      seed: randomInt(0xffffffff),
      niceness: niceness(),
    };
    const startedAt = new Date().toISOString();
    this.#stored = { learning: { state: 'running', step: 'check', done: 0, curve: [], startedAt }, base };
    await this.#keep({});
    return task;
  }

  async #learn(task: LearningTask, signal: AbortSignal): Promise<void> {
    try {
      const onProgress = (progress: LearningProgress) => this.#progressed(progress);
      const result = await this.#options.run(task, { onProgress, signal });
      if (result.kind === 'done') {
        await rename(join(this.#work, 'candidate'), this.#candidate);
        const candidate = `${result.name}@${result.version}`;
        await this.#keep({ state: 'done', step: 'gate', done: 1, report: result.report, candidate });
      } else if (result.kind !== 'doubts') {
        const { kind: state, code, message, remedy } = result;
        await this.#keep({ state, error: { code, message, remedy } });
      }
    } catch (error) {
      // What a stopped daemon leaves running, the next start calls interrupted.
      if (this.#stopped) return;
      await this.#keep(signal.aborted ? { state: 'cancelled' } : { state: 'failed', error: bodyOf(asInkError(error)) });
    } finally {
      this.#running = undefined;
      await this.#clear(this.#work);
    }
  }

  #progressed({ step, done, epoch, epochs, loss, accuracy }: LearningProgress): void {
    if (this.#stored === undefined) return;
    const { learning, base } = this.#stored;
    const shown = {
      ...(epoch === undefined ? {} : { epoch }),
      ...(epochs === undefined ? {} : { epochs }),
      ...(loss === undefined ? {} : { loss }),
      ...(accuracy === undefined ? {} : { accuracy }),
    };
    const point =
      epoch === undefined || loss === undefined
        ? []
        : [{ epoch, loss, ...(accuracy === undefined ? {} : { accuracy }) }];
    const curve = [...learning.curve.filter((one) => one.epoch !== epoch || point.length === 0), ...point];
    this.#stored = { learning: { ...learning, ...shown, step, done, curve }, base };
    this.#options.changed();
  }

  async #secondLook(): Promise<readonly Doubt[]> {
    const { models, labelled, niceness, run } = this.#options;
    try {
      const base = await models.folderOf(models.inUse().reference);
      const crops = await this.#write(await labelled());
      const result = await run({ kind: 'second-look', base, crops, niceness: niceness() }, {});
      if (result.kind === 'doubts') return result.doubts;
      if (result.kind === 'done') throw new InkError('INK_INTERNAL', 'A second look answered with a candidate.');
      throw errorOf(result);
    } finally {
      if (this.#running === undefined) await this.#clear(this.#work);
    }
  }

  /** @returns the file of the labelled crops */
  async #write(labelled: LabelledCrops): Promise<string> {
    const file = join(this.#work, 'crops.jsonl');
    await mkdir(this.#work, { recursive: true, mode: 0o700 });
    await replaceFile(file, encodeLabelledCrops(labelled), 0o600);
    return file;
  }

  async #keep(changes: Partial<Learning>): Promise<void> {
    if (this.#stored === undefined) return;
    this.#stored = { ...this.#stored, learning: { ...this.#stored.learning, ...changes } };
    await this.#options.database.call('setState', { name: 'learning', value: this.#stored });
    this.#options.changed();
  }

  #done(): { readonly report: NonNullable<Learning['report']>; readonly base: string } {
    const report = this.#stored?.learning.report;
    if (this.#stored?.learning.state !== 'done' || report === undefined) {
      throw new InkError('INK_CANDIDATE_MISSING', 'Nothing was learned yet.');
    }
    return { report, base: this.#stored.base };
  }

  /** @throws InkError INK_LEARNING_RUNNING */
  #mustBeIdle(): void {
    if (this.#running !== undefined) throw new InkError('INK_LEARNING_RUNNING', 'The device is learning already.');
  }

  #clear(folder: string): Promise<void> {
    return rm(folder, { recursive: true, force: true });
  }
}
