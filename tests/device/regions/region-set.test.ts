import assert from 'node:assert/strict';
import { RegionSet, type RegionSettings } from '@inkcast/device/regions';
import { openVision } from '@inkcast/device/vision';
import { type AcceptedValue, DEFAULT_TRACKING, type FrameReading, readingRulesSchema } from '@inkcast/reader/reading';
import { type Box, type LumaFrame, type VisionOperations, viewOf } from '@inkcast/reader/vision';
import { FRAME, paper } from '../../reader/reading/support/paper.js';
import { digitsOf, moment, readingOf } from '../../reader/reading/support/readings.js';

const FRAME_MS = 100;
const mark = (x: number): Box => ({ x, y: 200, width: 36, height: 60 });

const SEEDS = 3;
const papers = new Map<string, LumaFrame>();

/** Paper with noise that is another one in each of a few frames: papers take longer to make than to look at. */
function noisyPaper(marks: readonly Box[], frame: number): LumaFrame {
  const key = JSON.stringify([marks, frame % SEEDS]);
  const made = papers.get(key) ?? paper({ marks, noise: 2, seed: 1 + (frame % SEEDS) });
  papers.set(key, made);
  return made;
}

/** A region from one share of the frame's width to another. */
function settings(name: string, from: number, to: number, more: Partial<RegionSettings> = {}): RegionSettings {
  const area = { regionOfInterest: { x: from, y: 0, width: to - from, height: 1 } };
  return { name, area, tracking: DEFAULT_TRACKING, rules: undefined, expect: undefined, ...more };
}

/** Reads an 8 wherever there is ink; whether digits are read rightly is tested elsewhere. */
class Board {
  readonly regions: RegionSet;
  /** What was published, as `region: text`. */
  readonly published: string[] = [];
  /** How often a view of each width was read. */
  readonly reads = new Map<number, number>();
  #at = 0;

  constructor(
    operations: VisionOperations,
    regions: readonly RegionSettings[],
    remembered?: (name: string | undefined) => AcceptedValue | undefined,
  ) {
    const read = ({ width, gray }: LumaFrame): FrameReading => {
      this.reads.set(width, (this.reads.get(width) ?? 0) + 1);
      const digits = gray.some((level) => level < 80) ? digitsOf('8', { x: 20, y: 200, height: 60 }) : [];
      return { reading: readingOf(digits), looks: [], elapsedMs: { vision: 1, inference: 1 } };
    };
    this.regions = new RegionSet({
      regions,
      reader: { read },
      look: (frame, area) => viewOf(operations, frame, area),
      ...(remembered === undefined ? {} : { remembered }),
    });
  }

  show(marks: readonly Box[], frames: number): this {
    for (let frame = 0; frame < frames; frame++) {
      this.#at += FRAME_MS;
      for (const { region, change } of this.regions.take(noisyPaper(marks, frame), moment(this.#at), this.#at)) {
        if (change !== undefined) this.published.push(`${region}: ${change.refusal?.rule ?? change.text}`);
      }
    }
    return this;
  }

  readsOf(share: number): number {
    return this.reads.get(Math.round(share * FRAME.width)) ?? 0;
  }
}

describe('named regions', () => {
  let operations: VisionOperations;

  before(async () => {
    operations = await openVision('wasm', () => {});
  });

  it('are read each by itself, and only where something has changed in them', () => {
    const board = new Board(operations, [settings('left', 0, 0.4), settings('right', 0.4, 1)]);
    board.show([mark(100)], 20);
    assert.deepEqual(board.published, ['left: 8']);
    const before = [board.readsOf(0.4), board.readsOf(0.6)];
    board.show([mark(100), mark(500)], 15);
    assert.deepEqual(board.published, ['left: 8', 'right: 8']);
    assert.equal(board.readsOf(0.4), before[0]);
    assert.ok(board.readsOf(0.6) > before[1]);
    const settled = [...board.reads.values()];
    board.show([mark(100), mark(500)], 20);
    assert.deepEqual([...board.reads.values()], settled);
    board.show([mark(500)], 20);
    assert.deepEqual(board.published, ['left: 8', 'right: 8', 'left: ']);
  });

  it('are read again after a while, though nothing has changed', () => {
    const board = new Board(operations, [settings('left', 0, 0.4), settings('right', 0.4, 1)]).show([], 20);
    const before = board.readsOf(0.4);
    board.show([], 60);
    assert.ok(board.readsOf(0.4) > before);
  });

  it('have boxes in pixels of the whole frame, also where a change is published without a look at the frame', () => {
    const board = new Board(operations, [settings('left', 0, 0.4), settings('right', 0.4, 1)]).show([mark(500)], 20);
    board.regions.region('right')?.accept({ digits: '8', capturedAt: moment(0) });
    const outcomes = board.regions.take(paper({ marks: [mark(500)] }), moment(2100), 2100);
    const { read, change } = outcomes[1];
    assert.equal(read, undefined);
    assert.deepEqual(change?.digits[0].box, { x: 20 + 0.4 * FRAME.width, y: 200, width: 36, height: 60 });
  });

  it('have rules of their own, and a last accepted reading each', () => {
    const rules = readingRulesSchema.parse({ digitCount: 2 });
    const board = new Board(operations, [settings('left', 0, 0.4, { rules }), settings('right', 0.4, 1)]);
    board.show([mark(100), mark(500)], 20);
    assert.deepEqual(board.published.toSorted(), ['left: digit-count', 'right: 8']);
    assert.deepEqual(
      ['left', 'right'].map((name) => board.regions.region(name)?.accepted?.digits),
      [undefined, '8'],
    );
  });

  it('come, move and go while frames are read; those that stay are not read anew', () => {
    const accepted = { digits: '7', capturedAt: moment(0) };
    const board = new Board(operations, [settings('left', 0, 0.4), settings('right', 0.4, 1)], (name) =>
      name === 'middle' ? accepted : undefined,
    );
    board.show([mark(100), mark(300)], 20);
    assert.deepEqual(board.published.splice(0).toSorted(), ['left: 8', 'right: 8']);
    const before = board.readsOf(0.4);
    board.regions.adjust([settings('left', 0, 0.4), settings('middle', 0.42, 0.7)]);
    assert.deepEqual(board.regions.names, ['left', 'middle']);
    assert.deepEqual(board.regions.region('middle')?.accepted, accepted);
    board.show([mark(100), mark(300)], 20);
    assert.deepEqual(board.published.splice(0), ['middle: 8']);
    assert.equal(board.readsOf(0.4), before);
    board.regions.adjust([settings('left', 0, 0.1), settings('middle', 0.42, 0.7)]);
    board.show([mark(100), mark(300)], 20);
    assert.deepEqual(board.published, ['left: ']);
  });
});
