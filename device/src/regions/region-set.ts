import type { AcceptedValue, FrameOutcome } from '@inkcast/reader/reading';
import type { LumaFrame } from '@inkcast/reader/vision';
import { FrameChanges } from './frame-changes.js';
import { Region, type RegionReading, type RegionSettings } from './region.js';

/** What became of a frame in one region. */
export interface RegionOutcome extends FrameOutcome {
  /** Undefined for the one region of a device that has no named ones. */
  readonly region: string | undefined;
}

export interface RegionSetOptions extends RegionReading {
  /** The first ones; no two have the same name. */
  readonly regions: readonly RegionSettings[];
  /** What was accepted last in a region, by an earlier run or before the region was taken away. */
  readonly remembered?: (name: string | undefined) => AcceptedValue | undefined;
}

/** All that is read of each frame: one region without a name, or several with names. */
export class RegionSet {
  readonly #options: RegionSetOptions;
  #regions: readonly Region[];

  constructor(options: RegionSetOptions) {
    this.#options = options;
    this.#regions = options.regions.map((settings) => new Region(settings, options));
  }

  /** In the order in which they are set. */
  get names(): readonly (string | undefined)[] {
    return this.#regions.map(({ name }) => name);
  }

  region(name: string | undefined): Region | undefined {
    return this.#regions.find((region) => region.name === name);
  }

  /** Other settings from the next frame on: regions come and go by their names. */
  adjust(settings: readonly RegionSettings[]): void {
    this.#regions = settings.map((one) => {
      const known = this.region(one.name);
      known?.adjust(one);
      return known ?? this.#begin(one);
    });
  }

  /** The next frames show something else in the same places. */
  lookAnew(): void {
    for (const region of this.#regions) region.lookAnew();
  }

  /** @throws InkError what vision or inference throws; the next frame can be taken all the same */
  take(frame: LumaFrame, capturedAt: Date, at: number): RegionOutcome[] {
    // A region that is alone compares what it looks at by itself, and more finely.
    const changes = this.#regions.length > 1 ? new FrameChanges(frame) : undefined;
    return this.#regions.map((region) => ({ region: region.name, ...region.take(frame, capturedAt, at, changes) }));
  }

  #begin(settings: RegionSettings): Region {
    const region = new Region(settings, this.#options);
    region.accept(this.#options.remembered?.(region.name));
    return region;
  }
}
