import { count, duration, type Terminal } from '@inkcast/shared/cli';
import cliProgress, { type SingleBar } from 'cli-progress';

/** Seconds between two lines where nobody watches. */
const LINE_EVERY = 15;

/** Shows how far a piece of work is: a bar where a person watches, otherwise a line now and then. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #total: number;
  /** What is counted, in the plural. */
  readonly #unit: string;
  readonly #begun = performance.now();
  #lastLine = performance.now();
  #bar: SingleBar | undefined;

  constructor(terminal: Terminal, total: number, unit: string) {
    this.#terminal = terminal;
    this.#total = total;
    this.#unit = unit;
  }

  /** @param figures what else is known by now */
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

  /** Takes the bar away, whatever happened. */
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
