import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  type Api,
  type ApiError,
  asApiError,
  DeviceEvents,
  type PushedMessage,
  type TeachChanges,
  type TeachState,
} from '../api/index.js';

/** How far teaching is on the device, and what can be asked of it as a whole. */
export class Teaching {
  readonly #api: Api;
  readonly #state: Signal<TeachState | undefined> = signal(undefined);
  readonly #changes: Signal<TeachChanges | undefined> = signal(undefined);
  readonly #problem: Signal<ApiError | undefined> = signal(undefined);
  readonly #added: Signal<number | undefined> = signal(undefined);
  readonly #isBusy = signal(false);
  readonly #told: DeviceEvents<PushedMessage>;
  #heard = 0;

  constructor(api: Api) {
    this.#api = api;
    this.#told = new DeviceEvents<PushedMessage>(
      api,
      (message) => {
        if (message.type !== 'teach') return;
        this.#heard += 1;
        this.#take(message.state);
      },
      () => void this.refresh(),
    );
  }

  /** Undefined until the device has answered. */
  get state(): ReadonlySignal<TeachState | undefined> {
    return this.#state;
  }

  /** Crops that the new model says something else of; undefined where there is none, or while they are asked for. */
  get changes(): ReadonlySignal<TeachChanges | undefined> {
    return this.#changes;
  }

  get problem(): ReadonlySignal<ApiError | undefined> {
    return this.#problem;
  }

  /** How many crops the last files brought. */
  get added(): ReadonlySignal<number | undefined> {
    return this.#added;
  }

  /** While something is asked that takes its time. */
  get isBusy(): boolean {
    return this.#isBusy.value;
  }

  start(): void {
    this.#told.start();
    void this.refresh();
  }

  stop(): void {
    this.#told.stop();
  }

  async refresh(): Promise<void> {
    const heard = this.#heard;
    try {
      const state = await this.#api.get<TeachState>('teach');
      // What the device told meanwhile may be newer, and it tells every change.
      if (heard === this.#heard) this.#take(state);
    } catch (error) {
      this.#problem.value = asApiError(error);
    }
  }

  pictureUrl(id: string): string {
    return this.#api.url(`teach/crops/${encodeURIComponent(id)}/picture`);
  }

  surroundingsUrl(id: string): string {
    return this.#api.url(`teach/crops/${encodeURIComponent(id)}/surroundings`);
  }

  exportUrl(form: 'idx' | 'folders'): string {
    return this.#api.url('teach/export', { form });
  }

  turnOn(): Promise<void> {
    return this.#ask(() => this.#api.send('PATCH', 'settings', { changes: { 'teaching.enabled': true } }));
  }

  /** @param classes null for those of the model in use */
  chooseClasses(classes: readonly string[] | null): Promise<void> {
    return this.#ask(() => this.#api.send('PUT', 'teach/classes', { classes }));
  }

  learn(): Promise<void> {
    return this.#ask(() => this.#api.send('POST', 'teach/learn'));
  }

  cancel(): Promise<void> {
    return this.#ask(() => this.#api.send('POST', 'teach/cancel'));
  }

  swap(): Promise<void> {
    return this.#ask(() => this.#api.send('POST', 'teach/swap'));
  }

  undoSwap(): Promise<void> {
    return this.#ask(() => this.#api.send('POST', 'teach/undo-swap'));
  }

  purge(): Promise<void> {
    return this.#ask(() => this.#api.send('DELETE', 'teach'));
  }

  /** @param kind pictures whose crops come into the queue, or a set that was exported */
  add(kind: 'upload' | 'import', files: readonly File[]): Promise<void> {
    return this.#ask(async () => {
      const { added } = await this.#api.upload<{ readonly added: number }>(`teach/${kind}`, files);
      this.#added.value = added;
    });
  }

  /** Puts all that is in view now into the queue, also what is read with confidence. */
  look(): Promise<void> {
    return this.#ask(async () => {
      const { added } = await this.#api.send<{ readonly added: number }>('POST', 'teach/look');
      this.#added.value = added;
    });
  }

  async #ask(act: () => Promise<unknown>): Promise<void> {
    this.#isBusy.value = true;
    this.#problem.value = undefined;
    this.#added.value = undefined;
    try {
      await act();
      await this.refresh();
    } catch (error) {
      this.#problem.value = asApiError(error);
    } finally {
      this.#isBusy.value = false;
    }
  }

  #take(state: TeachState): void {
    const before = candidateOf(this.#state.value);
    this.#state.value = state;
    const candidate = candidateOf(state);
    if (candidate === before) return;
    this.#changes.value = undefined;
    if (candidate !== undefined) void this.#compare(candidate);
  }

  async #compare(candidate: string): Promise<void> {
    try {
      const changes = await this.#api.get<TeachChanges>('teach/candidate/changes');
      if (candidateOf(this.#state.value) === candidate) this.#changes.value = changes;
    } catch (error) {
      this.#problem.value = asApiError(error);
    }
  }
}

/** The model that was learned last; undefined where there is none, or where another is being learned. */
function candidateOf(state: TeachState | undefined): string | undefined {
  return state?.learning?.state === 'done' ? state.learning.candidate : undefined;
}
