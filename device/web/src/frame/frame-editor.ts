import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  type Api,
  type ApiError,
  asApiError,
  type Refusal,
  type SavedSettings,
  type Settings,
  valueOfSetting,
} from '../api/index.js';
import { type Area, areasOf, changesFor, type StoredFrame, withArea, withNewArea, withoutArea } from './areas.js';
import { amended, type EditHistory, edited, redone, undone, unedited } from './edit-history.js';
import { asKind, type Shape, type ShapeKind } from './geometry.js';

/** What came of saving. */
export type Outcome =
  | { readonly kind: 'saved'; readonly restartNeeded: boolean }
  | { readonly kind: 'tried' }
  | { readonly kind: 'failed'; readonly error: ApiError };

/** The areas of the frame while they are drawn. Nothing holds before it is saved. */
export class FrameEditor {
  readonly #api: Api;
  readonly #history: Signal<EditHistory<readonly Area[]>> = signal(unedited(areasOf({ regions: [] })));
  readonly #stored: Signal<readonly Area[] | undefined> = signal(undefined);
  readonly #selected = signal(0);
  readonly #outcome: Signal<Outcome | undefined> = signal(undefined);
  readonly #problem: Signal<ApiError | undefined> = signal(undefined);
  readonly #file: Signal<string | null> = signal(null);
  readonly #refusal: Signal<Refusal | null> = signal(null);
  readonly #areas = computed(() => this.#history.value.present);

  /** The field that the last step was typed into. */
  #typedInto: string | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  get areas(): ReadonlySignal<readonly Area[]> {
    return this.#areas;
  }

  get selected(): number {
    return Math.min(this.#selected.value, this.#areas.value.length - 1);
  }

  get area(): Area {
    return this.#areas.value[this.selected];
  }

  get isLoaded(): boolean {
    return this.#stored.value !== undefined;
  }

  get isChanged(): boolean {
    return this.#stored.value !== undefined && this.#stored.value !== this.#areas.value;
  }

  get canUndo(): boolean {
    return this.#history.value.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.value.future.length > 0;
  }

  /** Why nothing can be saved; null where it can. */
  get refusal(): Refusal | null {
    return this.#refusal.value;
  }

  /** Null where the device has no configuration file, so that nothing can be saved. */
  get file(): string | null {
    return this.#file.value;
  }

  get outcome(): Outcome | undefined {
    return this.#outcome.value;
  }

  /** Why the settings could not be asked for. */
  get problem(): ApiError | undefined {
    return this.#problem.value;
  }

  async load(): Promise<void> {
    try {
      const { keys, file, unwritable } = await this.#api.get<Settings>('settings');
      const areas = areasOf(storedFrame(keys));
      batch(() => {
        this.#problem.value = undefined;
        this.#file.value = file;
        this.#refusal.value = unwritable;
        this.#stored.value = areas;
        this.#history.value = unedited(areas);
      });
    } catch (error) {
      this.#problem.value = asApiError(error);
    }
  }

  select(index: number): void {
    this.#selected.value = index;
  }

  /** @param goesOn whether it belongs to the step before, as the parts of one drag do */
  setShape(shape: Shape, goesOn = false): void {
    if (shape !== this.area.shape) this.#edit(withArea(this.#areas.value, this.selected, { shape }), goesOn);
  }

  setKind(kind: ShapeKind): void {
    this.setShape(asKind(this.area.shape, kind));
  }

  /** What is typed into one field is one step. */
  change(change: Partial<Omit<Area, 'shape'>>): void {
    const field = `${this.selected} ${Object.keys(change)}`;
    const goesOn = field === this.#typedInto;
    this.#edit(withArea(this.#areas.value, this.selected, change), goesOn);
    this.#typedInto = field;
  }

  add(): void {
    const shape = asKind({ kind: 'whole' }, 'rectangle');
    this.#edit(withNewArea(this.#areas.value, shape), false);
    this.#selected.value = this.#areas.value.length - 1;
  }

  remove(): void {
    this.#edit(withoutArea(this.#areas.value, this.selected), false);
  }

  undo(): void {
    this.#history.value = undone(this.#history.value);
    this.#typedInto = undefined;
  }

  redo(): void {
    this.#history.value = redone(this.#history.value);
    this.#typedInto = undefined;
  }

  /** Sets what is drawn until the device is started again. */
  async try(): Promise<void> {
    await this.#attempt(async (areas) => {
      await this.#api.send('PATCH', 'settings', { changes: changesFor(areas) });
      return { kind: 'tried' };
    });
  }

  async save(): Promise<void> {
    await this.#attempt(async (areas) => {
      const body = { changes: changesFor(areas) };
      const { restartNeeded } = await this.#api.send<SavedSettings>('POST', 'settings/save', body);
      this.#stored.value = areas;
      return { kind: 'saved', restartNeeded: restartNeeded.length > 0 };
    });
  }

  /** @param send gets the areas as they are now; more may be drawn before the answer comes */
  async #attempt(send: (areas: readonly Area[]) => Promise<Outcome>): Promise<void> {
    try {
      this.#outcome.value = await send(this.#areas.value);
    } catch (error) {
      this.#outcome.value = { kind: 'failed', error: asApiError(error) };
    }
  }

  #edit(areas: readonly Area[], goesOn: boolean): void {
    this.#history.value = (goesOn ? amended : edited)(this.#history.value, areas);
    this.#typedInto = undefined;
    this.#outcome.value = undefined;
  }
}

/** What the settings say of the frame. The device has checked them against their schemas. */
function storedFrame(keys: Settings['keys']): StoredFrame {
  return JSON.parse(
    JSON.stringify({
      regionOfInterest: valueOfSetting(keys, 'vision.regionOfInterest'),
      perspective: valueOfSetting(keys, 'vision.perspective'),
      expect: valueOfSetting(keys, 'reading.expect'),
      regions: valueOfSetting(keys, 'vision.regions') ?? [],
    }),
  );
}
