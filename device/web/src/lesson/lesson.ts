import type { GateReport, LabelledCrop, LearningProgress } from '@inkcast/shared/teaching';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Picture } from '../sketch/index.js';
import { Labels } from './labels.js';
import { LearningFailure, LearnLink } from './learn-link.js';
import { LookLink } from './look-link.js';
import type { Look, Taught } from './messages.js';

/** What became of the newest picture. Each that is shown, or taken away, has the next number. */
export type SeenState = { readonly number: number } & (
  | { readonly kind: 'nothing' | 'reading' }
  | { readonly kind: 'read'; readonly look: Look }
  | { readonly kind: 'failed'; readonly message: string }
);

export type LearningState =
  | { readonly kind: 'idle' | 'looking' | 'doubting' | 'cancelled' }
  | { readonly kind: 'running'; readonly progress: LearningProgress | undefined; readonly newest?: LearningProgress }
  | { readonly kind: 'done'; readonly report: GateReport }
  | { readonly kind: 'failed'; readonly message: string; readonly remedy: string };

/** Draws the order of the pictures. */
const SEED = 1;

/**
 * Teaches the reader a hand in the tab: pictures become crops, crops get labels, a model learns from them and is checked, and
 * if it passed, it reads from then on.
 */
export class Lesson {
  readonly labels = new Labels();
  readonly #look: LookLink;
  readonly #learn: LearnLink;
  readonly #seen: Signal<SeenState> = signal({ number: 0, kind: 'nothing' });
  readonly #learning: Signal<LearningState> = signal({ kind: 'idle' });
  readonly #taught: Signal<Taught | undefined> = signal(undefined);
  #wanted: Picture | undefined;
  #isReading = false;
  #count = 0;

  /** @param bundle address of the folder with the shipped bundle and what learning needs of it */
  constructor(bundle: string) {
    this.#look = new LookLink(bundle);
    this.#learn = new LearnLink(bundle);
  }

  get seen(): ReadonlySignal<SeenState> {
    return this.#seen;
  }

  get learning(): ReadonlySignal<LearningState> {
    return this.#learning;
  }

  /** The newest model that passed its check. */
  get taught(): ReadonlySignal<Taught | undefined> {
    return this.#taught;
  }

  /**
   * Reads a picture. Of those that come while one is read, only the last is read.
   *
   * @param picture undefined where there is nothing to read any more
   */
  show(picture: Picture | undefined): void {
    this.#wanted = picture;
    const number = this.#seen.value.number + 1;
    this.#seen.value = { number, kind: picture === undefined ? 'nothing' : 'reading' };
    if (!this.#isReading) void this.#readNewest();
  }

  /** Puts what was seen in the newest picture among the crops that wait for a label. */
  take(): void {
    const state = this.#seen.value;
    if (state.kind !== 'read') return;
    this.labels.add(state.look.seen);
    this.show(undefined);
  }

  give(label: string): void {
    this.labels.give(label);
    this.#goOn();
  }

  skip(): void {
    this.labels.skip();
    this.#goOn();
  }

  /** Learns from the labels. Those that the model contradicts are shown once more before. */
  async learn(): Promise<void> {
    await this.#guarded(async () => {
      this.#learning.value = { kind: 'looking' };
      const doubts = await this.#learn.secondLook(this.#crops());
      if (doubts === undefined) this.#learning.value = { kind: 'cancelled' };
      else if (doubts.length === 0) await this.#learnNow();
      else {
        this.labels.lookAgain(doubts);
        this.#learning.value = { kind: 'doubting' };
      }
    });
  }

  cancel(): void {
    this.#learn.cancel();
  }

  /** Goes on with learning after the last doubt. */
  #goOn(): void {
    if (this.#learning.value.kind !== 'doubting') return;
    if (this.labels.waiting.value.some(({ doubted }) => doubted !== undefined)) return;
    void this.#guarded(() => this.#learnNow());
  }

  async #learnNow(): Promise<void> {
    this.#learning.value = { kind: 'running', progress: undefined };
    const order = { number: this.#count + 1, seed: SEED };
    const taught = await this.#learn.learn(this.#crops(), order, (progress) => {
      const before = this.#learning.value;
      const newest = progress.epoch === undefined && before.kind === 'running' ? before.newest : progress;
      this.#learning.value = { kind: 'running', progress, ...(newest === undefined ? {} : { newest }) };
    });
    if (taught === undefined) {
      this.#learning.value = { kind: 'cancelled' };
      return;
    }
    this.#count++;
    if (taught.report.passed) {
      await this.#look.use(taught.files);
      this.#taught.value = taught;
      if (this.#wanted !== undefined) this.show(this.#wanted);
    }
    this.#learning.value = { kind: 'done', report: taught.report };
  }

  async #readNewest(): Promise<void> {
    this.#isReading = true;
    for (let state = this.#seen.value; state.kind === 'reading'; state = this.#seen.value) {
      const read = await this.#read(state.number);
      if (this.#seen.value.number === state.number) this.#seen.value = read;
    }
    this.#isReading = false;
  }

  async #read(number: number): Promise<SeenState> {
    const picture = this.#wanted;
    if (picture === undefined) return { number, kind: 'nothing' };
    try {
      return { number, kind: 'read', look: await this.#look.read(picture) };
    } catch (error) {
      return { number, kind: 'failed', message: messageOf(error) };
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const remedy = error instanceof LearningFailure ? error.remedy : '';
      this.#learning.value = { kind: 'failed', message: messageOf(error), remedy };
    }
  }

  #crops(): LabelledCrop[] {
    return this.labels.given.value.map(({ guesses: _, ...crop }) => crop);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
