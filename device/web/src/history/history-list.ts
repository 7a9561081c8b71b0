import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  type Api,
  type ApiError,
  asApiError,
  DeviceEvents,
  type HistoryEvent,
  type HistoryPage,
} from '../api/index.js';
import { EVERYTHING, type HistoryFilter, queryOf } from './filter.js';

const PAGE_LENGTH = 100;

/** Events that were read before, page by page, with those that happen meanwhile. */
export class HistoryList {
  readonly #api: Api;
  readonly #filter: Signal<HistoryFilter> = signal(EVERYTHING);
  readonly #events: Signal<readonly HistoryEvent[] | undefined> = signal(undefined);
  readonly #next: Signal<string | null> = signal(null);
  readonly #problem: Signal<ApiError | undefined> = signal(undefined);
  #asked = 0;
  /** Number of the question whose answer is shown. */
  #answered = 0;
  readonly #told: DeviceEvents<{ readonly type: string }>;

  constructor(api: Api) {
    this.#api = api;
    this.#told = new DeviceEvents(api, ({ type }) => {
      // Whoever has gone back in time is not torn out of it.
      const isAtStart = (this.#events.value?.length ?? 0) <= PAGE_LENGTH;
      if (type === 'event' && isAtStart) void this.refresh();
    });
  }

  get filter(): ReadonlySignal<HistoryFilter> {
    return this.#filter;
  }

  /** The newest first; undefined until the device has answered. */
  get events(): ReadonlySignal<readonly HistoryEvent[] | undefined> {
    return this.#events;
  }

  get hasMore(): boolean {
    return this.#next.value !== null;
  }

  get problem(): ReadonlySignal<ApiError | undefined> {
    return this.#problem;
  }

  start(): void {
    void this.refresh();
    this.#told.start();
  }

  stop(): void {
    this.#told.stop();
  }

  choose(change: Partial<HistoryFilter>): void {
    this.#filter.value = { ...this.#filter.value, ...change };
    void this.refresh();
  }

  /** Begins again with the newest. */
  async refresh(): Promise<void> {
    await this.#load(undefined, []);
  }

  async more(): Promise<void> {
    const { value: before } = this.#next;
    if (before !== null) await this.#load(before, this.#events.value ?? []);
  }

  /** Address of all that the filter lets through, as a file. */
  fileUrl(kind: 'csv' | 'json'): string {
    return this.#api.url(`history.${kind}`, queryOf(this.#filter.value));
  }

  pictureUrl(id: string): string {
    return this.#api.url(`history/${encodeURIComponent(id)}/picture`);
  }

  async deletePictures(): Promise<void> {
    try {
      await this.#api.send('DELETE', 'history/pictures');
      await this.refresh();
    } catch (error) {
      this.#problem.value = asApiError(error);
    }
  }

  async #load(before: string | undefined, shown: readonly HistoryEvent[]): Promise<void> {
    const filter = this.#filter.value;
    this.#asked += 1;
    const number = this.#asked;
    try {
      const query = { ...queryOf(filter), before, limit: PAGE_LENGTH };
      const { events, next } = await this.#api.get<HistoryPage>('history', query);
      // Another filter was chosen meanwhile, or a later question was answered sooner.
      if (filter !== this.#filter.value || number < this.#answered) return;
      this.#answered = number;
      batch(() => {
        this.#events.value = [...shown, ...events];
        this.#next.value = next;
        this.#problem.value = undefined;
      });
    } catch (error) {
      this.#problem.value = asApiError(error);
    }
  }
}
