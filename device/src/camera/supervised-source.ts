import { asInkError, InkError } from '@inkcast/shared/errors';
import { type RetryDelays, retryDelayMs } from '../retry/index.js';
import type { CameraState, CameraStateName } from './camera-state.js';
import { type Clock, systemClock } from './clock.js';
import { type Complaint, complain } from './complaint.js';
import type { Frame } from './frame.js';
import type { FrameSink, FrameSource } from './frame-source.js';
import { FreezeDetector } from './freeze-detector.js';
import { shearedRowLength } from './row-shear.js';
import { SilenceAlarm } from './silence-alarm.js';

export interface SupervisionOptions {
  /** Milliseconds without a frame after which the source is restarted; 0 for never. */
  readonly silentAfter: number;
  /** Milliseconds of the same picture after which the source is restarted; 0 for never. */
  readonly frozenAfter: number;
  readonly retryDelays?: RetryDelays;
  /** Receives each change of state. */
  readonly report?: (state: CameraState) => void;
  readonly clock?: Clock;
  /** Uniform in [0, 1), for the jitter. */
  readonly random?: () => number;
}

const RETRY_DELAYS: RetryDelays = { firstMs: 250, maxMs: 30_000 };
/** Minimum milliseconds from the first frame of a run to its last after which the delays start anew. */
const GOOD_RUN_MS = 1000;
/** Milliseconds. If frames return within this time, the failure is not reported as a state. */
const RECOVERY_MS = 1000;
/** Time to stop a source and start a program on a slow machine. */
const TURN_ROUND_MS = 15_000;

/** A camera that is restarted, after a delay, whenever it fails, falls silent or freezes. */
export class SupervisedSource implements FrameSource {
  readonly #make: () => FrameSource;
  readonly #options: SupervisionOptions;
  readonly #clock: Clock;
  readonly #retryDelays: RetryDelays;
  readonly #random: () => number;
  /** Attempts that have failed since the last good run. */
  #failures = 0;
  readonly #freeze: FreezeDetector;
  #state: CameraStateName = 'stopped';
  #restarts = 0;
  #sequence = 0;
  #stopping = false;
  /** The last failure of a camera that may still recover, and the function that cancels its change of state. */
  #pending: { readonly failure: InkError; readonly drop: () => void } | undefined;
  /** Ends the current attempt or pause. */
  #interrupt: () => void = () => {};
  #running: Promise<void> | undefined;

  /** @param make creates a new source for each attempt, because a source runs once */
  constructor(make: () => FrameSource, options: SupervisionOptions) {
    this.#make = make;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#retryDelays = options.retryDelays ?? RETRY_DELAYS;
    this.#random = options.random ?? Math.random;
    this.#freeze = new FreezeDetector(options.frozenAfter, this.#clock);
  }

  /**
   * Maximum milliseconds without a frame or a state report while the supervision works; undefined if the source may be
   * quiet for ever.
   */
  get maxQuietMs(): number | undefined {
    const { silentAfter } = this.#options;
    return silentAfter === 0 ? undefined : silentAfter + this.#retryDelays.maxMs + TURN_ROUND_MS;
  }

  /** Resolves at once, even if the camera is not connected yet. Failures are reported as faults and states. */
  async start(sink: FrameSink): Promise<void> {
    this.#running = this.#run(sink);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#interrupt();
    await this.#running;
  }

  async #run(sink: FrameSink): Promise<void> {
    while (!this.#stopping) {
      const failure = await this.#attempt(sink);
      if (this.#stopping) break;
      if (failure === undefined) {
        this.#enter('ended');
        sink.end();
        return;
      }
      sink.fault(failure);
      this.#fail(failure);
      await this.#pause(retryDelayMs(++this.#failures, this.#retryDelays, this.#random));
      this.#restarts++;
    }
    this.#enter('stopped');
  }

