import type { Around, Guess, LabelledCrop } from '@inkcast/shared/teaching';
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Seen } from './messages.js';

/** A crop that waits for a label, or for a second look at the one that it has. */
export interface WaitingCrop extends Seen {
  readonly id: string;
  /** The label that the model contradicts, with what it says instead. */
  readonly doubted?: { readonly label: string; readonly guess: string };
}

/** A crop with its label. */
export interface GivenCrop extends LabelledCrop {
  readonly guesses: readonly Guess[];
}

const HELD_BACK_EVERY = 5;

/** The crops of a lesson: those that wait, and those with a label. They stay in the tab. */
export class Labels {
  readonly #waiting: Signal<readonly WaitingCrop[]> = signal([]);
  readonly #given: Signal<readonly GivenCrop[]> = signal([]);
  #last = 0;

  get waiting(): ReadonlySignal<readonly WaitingCrop[]> {
    return this.#waiting;
  }

  /** In the order in which their labels were given. */
  get given(): ReadonlySignal<readonly GivenCrop[]> {
    return this.#given;
  }

  add(seen: readonly Seen[]): void {
    const crops = seen.map((one): WaitingCrop => ({ ...one, id: `C${++this.#last}` }));
    this.#waiting.value = [...this.#waiting.value, ...crops];
  }

  /** Gives the first crop that waits its label. A label that is given in a second look is confirmed. */
  give(label: string): void {
    const [crop, ...rest] = this.#waiting.value;
    if (crop === undefined) return;
    batch(() => {
      this.#waiting.value = rest;
      const known = this.#given.value.find(({ id }) => id === crop.id);
      if (known === undefined) this.#given.value = [...this.#given.value, this.#labelled(crop, label)];
      else this.#replace({ ...known, label, confirmed: true });
    });
  }

  /** Leaves out the first crop that waits. One in a second look keeps its label and stays doubted. */
  skip(): void {
    this.#waiting.value = this.#waiting.value.slice(1);
  }

  /** Takes the newest label back. */
  undo(): void {
    const crop = this.#given.value.at(-1);
    if (crop === undefined || this.#waiting.value.some(({ doubted }) => doubted !== undefined)) return;
    const { id, pixels, around, guesses } = crop;
    batch(() => {
      this.#given.value = this.#given.value.slice(0, -1);
      this.#waiting.value = [{ id, pixels, around, guesses }, ...this.#waiting.value];
    });
  }

  /** Shows crops once more, before all others. */
  lookAgain(doubts: readonly { readonly id: string; readonly guesses: readonly Guess[] }[]): void {
    const again = doubts.flatMap(({ id, guesses }): WaitingCrop[] => {
      const crop = this.#given.value.find((one) => one.id === id);
      if (crop === undefined) return [];
      const { pixels, around, label } = crop;
      return [{ id, pixels, around, guesses, doubted: { label, guess: guesses[0].label } }];
    });
    this.#waiting.value = [...again, ...this.#waiting.value];
  }

  #labelled({ id, pixels, around, guesses }: WaitingCrop, label: string): GivenCrop {
    const seen: { readonly around?: Around } = around === undefined ? {} : { around };
    return { id, label, heldBack: this.#isHeldBack(label), confirmed: false, pixels, guesses, ...seen };
  }

  /** Every fifth label of a class is not learned from but checked with, so that each class is checked. */
  #isHeldBack(label: string): boolean {
    const count = this.#given.value.filter((one) => one.label === label).length;
    return count % HELD_BACK_EVERY === HELD_BACK_EVERY - 1;
  }

  #replace(crop: GivenCrop): void {
    this.#given.value = this.#given.value.map((one) => (one.id === crop.id ? crop : one));
  }
}
