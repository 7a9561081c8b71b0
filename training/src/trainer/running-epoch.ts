import type { Position } from '../checkpoint/index.js';
import type { StepResult } from '../engine/index.js';

/** The sums of the current epoch. The position in a checkpoint keeps them. */
export class RunningEpoch {
  readonly #epoch: number;
  readonly #secondsBefore: number;
  readonly #begin = performance.now();
  #stepInEpoch: number;
  #lossSum: number;
  #correct: number;
  #images: number;
  #imagesHere = 0;
  #stepsHere = 0;

  constructor(position: Position) {
    this.#epoch = position.epoch;
    this.#stepInEpoch = position.stepInEpoch;
    this.#lossSum = position.lossSum;
    this.#correct = position.correct;
    this.#images = position.images;
    this.#secondsBefore = position.seconds;
  }

  add({ loss, correct }: StepResult, count: number): void {
    this.#stepInEpoch++;
    this.#lossSum += loss * count;
    this.#correct += correct;
    this.#images += count;
    this.#imagesHere += count;
    this.#stepsHere++;
  }

  get stepInEpoch(): number {
    return this.#stepInEpoch;
  }

  get loss(): number {
    return this.#lossSum / this.#images;
  }

  get accuracy(): number {
    return this.#correct / this.#images;
  }

  get seconds(): number {
    return this.#secondsBefore + this.#secondsHere;
  }

  get imagesPerSecond(): number {
    return this.#imagesHere / this.#secondsHere;
  }

  get secondsPerStep(): number {
    return this.#secondsHere / this.#stepsHere;
  }

  position(): Position {
    return {
      epoch: this.#epoch,
      stepInEpoch: this.#stepInEpoch,
      lossSum: this.#lossSum,
      correct: this.#correct,
      images: this.#images,
      seconds: this.seconds,
    };
  }

  get #secondsHere(): number {
    return Math.max(1e-9, (performance.now() - this.#begin) / 1000);
  }
}

/** Where an epoch begins, after `epoch` complete ones. */
export const epochStart = (epoch: number): Position => ({
  epoch,
  stepInEpoch: 0,
  lossSum: 0,
  correct: 0,
  images: 0,
  seconds: 0,
});
