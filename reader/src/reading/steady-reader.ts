import { READER_NUMBERS } from '../numbers/index.js';
import type { LumaFrame, View } from '../vision/index.js';
import { BlockMeans } from './block-means.js';
import { type Expectation, type ExpectationSetting, expectationOf } from './expect/index.js';
import type { FrameReader, FrameReading } from './frame-reader.js';
import { type ReadingRules, readingRulesSchema } from './reading-rules.js';
import { DEFAULT_TRACKING, ReadingTracker, type StableReading, type TrackerOptions } from './reading-tracker.js';
import { type AcceptedValue, RuleKeeper, type Verdict } from './rule-keeper.js';
import { isSameSetting } from './same-setting.js';
import { boxesInFrame, inFrameCoordinates } from './view-coordinates.js';

export interface SteadyReaderOptions {
  /** Missing values are those of `DEFAULT_TRACKING`. */
  readonly tracking?: Partial<TrackerOptions>;
  readonly rules?: ReadingRules | undefined;
  /** The form that the reading of each frame must have; default any. */
  readonly expect?: ExpectationSetting | undefined;
  /** The part of each frame that is read; default all of it. */
  readonly look?: (frame: LumaFrame) => View;
}

/** A change of the stable reading, to be published; boxes are in pixels of the whole frame. */
export interface SteadyReading extends StableReading, Verdict {}

/** The result of one frame. */
export interface FrameOutcome {
  /** The reading of this frame alone; undefined if the frame was not read because nothing had changed. */
  readonly read: FrameReading | undefined;
  /** Present if there is something to publish: a new reading, or a refused one that is accepted now. */
  readonly change: SteadyReading | undefined;
}

const NO_RULES = readingRulesSchema.parse({});

/** When a frame was taken, by the date and by a monotonic clock. */
interface FrameTime {
  readonly capturedAt: Date;
  readonly at: number;
}

/**
 * Reads the frames of one camera, one after the other. It skips frames without a change, tracks readings across frames,
 * and checks stable readings against the rules. Rows and tracks are in coordinates of the view, where a page that is
 * tilted in the frame stands upright. The caller owns the frame reader.
 */
export class SteadyReader {
  readonly #reader: Pick<FrameReader, 'read'>;
  readonly #tracker: ReadingTracker;
  #rules: ReadingRules | undefined;
  readonly #keeper: RuleKeeper;
  #expect: ExpectationSetting | undefined;
  #expectation: Expectation | undefined;
  readonly #look: (frame: LumaFrame) => View;
  #lastRead: { readonly blocks: BlockMeans; readonly at: number } | undefined;
  /** Maps boxes of the view to the frame, as of the last frame that was looked at. */
  #toFrame: View['toFrame'] = (box) => box;
  #stable: StableReading | undefined;
  #refused = false;
  /** Whether the stable reading must be published again, because its verdict or its place has changed. */
  #again = false;

  constructor(reader: Pick<FrameReader, 'read'>, options: SteadyReaderOptions = {}) {
    this.#reader = reader;
    this.#tracker = new ReadingTracker({ ...DEFAULT_TRACKING, ...options.tracking });
    this.#rules = options.rules;
    this.#keeper = new RuleKeeper(options.rules ?? NO_RULES);
    this.#expectOf(options.expect);
    this.#look = options.look ?? ((frame) => ({ frame, toFrame: (box) => box }));
  }

  /**
   * Uses other settings from the next frame on. The stable reading stays and is checked against new rules at once. If
   * the expected form has changed, all tracks start anew.
   */
  adjust({ tracking, rules, expect }: Pick<SteadyReaderOptions, 'tracking' | 'rules' | 'expect'>): void {
    this.#tracker.adjust({ ...DEFAULT_TRACKING, ...tracking });
    if (!isSameSetting(expect, this.#expect)) {
      this.#expectOf(expect);
      this.lookAnew();
    }
    if (isSameSetting(rules, this.#rules)) return;
    this.#rules = rules;
    this.#keeper.adjust(rules ?? NO_RULES);
    this.#again = this.#stable !== undefined;
  }

  /** The last reading that no rule refused. */
  get accepted(): AcceptedValue | undefined {
    return this.#keeper.accepted;
  }

  /** Compares this reading and later ones with another value, or with none if it is undefined. */
  accept(value: AcceptedValue | undefined): void {
    this.#keeper.accept(value);
    this.#again = this.#stable !== undefined;
  }

  /**
   * Starts anew because the next frames show another part of the camera's picture, so that positions in the view have
   * another meaning.
   */
  lookAnew(): void {
    this.#lastRead = undefined;
    this.#tracker.forgetPlaces();
  }

  /**
   * @param at when the frame was taken, in milliseconds of a monotonic clock. All times are measured by it; without it,
   * `capturedAt` must never jump.
   * @throws InkError what vision or inference throws; the next frame can still be taken
   */
  take(frame: LumaFrame, capturedAt: Date, at = capturedAt.getTime()): FrameOutcome {
    const view = this.#look(frame);
    this.#toFrame = view.toFrame;
    const grid = BlockMeans.of(view.frame);
    const before = this.#settledBlocks(at);
    if (before !== undefined && !grid.since(before).any) {
      this.#tracker.keep(at, grid);
      return { read: undefined, change: this.#judge(undefined, { capturedAt, at }) };
    }
    const read = this.#reader.read(view.frame, { expectation: this.#expectation });
    this.#lastRead = { blocks: grid, at };
    const stable = this.#tracker.update(read.reading, capturedAt, grid, at);
    return { read: inFrameCoordinates(view, read), change: this.#judge(stable, { capturedAt, at }) };
  }

  /**
   * Like `take`, for a frame that is known to show no change since the last reading.
   *
   * @returns undefined if the frame must be read anyway, because the reading is not settled or too old
   */
  rest(capturedAt: Date, at: number): FrameOutcome | undefined {
    const before = this.#settledBlocks(at);
    if (before === undefined) return undefined;
    this.#tracker.keep(at, before);
    return { read: undefined, change: this.#judge(undefined, { capturedAt, at }) };
  }

  #expectOf(setting: ExpectationSetting | undefined): void {
    this.#expect = setting;
    this.#expectation = setting === undefined ? undefined : expectationOf(setting);
  }

  /** The block means of the last frame that was read, if an unchanged frame need not be read. */
  #settledBlocks(at: number): BlockMeans | undefined {
    const last = this.#lastRead;
    if (last === undefined || !this.#tracker.settled) return undefined;
    const age = at - last.at;
    return age >= 0 && age < READER_NUMBERS.readAgain.value ? last.blocks : undefined;
  }

  /** @param changed the tracker's new reading, if this frame brought one */
  #judge(changed: StableReading | undefined, { capturedAt, at }: FrameTime): SteadyReading | undefined {
    this.#stable = changed ?? this.#stable;
    if (this.#stable === undefined) return undefined;
    const verdict = this.#keeper.judge(this.#stable.text, capturedAt, at);
    const isChange = changed !== undefined || this.#again || (this.#refused && verdict.refusal === undefined);
    this.#again = false;
    this.#refused = verdict.refusal !== undefined;
    if (!isChange) return undefined;
    return { ...this.#stable, digits: boxesInFrame(this.#toFrame, this.#stable.digits), ...verdict };
  }
}
