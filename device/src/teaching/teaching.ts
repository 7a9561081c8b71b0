import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import type { ResponseData } from '@inkcast/shared/messages';
import { classesSchema, type LabelledCrops, NONE } from '@inkcast/shared/teaching';
import type { NewCrop, QueueBounds, WaitingCrop } from './crop.js';
import { type ExchangeForm, packLabels, unpackLabels } from './exchange/index.js';
import type { ImportedCrop } from './given-labels.js';
import type { Labelled } from './operations.js';
import { ownClassesOf } from './own-classes.js';
import { StatePush } from './state-push.js';
import type { TaughtModels } from './taught-models.js';
import { type LearnRunner, Teacher } from './teacher.js';
import { TeachingDatabase, teachingFile } from './teaching-database.js';
import type { TeachingCrop, TeachingState } from './teaching-state.js';
import type { CropPictures } from './waiting-crops.js';

/** The section `teaching` of the configuration. */
export interface TeachingSettings {
  readonly enabled: boolean;
  readonly queue: QueueBounds;
  /** Added to that of the learning process, from 0 to 19. */
  readonly niceness: number;
  /** Whether labelled crops are given to others at the broker. */
  readonly share: boolean;
}

export interface TeachingOptions {
  /** The storage folder. */
  readonly folder: string;
  /** Tells the settings that hold now. */
  readonly settings: () => TeachingSettings;
  readonly models: TaughtModels;
  /** Runs what learns. */
  readonly run: LearnRunner;
  /**
   * Reads a picture.
   *
   * @param ofAnyInk every piece of ink is wanted: the model does not know all classes
   * @returns every place in it that may hold a character
   * @throws InkError INK_IMAGE_UNREADABLE
   */
  readonly read: (picture: Uint8Array, name: string, ofAnyInk: boolean) => Promise<readonly NewCrop[]>;
  /** Crops of all that is in view now. @param ofAnyInk as for `read` */
  readonly inView: (ofAnyInk: boolean) => Promise<readonly NewCrop[]>;
  /** Told of a fault of the disk when it begins, and of a learning that was interrupted. */
  readonly report: (error: InkError) => void;
  /** Milliseconds since 1970; default this machine's clock. */
  readonly now?: () => number;
}

const MAINTENANCE_MS = 3_600_000;

/** What a person teaches the device: crops that are worth a look, their labels, and what is learned from them. */
export class Teaching {
  readonly #options: TeachingOptions;
  readonly #database: TeachingDatabase;
  readonly #push = new StatePush(() => this.state());
  /** Learns from the labels. */
  readonly teacher: Teacher;
  #maintenance: NodeJS.Timeout | undefined;

  constructor(options: TeachingOptions) {
    this.#options = options;
    this.#database = new TeachingDatabase(teachingFile(options.folder), options.report);
    this.teacher = new Teacher({
      database: this.#database,
      folder: join(options.folder, 'teaching'),
      labelled: () => this.#labelled(),
      ownClasses: () => this.#ownClasses(),
      models: options.models,
      niceness: () => options.settings().niceness,
      run: options.run,
      changed: () => this.#push.changed(),
      report: options.report,
    });
  }

  /** A disk that fails is a problem, and no error. */
  async start(): Promise<void> {
    await this.teacher.start().catch(() => {});
    this.#maintenance = setInterval(() => this.#maintain(), MAINTENANCE_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#maintenance);
    this.#push.stop();
    await this.teacher.stop();
    await this.#database.stop();
  }

  /** Whether crops are kept. */
  get enabled(): boolean {
    return this.#options.settings().enabled;
  }

