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
  /** Is told each change of state. */
  readonly report?: (state: CameraState) => void;
  readonly clock?: Clock;
  /** Uniform in [0, 1), for the jitter. */
  readonly random?: () => number;
}

const RETRY_DELAYS: RetryDelays = { firstMs: 250, maxMs: 30_000 };
/** Milliseconds from the first frame of a run to its last that make it a good one: the pauses begin anew. */
const GOOD_RUN_MS = 1000;
/** Milliseconds: a camera that gives frames again within them has been running all along. */
const RECOVERY_MS = 1000;
/** For a source to be stopped, and a program to be started, on a slow machine. */
const TURN_ROUND_MS = 15_000;

/** A camera that is started again, after a pause, whenever it fails, falls silent or freezes. */
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
  /** The last failure of a camera that may recover before it counts, and what drops the change of state. */
  #pending: { readonly failure: InkError; readonly drop: () => void } | undefined;
  /** Ends what is waited for: the attempt that runs, or the pause. */
  #interrupt: () => void = () => {};
  #running: Promise<void> | undefined;

  /** @param make a fresh source for each attempt, since a source runs once */
  constructor(make: () => FrameSource, options: SupervisionOptions) {
    this.#make = make;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#retryDelays = options.retryDelays ?? RETRY_DELAYS;
    this.#random = options.random ?? Math.random;
    this.#freeze = new FreezeDetector(options.frozenAfter, this.#clock);
  }

  /**
   * Milliseconds within which a frame comes or a state is reported, as long as the supervision itself works; undefined
   * for a source that may be quiet for ever.
   */
  get maxQuietMs(): number | undefined {
    const { silentAfter } = this.#options;
    return silentAfter === 0 ? undefined : silentAfter + this.#retryDelays.maxMs + TURN_ROUND_MS;
  }

  /** Resolves at once: a camera that is not there yet is waited for. Its failures come as faults and states. */
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

  /** One run of a source. @returns why it failed; `undefined` where it has played all it has, or is to stop */
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
          // The next picture may be whole, and this one is no silence.
          alarm.arm();
          return this.#missTorn(sink);
        }
        if (verdict === 'new' || this.#state !== 'frozen') this.#enter('running', this.#pending?.failure);
        await alarm.during(deliver(sink, { ...taken, sequence: this.#sequence++ }));
      };
      source.start({ frame, fault: (error) => sink.fault(error), end: finish }).catch((e) => finish(asInkError(e)));
    });
    await source.stop();
    // The time after the last frame does not count: a camera may fall silent after its first.
    if (firstFrame !== undefined && lastFrame - firstFrame >= GOOD_RUN_MS) this.#failures = 0;
    return failure;
  }

  /** Leaves out a picture that nothing could be read of, and says so once. */
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

  /** The source has failed: a camera that ran changes its state only when it has not recovered in time. */
  #fail(failure: InkError): void {
    const name = stateAfter(failure);
    if (name !== 'restarting' || this.#state !== 'running') {
      this.#enter(name, failure);
      return;
    }
    const drop = this.#pending?.drop ?? this.#clock.after(RECOVERY_MS, () => this.#enter(name, this.#pending?.failure));
    this.#pending = { failure, drop };
  }

  /** A state with an error is told even where it is the one before. */
  #enter(name: CameraStateName, lastError?: InkError): void {
    this.#pending?.drop();
    this.#pending = undefined;
    if (name === this.#state && lastError === undefined) return;
    this.#state = name;
    const state = { name, since: new Date(), restarts: this.#restarts };
    this.#options.report?.(lastError === undefined ? state : { ...state, lastError });
  }
}

/** The sink's own failure is no reason to restart the camera, but must not go unseen. */
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
