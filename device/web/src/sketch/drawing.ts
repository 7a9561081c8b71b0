import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Stroke, StrokePoint } from './strokes.js';

/** A drawing of strokes. One pen draws at a time: a palm that touches the pad meanwhile draws nothing. */
export class Drawing {
  readonly #strokes: Signal<readonly Stroke[]> = signal([]);
  readonly #present: Signal<Stroke | undefined> = signal(undefined);
  #pen: number | undefined;

  /** The strokes that are whole. */
  get strokes(): ReadonlySignal<readonly Stroke[]> {
    return this.#strokes;
  }

  /** All strokes, with the one that is being drawn. */
  get seen(): readonly Stroke[] {
    const present = this.#present.value;
    return present === undefined ? this.#strokes.value : [...this.#strokes.value, present];
  }

  /** @param pen number of the pointer @returns whether this pen draws now */
  begin(pen: number, point: StrokePoint): boolean {
    if (this.#pen !== undefined) return false;
    this.#pen = pen;
    this.#present.value = [point];
    return true;
  }

  extend(pen: number, points: readonly StrokePoint[]): void {
    const present = this.#present.value;
    if (pen === this.#pen && present !== undefined) this.#present.value = [...present, ...points];
  }

  /** @returns whether this pen has drawn a stroke */
  end(pen: number): boolean {
    const present = this.#present.value;
    if (pen !== this.#pen || present === undefined) return false;
    this.#pen = undefined;
    batch(() => {
      this.#present.value = undefined;
      this.#strokes.value = [...this.#strokes.value, present];
    });
    return true;
  }

  /** Takes back the last stroke. */
  undo(): void {
    this.#strokes.value = this.#strokes.value.slice(0, -1);
  }

  clear(): void {
    this.#strokes.value = [];
  }
}
