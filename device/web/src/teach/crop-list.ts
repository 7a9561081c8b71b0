import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Api, type ApiError, asApiError, type TeachCrop } from '../api/index.js';

/** As many as a queue holds by default. */
const PAGE_LENGTH = 100;
/** So many are at hand before more are asked for. */
const MIN_AHEAD = 10;
const MAX_GIVEN = 8;

/** What was said of crops. */
export interface Given {
  readonly crops: readonly TeachCrop[];
  /** Null for those that were skipped. */
  readonly label: string | null;
  /** Those of them that are kept for the check; undefined until the device has answered. */
  readonly heldBack: readonly string[] | undefined;
}

interface Undone {
  readonly undone: { readonly crops: readonly TeachCrop[] } | null;
}

/**
 * Crops that wait for a label, one after the other. A label counts at once on the page and is sent behind what was said
 * before, so that fast hands neither wait nor overtake themselves.
 */
export class CropList {
  readonly #api: Api;
  readonly #crops: Signal<readonly TeachCrop[] | undefined> = signal(undefined);
  readonly #leftOut: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #given: Signal<readonly Given[]> = signal([]);
  readonly #problem: Signal<ApiError | undefined> = signal(undefined);
  /** Crops whose label is on its way. */
  readonly #sending = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(api: Api) {
    this.#api = api;
  }

  /** Undefined until the device has answered, then the next first. */
  get crops(): ReadonlySignal<readonly TeachCrop[] | undefined> {
    return this.#crops;
  }

  /** The newest first. */
  get given(): ReadonlySignal<readonly Given[]> {
    return this.#given;
  }

  get problem(): ReadonlySignal<ApiError | undefined> {
    return this.#problem;
  }

  get current(): TeachCrop | undefined {
    return this.#crops.value?.at(0);
  }

  /** Those that look like the current one. */
  get alike(): readonly TeachCrop[] {
    const [current, ...others] = this.#crops.value ?? [];
    return current?.group === undefined ? [] : others.filter(({ group }) => group === current.group);
  }

  /** Whether a look-alike gets the current one's label too. */
  counts({ id }: TeachCrop): boolean {
    return !this.#leftOut.value.has(id);
  }

  /** Leaves a look-alike out, which is none after all, or takes it in again. */
  toggle({ id }: TeachCrop): void {
    const leftOut = new Set(this.#leftOut.value);
    if (!leftOut.delete(id)) leftOut.add(id);
    this.#leftOut.value = leftOut;
  }

  /** Asks for as many as are shown at most; what is shown stays in its order. */
  fill(): Promise<void> {
    return this.#next(() => this.#load([]));
  }

  /** @param label null skips */
  give(label: string | null): Promise<void> {
    const { current } = this;
    if (current === undefined) return this.#last;
    const crops = [current, ...this.alike.filter((crop) => this.counts(crop))];
    const ids = crops.map(({ id }) => id);
    const given: Given = { crops, label, heldBack: undefined };
    batch(() => {
      for (const id of ids) this.#sending.add(id);
      this.#crops.value = this.#crops.value?.filter(({ id }) => !ids.includes(id));
      this.#leftOut.value = new Set();
      this.#given.value = [given, ...this.#given.value].slice(0, MAX_GIVEN);
    });
    return this.#next(() => this.#send(given, ids));
  }

  /** Takes back what was said last, whatever it was. */
  undo(): Promise<void> {
    return this.#next(async () => {
      const { undone } = await this.#api.send<Undone>('POST', 'teach/undo');
      if (undone === null) return;
      const ids = new Set(undone.crops.map(({ id }) => id));
      this.#given.value = this.#given.value.filter(({ crops }) => !crops.some(({ id }) => ids.has(id)));
      await this.#load(undone.crops);
    });
  }

  async #send(given: Given, ids: readonly string[]): Promise<void> {
    const said = given.label === null ? { ids, skip: true } : { ids, label: given.label };
    try {
      const { heldBack } = await this.#api.send<{ readonly heldBack: readonly string[] }>('POST', 'teach/label', said);
      this.#given.value = this.#given.value.map((each) => (each === given ? { ...given, heldBack } : each));
    } catch (error) {
      for (const id of ids) this.#sending.delete(id);
      batch(() => {
        this.#given.value = this.#given.value.filter((each) => each !== given);
        this.#crops.value = [...given.crops, ...(this.#crops.value ?? [])];
      });
      // A crop that is no longer there would be refused for ever.
      if (asApiError(error).status === 404) await this.#load([]);
      throw error;
    }
    for (const id of ids) this.#sending.delete(id);
    if ((this.#crops.value?.length ?? 0) < MIN_AHEAD) await this.#load([]);
  }

  /** @param first come before all others */
  async #load(first: readonly TeachCrop[]): Promise<void> {
    const { crops } = await this.#api.get<{ readonly crops: readonly TeachCrop[] }>('teach/crops', {
      limit: PAGE_LENGTH,
    });
    const open = new Map(crops.filter(({ id }) => !this.#sending.has(id)).map((crop) => [crop.id, crop]));
    // What fell out of the queue meanwhile is gone here too.
    const shown = (this.#crops.value ?? []).flatMap(({ id }) => open.get(id) ?? []);
    const ordered = [...first, ...shown, ...open.values()];
    this.#crops.value = [...new Map(ordered.map((crop) => [crop.id, crop])).values()];
  }

  #next(act: () => Promise<void>): Promise<void> {
    const acted = this.#last.then(async () => {
      try {
        await act();
        this.#problem.value = undefined;
      } catch (error) {
        this.#problem.value = asApiError(error);
      }
    });
    this.#last = acted;
    return acted;
  }
}
