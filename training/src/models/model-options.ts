/** The options of every model. */
export interface ModelOptions {
  /** Height, width, channels of one picture. */
  readonly inputShape: readonly [number, number, number];
  readonly classes: number;
  /** Factor of every layer's channels; 1 is the model as documented. */
  readonly width: number;
  /** Factor of the number of repeated blocks; 1 is the model as documented. */
  readonly depth: number;
}

/** MNIST's pictures and classes, and the documented size. */
export const DEFAULT_MODEL_OPTIONS: ModelOptions = { inputShape: [28, 28, 1], classes: 10, width: 1, depth: 1 };

/** Channels after the width factor: to the nearest multiple of eight, which the kernels' panels hold; at least eight. */
export const scaledChannels = (channels: number, width: number): number =>
  width === 1 ? channels : Math.max(8, Math.round((channels * width) / 8) * 8);

/** Blocks after the depth factor, at least one. */
export const scaledBlocks = (blocks: number, depth: number): number => Math.max(1, Math.round(blocks * depth));
