import { BlockMeans, type ChangeMask } from '@inkcast/reader/reading';
import type { LumaFrame } from '@inkcast/reader/vision';

/** Where one frame differs from earlier ones: its block means, and each comparison, are worked out once, and if asked for. */
export class FrameChanges {
  readonly #frame: LumaFrame;
  readonly #masks = new Map<BlockMeans, ChangeMask>();
  #blocks: BlockMeans | undefined;

  constructor(frame: LumaFrame) {
    this.#frame = frame;
  }

  get blocks(): BlockMeans {
    this.#blocks ??= BlockMeans.of(this.#frame);
    return this.#blocks;
  }

  since(earlier: BlockMeans): ChangeMask {
    const known = this.#masks.get(earlier) ?? this.blocks.since(earlier);
    this.#masks.set(earlier, known);
    return known;
  }
}
