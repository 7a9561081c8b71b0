import type { FrameReading, Look, SteadyReading } from '@inkcast/reader/reading';
import { type Box, type LumaFrame, overlap } from '@inkcast/reader/vision';
import type { RegionOutcome } from '../regions/index.js';
import type { NewCrop, Reason } from './crop.js';
import { cropsOf } from './crops-of.js';
import { likeness, lookOf } from './look.js';
import { SAME_LIKENESS } from './look-alikes.js';

export interface CropFeedOptions {
  /** Whether crops are kept. */
  readonly enabled: () => boolean;
  readonly model: () => { readonly reference: string; readonly labels: readonly string[] };
  /** Puts crops into the queue. @throws InkError while the disk fails, which is among the problems */
  readonly add: (crops: readonly NewCrop[]) => Promise<number>;
  /** Milliseconds of a monotonic clock; default: those of this process. */
  readonly now?: () => number;
}

/** What was seen last in a region. */
interface Seen {
  readonly frame: LumaFrame & { readonly capturedAt: Date };
  readonly read: FrameReading;
}

/** A look that is worth a person's, and why. */
interface Found {
  readonly look: Look;
  readonly reason: Reason;
}

/** Below, the reader leaves a place out (`minDoubt` of the shipped judgement). */
const MIN_UNSURE = 0.1;
/** Above, fewer than one digit in ten is wrong: probabilities are calibrated. */
const MAX_UNSURE = 0.9;
/** Boxes of one place in two frames share more of their area than those of neighbours. */
const MIN_SAME_PLACE = 0.5;
/** A reading that is replaced sooner was hardly what was written. */
const MAX_AT_ONCE_MS = 3000;
/** Time between two frames that are looked at, and crops of each: nobody labels more. */
const SPACING_MS = 1000;
const MAX_CROPS = 8;
/** Crops that were offered are not offered again at once: a still scene is the same in each frame. */
const MAX_REMEMBERED = 64;
const REMEMBERED_MS = 60_000;

/**
 * Finds in the frames that are read what is worth a person's look. A frame costs some comparisons of numbers; pictures are
 * made after it, in other threads, of one frame a second at most, and what comes meanwhile is left out.
 */
export class CropFeed {
  readonly #options: CropFeedOptions;
  readonly #seen = new Map<string | undefined, Seen>();
  readonly #changes = new Map<string | undefined, { readonly text: string; readonly at: number }>();
  #offered: { readonly look: Float32Array; readonly at: number }[] = [];
  #busy: Promise<void> | undefined;
  #last = Number.NEGATIVE_INFINITY;

  constructor(options: CropFeedOptions) {
    this.#options = options;
  }

  /** To be told each frame that was read, with what became of it in each region. */
  take(frame: Seen['frame'], outcomes: readonly RegionOutcome[]): void {
    if (!this.#options.enabled()) {
      this.#seen.clear();
      return;
    }
    const now = this.#now();
    for (const outcome of outcomes) {
      const { region, read, change } = outcome;
      const before = this.#seen.get(region);
      if (read !== undefined) this.#seen.set(region, { frame, read });
      const seen = this.#seen.get(region);
      if (seen === undefined) continue;
      const reason = change === undefined ? undefined : this.#reasonOf(region, change, now);
      const found = [
        ...(change === undefined || reason === undefined ? [] : partOf(seen.read.looks, change.digits, reason)),
        ...(read === undefined ? [] : [...disagreements(read, before?.read), ...unsure(read.looks)]),
      ];
      if (found.length > 0) this.#offer(found, seen, region, now);
    }
  }

  /**
   * Crops of all that is seen now, in every region.
   *
   * @param look finds more than was seen; boxes are in pixels of the frame
   */
  async inView(look?: (frame: LumaFrame, region: string | undefined) => readonly Look[]): Promise<readonly NewCrop[]> {
    const all = [...this.#seen].map(([region, seen]) => {
      const looks = look?.(seen.frame, region) ?? seen.read.looks.filter(({ confidence }) => confidence >= MIN_UNSURE);
      return this.#cropsOf(
        looks.map((one) => ({ look: one, reason: 'asked' })),
        seen,
        region,
      );
    });
    return (await Promise.all(all)).flat();
  }

  /** Resolves when what was found is in the queue. */
  async idle(): Promise<void> {
    await this.#busy;
  }

  /** Why a change of the stable reading is worth a look; undefined for one that is not. */
  #reasonOf(region: string | undefined, { text, refusal }: SteadyReading, now: number): Reason | undefined {
    const before = this.#changes.get(region);
    this.#changes.set(region, { text, at: now });
    if (refusal !== undefined) return 'rejected';
    if (before === undefined || before.text === '' || text === '' || before.text === text) return undefined;
    return now - before.at < MAX_AT_ONCE_MS ? 'changed' : undefined;
  }

  #offer(found: readonly Found[], seen: Seen, region: string | undefined, now: number): void {
    if (this.#busy !== undefined || now - this.#last < SPACING_MS) return;
    const fresh = this.#freshOf(found, now);
    if (fresh.length === 0) return;
    this.#last = now;
    this.#busy = this.#cropsOf(fresh, seen, region)
      .then(this.#options.add)
      .then(
        () => {},
        () => {},
      )
      .finally(() => {
        this.#busy = undefined;
      });
  }

  /** Those that nothing alike was offered of lately. */
  #freshOf(found: readonly Found[], now: number): readonly Found[] {
    this.#offered = this.#offered.filter(({ at }) => now - at < REMEMBERED_MS).slice(-MAX_REMEMBERED);
    const fresh: Found[] = [];
    for (const one of found) {
      if (fresh.length === MAX_CROPS) break;
      const look = lookOf(one.look.crop);
      if (this.#offered.some((offered) => likeness(offered.look, look) >= SAME_LIKENESS)) continue;
      this.#offered.push({ look, at: now });
      fresh.push(one);
    }
    return fresh;
  }

  async #cropsOf(found: readonly Found[], { frame }: Seen, region: string | undefined): Promise<readonly NewCrop[]> {
    const { reference, labels } = this.#options.model();
    const crops = found.map(({ look, reason }) =>
      cropsOf([look], frame, {
        takenAt: frame.capturedAt,
        origin: 'camera',
        reason,
        region,
        model: reference,
        labels,
      }),
    );
    return (await Promise.all(crops)).flat();
  }

  #now(): number {
    return (this.#options.now ?? (() => performance.now()))();
  }
}

/** Those that may or may not be a digit, or another one. */
export function unsureLooks(looks: readonly Look[]): Look[] {
  return looks.filter(({ confidence }) => confidence >= MIN_UNSURE && confidence < MAX_UNSURE);
}

const unsure = (looks: readonly Look[]): Found[] => unsureLooks(looks).map((look) => ({ look, reason: 'unsure' }));

/** Those whose place showed another digit in the frame before. */
function disagreements({ reading, looks }: FrameReading, before: FrameReading | undefined): Found[] {
  if (before === undefined || before.reading.text === reading.text) return [];
  const other = reading.digits.filter(({ digit, box }) =>
    before.reading.digits.some((one) => one.digit !== digit && overlap(one.box, box) >= MIN_SAME_PLACE),
  );
  return partOf(looks, other, 'disagreement');
}

/** The looks at certain places. */
function partOf(looks: readonly Look[], places: readonly { readonly box: Box }[], reason: Reason): Found[] {
  return looks
    .filter((look) => places.some(({ box }) => overlap(box, look.box) >= MIN_SAME_PLACE))
    .map((look) => ({ look, reason }));
}