  /** What is wrong with the labels' disk. */
  get problems(): ReadonlyMap<string, InkError> {
    const { fault } = this.#database;
    return new Map(fault === undefined ? [] : [['teaching', fault]]);
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails, as all that follow */
  async state(): Promise<TeachingState> {
    const { settings, models } = this.#options;
    const { enabled, queue } = settings();
    const { waiting, labels } = this.#database.exists ? await this.#database.call('counts', undefined) : NOTHING;
    return {
      enabled,
      classes: [...(await this.#classes())],
      queue: { count: waiting, max: queue.maxCount },
      labels: { ...labels, byClass: { ...labels.byClass } },
      learning: this.teacher.learning ?? null,
      canUndoSwap: this.teacher.canUndoSwap,
      model: models.inUse().reference,
    };
  }

  /** @returns what ends it */
  watch(watcher: (state: TeachingState) => void): () => void {
    return this.#push.watch(watcher);
  }

  /** Puts crops into the queue. @returns how many were new */
  async add(crops: readonly NewCrop[]): Promise<number> {
    this.#mustBeOn();
    const { now = Date.now } = this.#options;
    const bounds = this.#options.settings().queue;
    const added = await this.#database.call('add', { crops, bounds, now: now() });
    if (added > 0) this.#push.changed();
    return added;
  }

  /** Puts all that is found in a picture into the queue. @throws InkError INK_IMAGE_UNREADABLE */
  async upload(picture: Uint8Array, name: string): Promise<number> {
    this.#mustBeOn();
    return this.add(await this.#options.read(picture, name, await this.#hasNewClasses()));
  }

  /** Puts all that is in view now into the queue: what is misread with confidence shows in no other way. */
  async look(): Promise<number> {
    this.#mustBeOn();
    return this.add(await this.#options.inView(await this.#hasNewClasses()));
  }

  /** Those in most doubt first. @param after id of the last one of the page before */
  async waiting(limit: number, after?: string): Promise<readonly TeachingCrop[]> {
    if (!this.#database.exists) return [];
    const all = await this.#database.call('waiting', undefined);
    const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    return all.slice(start, start + limit).map(shown);
  }

  /** @throws InkError INK_CROP_MISSING */
  async pictures(id: string): Promise<CropPictures> {
    const found = this.#database.exists ? await this.#database.call('pictures', id) : undefined;
    if (found === undefined) throw new InkError('INK_CROP_MISSING', `There is no crop ${id}.`);
    return found;
  }

  /**
   * Gives crops a label, also those that have one. All or none get it.
   *
   * @param by who does it; undefined for somebody at the device itself
   * @throws InkError INK_CROP_MISSING, INK_TEACHING_FULL; INK_REQUEST_INVALID for a label that is no class
   */
  async label(ids: readonly string[], label: string, by: string | undefined): Promise<Labelled> {
    this.#mustBeOn();
    const classes = await this.#classes();
    if (label !== NONE && !classes.includes(label)) {
      throw new InkError('INK_REQUEST_INVALID', `${label} is none of the classes: ${classes.join(', ')}, ${NONE}.`);
    }
    const { now = Date.now } = this.#options;
    return this.#then(this.#database.call('label', { ids, label, giver: { by, at: now() } }));
  }

  /** @throws InkError INK_CROP_MISSING */
  async skip(ids: readonly string[]): Promise<Labelled> {
    this.#mustBeOn();
    return this.#then(this.#database.call('skip', ids));
  }

  /** Keeps labels that the model contradicts. @throws InkError INK_CROP_MISSING */
  async confirm(ids: readonly string[]): Promise<void> {
    this.#mustBeOn();
    await this.#then(this.#database.call('confirm', ids));
  }

  /** Takes back the last label, skip, confirmation or import that was not taken back yet; undefined: there is none. */
  async undo(): Promise<{ readonly crops: readonly TeachingCrop[]; readonly label: string | undefined } | undefined> {
    if (!this.#database.exists) return undefined;
    const undone = await this.#then(this.#database.call('undo', undefined));
    return undone && { crops: undone.crops.map(shown), label: undone.label };
  }

  /** @param classes besides `none`; null for those of the model */
  async setClasses(classes: readonly string[] | null): Promise<void> {
    this.#mustBeOn();
    await this.#then(this.#database.call('setState', { name: 'classes', value: classes ?? undefined }));
  }

  /** A tar file of all labels. @throws InkError INK_DATASET_INVALID where there are none */
  async export(form: ExchangeForm): Promise<Buffer> {
    const { now = Date.now } = this.#options;
    const labelled = await this.#labelled();
    if (labelled.crops.length === 0) {
      throw new InkError('INK_DATASET_INVALID', 'There are no labels to export.', {
        remedy: 'Label some crops first.',
      });
    }
    return packLabels(labelled, form, new Date(now()));
  }

  /**
   * Takes in the labels of a tar file; classes that are new are classes from then on.
   *
   * @returns how many were not there already
   * @throws InkError INK_DATASET_INVALID, INK_IDX_INVALID, INK_TEACHING_FULL; nothing is then changed
   */
  async import(packed: Uint8Array): Promise<number> {
    this.#mustBeOn();
    return this.addLabels(await unpackLabels(packed));
  }

  /** As `import`, of crops that are unpacked. */
  async addLabels(crops: readonly ImportedCrop[]): Promise<number> {
    const { now = Date.now } = this.#options;
    const classes = await this.#classes();
    const fresh = [...new Set(crops.map(({ label }) => label))].filter(
      (label) => label !== NONE && !classes.includes(label),
    );
    const all = classesSchema.safeParse([...classes, ...fresh.toSorted()]);
    if (!all.success) {
      throw new InkError('INK_DATASET_INVALID', `There would be ${classes.length + fresh.length} classes, too many.`);
    }
    const wider = fresh.length === 0 ? undefined : all.data;
    return this.#then(this.#database.call('import', { crops, classes: wider, at: now() }));
  }

  /** Labelled crops for others, in the order in which they came. @throws InkError INK_TEACHING_PRIVATE */
  async share(after: string | undefined, limit: number): Promise<ResponseData<'labels'>> {
    if (!this.#options.settings().share) {
      throw new InkError('INK_TEACHING_PRIVATE', 'This device does not share its labels.');
    }
    const { crops } = await this.#labelled();
    const start = after === undefined ? 0 : crops.findIndex(({ id }) => id === after) + 1;
    const some = crops.slice(start, start + limit);
    return {
      crops: some.map(({ id, label, heldBack, pixels }) => ({
        ...{ id, label, heldBack },
        pixels: Buffer.from(pixels).toString('base64'),
      })),
      next: start + limit < crops.length ? (some.at(-1)?.id ?? null) : null,
    };
  }

  /** Deletes every crop and every label. @returns how many there were */
  async purge(): Promise<number> {
    if (!this.#database.exists) return 0;
    return this.#then(this.#database.call('purge', undefined));
  }

  async #labelled(): Promise<LabelledCrops> {
    const classes = [...(await this.#classes()), NONE];
    const crops = this.#database.exists ? await this.#database.call('labelled', undefined) : [];
    return { classes, crops: crops.filter(({ label }) => classes.includes(label)) };
  }

  async #classes(): Promise<readonly string[]> {
    const own = await this.#ownClasses();
    return own ?? this.#options.models.inUse().labels.filter((label) => label !== NONE);
  }

  /** Whether there are classes that the model in use does not know. */
  async #hasNewClasses(): Promise<boolean> {
    const { labels } = this.#options.models.inUse();
    return (await this.#ownClasses())?.some((name) => !labels.includes(name)) ?? false;
  }

  #ownClasses(): Promise<readonly string[] | undefined> {
    return ownClassesOf(this.#database);
  }

  /** Passes a result on, after telling those who watch. */
  async #then<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    this.#push.changed();
    return result;
  }

  #maintain(): void {
    if (!this.#database.exists) return;
    const { settings, now = Date.now } = this.#options;
    this.#database.call('prune', { bounds: settings().queue, now: now() }).catch(() => {});
  }

  /** @throws InkError INK_TEACHING_OFF */
  #mustBeOn(): void {
    if (!this.enabled) throw new InkError('INK_TEACHING_OFF', 'Teaching is switched off.');
  }
}

const NOTHING = { waiting: 0, labels: { count: 0, learning: 0, heldBack: 0, byClass: {} } };

function shown({ takenAt, region, group, guesses, ...crop }: WaitingCrop): TeachingCrop {
  return {
    ...crop,
    takenAt: takenAt.toISOString(),
    guesses: [...guesses],
    ...(region === undefined ? {} : { region }),
    ...(group === undefined ? {} : { group }),
  };
}