  /** Runs a source once. @returns why it failed; `undefined` if it has played everything or was stopped */
  async #attempt(sink: FrameSink): Promise<InkError | undefined> {
    const source = this.#make();
    let firstFrame: number | undefined;
    let lastFrame = 0;
    const failure = await new Promise<InkError | undefined>((over) => {
      let running = true;
      const finish = (error?: InkError) => {
        running = false;
        alarm.disarm();
        over(error);
      };
      const alarm = new SilenceAlarm(this.#options.silentAfter, this.#clock, () =>
        finish(silent(this.#options, source.complaint)),
      );
      this.#interrupt = finish;
      this.#freeze.restart();
      if (this.#state !== 'frozen' && this.#pending === undefined) this.#enter('starting');
      alarm.arm();
      const frame = async (taken: Frame) => {
        if (!running) return;
        lastFrame = this.#clock.now();
        firstFrame ??= lastFrame;
        const verdict = this.#freeze.judge(taken);
        if (verdict === 'frozen') return finish(frozen(this.#options));
        if (shearedRowLength(taken) !== undefined) {
          // The next picture may be intact, and the camera is not silent.
          alarm.arm();
          return this.#missTorn(sink);
        }
        if (verdict === 'new' || this.#state !== 'frozen') this.#enter('running', this.#pending?.failure);
        await alarm.during(deliver(sink, { ...taken, sequence: this.#sequence++ }));
      };
      source.start({ frame, fault: (error) => sink.fault(error), end: finish }).catch((e) => finish(asInkError(e)));
    });
    await source.stop();
    // The time after the last frame does not count, because a camera may fall silent after its first frame.
    if (firstFrame !== undefined && lastFrame - firstFrame >= GOOD_RUN_MS) this.#failures = 0;
    return failure;
  }

  /** Skips a torn picture, which cannot be read, and reports the first one. */
  #missTorn(sink: FrameSink): void {
    if (this.#state === 'torn') return;
    const error = new InkError('INK_CAMERA_TORN', "The rows of the camera's picture shear.");
    sink.fault(error);
    this.#enter('torn', error);
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((over) => {
      const cancel = this.#clock.after(ms, over);
      this.#interrupt = () => {
        cancel();
        over();
      };
    });
  }

  /** Handles a failure. A camera that was running changes its state only if it does not recover in time. */
  #fail(failure: InkError): void {
    const name = stateAfter(failure);
    if (name !== 'restarting' || this.#state !== 'running') {
      this.#enter(name, failure);
      return;
    }
    const drop = this.#pending?.drop ?? this.#clock.after(RECOVERY_MS, () => this.#enter(name, this.#pending?.failure));
    this.#pending = { failure, drop };
  }

  /** A state with an error is reported even if the state has not changed. */
  #enter(name: CameraStateName, lastError?: InkError): void {
    this.#pending?.drop();
    this.#pending = undefined;
    if (name === this.#state && lastError === undefined) return;
    this.#state = name;
    const state = { name, since: new Date(), restarts: this.#restarts };
    this.#options.report?.(lastError === undefined ? state : { ...state, lastError });
  }
}

/** A failure of the sink is no reason to restart the camera, but it must be reported. */
async function deliver(sink: FrameSink, frame: Frame): Promise<void> {
  try {
    await sink.frame(frame);
  } catch (error) {
    sink.fault(asInkError(error));
  }
}

function stateAfter({ code }: InkError): CameraStateName {
  if (code === 'INK_CAMERA_SILENT') return 'silent';
  if (code === 'INK_CAMERA_TORN') return 'torn';
  return code === 'INK_CAMERA_FROZEN' ? 'frozen' : 'restarting';
}

function silent({ silentAfter }: SupervisionOptions, complaint: Complaint | undefined): InkError {
  return complain('INK_CAMERA_SILENT', `The camera has delivered no frame for ${silentAfter / 1000} s`, complaint);
}

function frozen({ frozenAfter }: SupervisionOptions): InkError {
  return new InkError(
    'INK_CAMERA_FROZEN',
    `The camera has delivered the same picture for more than ${frozenAfter / 1000} s.`,
  );
}
