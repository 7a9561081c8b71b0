import { duration, percent, type Terminal } from '@inkcast/shared/cli';
import cliProgress, { type SingleBar } from 'cli-progress';
import type { EpochRecord } from '../checkpoint/index.js';
import type { StepProgress, TrainingObserver } from '../trainer/index.js';

/** Seconds between two lines within an epoch where nobody watches. */
const LINE_EVERY = 15;

/** Shows a run's progress: a bar where a person watches, otherwise a line now and then; a line for every epoch. */
export class TrainingProgress implements TrainingObserver {
  readonly #terminal: Terminal;
  readonly #epochs: number;
  #bar: SingleBar | undefined;
  #lastLine = performance.now();

  constructor(terminal: Terminal, epochs: number) {
    this.#terminal = terminal;
    this.#epochs = epochs;
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
        : `, validation loss ${validationLoss.toFixed(4)}, accuracy ${percent(validationAccuracy)}`;
    this.#terminal.note(
      `epoch ${epoch}/${this.#epochs}: ${figures({ loss, accuracy, imagesPerSecond })}${validation}, ${seconds.toFixed(1)} s`,
    );
  }

  /** Takes the bar away, whatever happened. */
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

/** Time to the end of the run at the epoch's pace so far; a step is taken to hold as many pictures as any other. */
function remaining({ epoch, epochs, step, steps, secondsPerStep }: StepProgress): string {
  return duration(secondsPerStep * (steps - step + (epochs - epoch) * steps));
}
