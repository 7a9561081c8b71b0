import { count, duration, type Terminal } from '@inkcast/shared/cli';
import cliProgress, { type SingleBar } from 'cli-progress';

/** Seconds between two lines if the output is not a terminal. */
const LINE_EVERY = 15;

/** Shows the progress of a task: a bar on a terminal, otherwise a line from time to time. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #total: number;
  /** Name of the counted things, in the plural. */
  readonly #unit: string;
  readonly #begun = performance.now();
  #lastLine = performance.now();
  #bar: SingleBar | undefined;

  constructor(terminal: Terminal, total: number, unit: string) {
    this.#terminal = terminal;
    this.#total = total;
    this.#unit = unit;
  }

  /** @param figures further text to show */
  update(done: number, figures = ''): void {
    const seconds = (performance.now() - this.#begun) / 1000;
    const left = `${duration((seconds / Math.max(1, done)) * (this.#total - done))} left`;
    if (this.#terminal.interactive) this.#draw(done, left, figures);
    else if (done >= this.#total || performance.now() - this.#lastLine > LINE_EVERY * 1000) {
      this.#lastLine = performance.now();
      const parts = [
        `${count(done)} of ${count(this.#total)} ${this.#unit}`,
        left,
        ...(figures === '' ? [] : [figures]),
      ];
      this.#terminal.note(parts.join(', '));
    }
  }

  /** Removes the bar, also after an error. */
  close(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  #draw(done: number, left: string, figures: string): void {
    if (this.#bar === undefined) {
      const format = `{bar} {value}/{total} ${this.#unit}  {left}  {figures}`;
      const bars = { barCompleteChar: '#', barIncompleteChar: '.', barsize: 24, clearOnComplete: true };
      this.#bar = new cliProgress.SingleBar({ format, ...bars });
      this.#bar.start(this.#total, done, { left, figures });
    } else this.#bar.update(done, { left, figures });
  }
}
