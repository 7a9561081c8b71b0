import { isDeepStrictEqual } from 'node:util';
import {
  type AcceptedValue,
  type BlockMeans,
  type ExpectationSetting,
  type FrameOutcome,
  type ReadingRules,
  SteadyReader,
  type TrackerOptions,
} from '@inkcast/reader/reading';
import { boxOf, type LumaFrame, type View, type ViewArea } from '@inkcast/reader/vision';
import type { FrameChanges } from './frame-changes.js';

/** What is read of each frame, and how. */
export interface RegionSettings {
  /** Undefined for the one region of a device that has no named ones. */
  readonly name: string | undefined;
  readonly area: ViewArea;
  readonly tracking: TrackerOptions;
  readonly rules: ReadingRules | undefined;
  readonly expect: ExpectationSetting | undefined;
}

/** What regions are read with. It belongs to someone else. */
export interface RegionReading {
  readonly reader: ConstructorParameters<typeof SteadyReader>[0];
  /** @throws InkError INK_VISION_FAILED */
  readonly look: (frame: LumaFrame, area: ViewArea) => View;
  /** Where an area is now, where the view has moved since it was set; default where it was. */
  readonly follow?: (area: ViewArea) => ViewArea;
}

/** One part of the frame, with a reading of its own. */
export class Region {
  readonly name: string | undefined;
  readonly #reader: SteadyReader;
  readonly #follow: (area: ViewArea) => ViewArea;
  #area: ViewArea;
  /** The whole frame in which the region was read last. */
  #readIn: BlockMeans | undefined;

  constructor({ name, area, ...settings }: RegionSettings, { reader, look, follow }: RegionReading) {
    this.name = name;
    this.#area = area;
    this.#follow = follow ?? ((same) => same);
    this.#reader = new SteadyReader(reader, { ...settings, look: (frame) => look(frame, this.#follow(this.#area)) });
  }

  /** The last reading that no rule refused. */
  get accepted(): AcceptedValue | undefined {
    return this.#reader.accepted;
  }

  /** Holds what is in view, and what comes next, against another value; undefined: against none. */
  accept(value: AcceptedValue | undefined): void {
    this.#reader.accept(value);
  }

  /** Other settings from the next frame on. */
  adjust({ name: _, area, ...settings }: RegionSettings): void {
    this.#reader.adjust(settings);
    if (isDeepStrictEqual(area, this.#area)) return;
    this.#area = area;
    this.lookAnew();
  }

  /** The next frames show another part of what the camera sees. */
  lookAnew(): void {
    this.#readIn = undefined;
    this.#reader.lookAnew();
  }

  /**
   * @param changes of the frame, where it is worth asking for them before the region is looked at: where others ask too
   * @throws InkError what vision or inference throws; the next frame can be taken all the same
   */
  take(frame: LumaFrame, capturedAt: Date, at: number, changes: FrameChanges | undefined): FrameOutcome {
    const rested =
      changes !== undefined && this.#isStill(frame, changes) ? this.#reader.rest(capturedAt, at) : undefined;
    if (rested !== undefined) return rested;
    const outcome = this.#reader.take(frame, capturedAt, at);
    if (outcome.read !== undefined) this.#readIn = changes?.blocks;
    return outcome;
  }

  #isStill(frame: LumaFrame, changes: FrameChanges): boolean {
    return (
      this.#readIn !== undefined && changes.since(this.#readIn).share(boxOf(this.#follow(this.#area), frame)) === 0
    );
  }
}
