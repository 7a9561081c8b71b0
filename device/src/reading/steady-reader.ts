import { isDeepStrictEqual } from 'node:util';
import { READER_NUMBERS } from '../numbers/index.js';
import type { LumaFrame, View } from '../vision/index.js';
import { BlockMeans } from './block-means.js';
import { type Expectation, type ExpectationSetting, expectationOf } from './expect/index.js';
import type { FrameReader, FrameReading } from './frame-reader.js';
import { type ReadingRules, readingRulesSchema } from './reading-rules.js';
import { DEFAULT_TRACKING, ReadingTracker, type StableReading, type TrackerOptions } from './reading-tracker.js';
import { type AcceptedValue, RuleKeeper, type Verdict } from './rule-keeper.js';
import { boxesInFrame, inFrameCoordinates } from './view-coordinates.js';

export interface SteadyReaderOptions {
  /** What is not given is as in `DEFAULT_TRACKING`. */
  readonly tracking?: Partial<TrackerOptions>;
  readonly rules?: ReadingRules | undefined;
  /** The form that each frame's reading is known to have; default any. */
  readonly expect?: ExpectationSetting | undefined;
  /** What is read of each frame; default all of it. */
  readonly look?: (frame: LumaFrame) => View;
}

/** A change of what is steadily in view, to be published; boxes are in pixels of the whole frame. */
export interface SteadyReading extends StableReading, Verdict {}

/** What became of one frame. */
export interface FrameOutcome {
  /** What the frame itself says; undefined where it was not read, since nothing in it had changed. */
  readonly read: FrameReading | undefined;
  /** Present where something is to be published: a new reading, or one that was refused and now is accepted. */
  readonly change: SteadyReading | undefined;
}

const NO_RULES = readingRulesSchema.parse({});

/** When a frame was taken, by the calendar and by a clock that only grows. */
interface FrameTime {
  readonly capturedAt: Date;
  readonly at: number;
}

/**
 * Reads the frames of one camera, one after the other: leaves out those in which nothing has changed, follows what is
 * read across frames, and holds what is steady against the rules. Rows and tracks are those of the view, since a page
 * that stands askew in the frame is upright there. It does not own the frame reader.
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
  /** How boxes of the view are placed in the frame, as of the last frame that was looked at. */
  #toFrame: View['toFrame'] = (box) => box;
  #stable: StableReading | undefined;
  #refused = false;
  /** Whether what is steady is to be published once more, since it is judged or located otherwise. */
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
   * Other settings from the next frame on; what is steadily in view stays so, and is held against new rules at once. Where
   * another form is expected, each digit is looked for anew.
   */
  adjust({ tracking, rules, expect }: Pick<SteadyReaderOptions, 'tracking' | 'rules' | 'expect'>): void {
    this.#tracker.adjust({ ...DEFAULT_TRACKING, ...tracking });
    if (!isDeepStrictEqual(expect, this.#expect)) {
      this.#expectOf(expect);
      this.lookAnew();
    }
    if (isDeepStrictEqual(rules, this.#rules)) return;
    this.#rules = rules;
    this.#keeper.adjust(rules ?? NO_RULES);
    this.#again = this.#stable !== undefined;
  }

  /** The last reading that no rule refused. */
  get accepted(): AcceptedValue | undefined {
    return this.#keeper.accepted;
  }

  /** Holds what is in view, and what comes next, against another value; undefined: against none. */
  accept(value: AcceptedValue | undefined): void {
    this.#keeper.accept(value);
    this.#again = this.#stable !== undefined;
  }

  /** The next frames show another part of what the camera sees: places in the view mean nothing any more. */
  lookAnew(): void {
    this.#lastRead = undefined;
    this.#tracker.forgetPlaces();
  }

  /**
   * @param at when the frame was taken, in milliseconds of a clock that only grows: all times are counted by it; without
   *   it `capturedAt` must never jump
   * @throws InkError what vision or inference throws; the next frame can be taken all the same
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
   * As `take`, for a frame of which is known that what was read last has not changed in it.
   *
   * @returns undefined where the frame is to be read all the same: what was seen is not settled, or too long ago
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

  /** What was read last, where a frame that does not differ from it need not be read. */
  #settledBlocks(at: number): BlockMeans | undefined {
    const last = this.#lastRead;
    if (last === undefined || !this.#tracker.settled) return undefined;
    const age = at - last.at;
    return age >= 0 && age < READER_NUMBERS.readAgain.value ? last.blocks : undefined;
  }

  /** @param changed the tracker's new reading, where this frame brought one */
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
