import { duration, percent, type Terminal } from '@inkcast/shared/cli';
import cliProgress, { type SingleBar } from 'cli-progress';
import type { EpochRecord } from '../checkpoint/index.js';
import type { StepProgress, TrainingObserver } from '../trainer/index.js';

/** Seconds between two lines within an epoch if the output is not a terminal. */
const LINE_EVERY = 15;

/** Shows the progress of a run: a bar on a terminal, otherwise a line from time to time, and a line for every epoch. */
export class TrainingProgress implements TrainingObserver {
  readonly #terminal: Terminal;
  readonly #epochs: number;
  readonly #scored: string;
  #bar: SingleBar | undefined;
  #lastLine = performance.now();

  /** @param scored names the pictures that each epoch is scored on: validation or test */
  constructor(terminal: Terminal, epochs: number, scored = 'validation') {
    this.#terminal = terminal;
    this.#epochs = epochs;
    this.#scored = scored;
  }

  step(progress: StepProgress): void {
    if (this.#terminal.interactive) this.#draw(progress);
    else if (performance.now() - this.#lastLine > LINE_EVERY * 1000) {
      this.#lastLine = performance.now();
      const place = `epoch ${progress.epoch}/${progress.epochs}, step ${progress.step}/${progress.steps}`;
      this.#terminal.note(`${place}: ${figures(progress)}, ${remaining(progress)} left`);
    }
  }

  epoch(record: EpochRecord): void {
    this.close();
    this.#lastLine = performance.now();
    const { epoch, loss, accuracy, validationAccuracy, validationLoss, seconds, imagesPerSecond } = record;
    const validation =
      validationAccuracy === null || validationLoss === null
        ? ''
        : `, ${this.#scored} loss ${validationLoss.toFixed(4)}, accuracy ${percent(validationAccuracy)}`;
    this.#terminal.note(
      `epoch ${epoch}/${this.#epochs}: ${figures({ loss, accuracy, imagesPerSecond })}${validation}, ${seconds.toFixed(1)} s`,
    );
  }

  /** Removes the bar, also after an error. */
  close(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  #draw(progress: StepProgress): void {
    const { epoch, epochs, step, steps } = progress;
    const payload = { epoch: `${epoch}/${epochs}`, remaining: remaining(progress), figures: figures(progress) };
    if (this.#bar !== undefined) {
      this.#bar.update(step, payload);
      return;
    }
    this.#bar = new cliProgress.SingleBar({
      format: (options, params, shown) =>
        `epoch ${shown.epoch} ${cliProgress.Format.BarFormat(params.progress, options)} ${params.value}/${params.total}  ` +
        `${shown.remaining} left  ${shown.figures}`,
      barCompleteChar: '#',
      barIncompleteChar: '.',
      barsize: 24,
      clearOnComplete: true,
    });
    this.#bar.start(steps, step, payload);
  }
}

const figures = ({ loss, accuracy, imagesPerSecond }: Pick<StepProgress, 'loss' | 'accuracy' | 'imagesPerSecond'>) =>
  `loss ${loss.toFixed(4)}, accuracy ${percent(accuracy)}, ${Math.round(imagesPerSecond)} images/s`;

/** Time to the end of the run, at the speed of the current epoch. All steps count as equally large. */
function remaining({ epoch, epochs, step, steps, secondsPerStep }: StepProgress): string {
  return duration(secondsPerStep * (steps - step + (epochs - epoch) * steps));
}
