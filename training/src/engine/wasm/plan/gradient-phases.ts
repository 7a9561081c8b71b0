/** Every `stride`-th pixel of one axis of a convolution's input: the same taps reach all of them. */
export interface GradientPhase {
  /** The first of the pixels, and how many there are. */
  readonly first: number;
  readonly pixels: number;
  /** The taps that reach them, from last to first; none where the stride is longer than the window. */
  readonly taps: readonly number[];
  /** The slope that the first pixel meets under the first of these taps, and the next under the next; may lie outside. */
  readonly slope: number;
}

/**
 * An input pixel x gets gradient through each tap t whose output (x + before - t) / stride is a whole number: which
 * taps these are depends only on what is left of x by the stride.
 *
 * @param before pixels of padding before the first
 */
export function gradientPhases(size: number, stride: number, taps: number, before: number): readonly GradientPhase[] {
  return Array.from({ length: Math.min(stride, size) }, (_, first) => {
    const reaching = Array.from({ length: taps }, (_, tap) => taps - 1 - tap).filter(
      (tap) => Math.abs(first + before - tap) % stride === 0,
    );
    const slope = reaching.length === 0 ? 0 : (first + before - reaching[0]) / stride;
    return { first, pixels: Math.ceil((size - first) / stride), taps: reaching, slope };
  });
}

/** Pixels that must lie before and after `slopes` slopes of one axis, for all phases to find zeros there. */
export function phasePadding(
  phases: readonly GradientPhase[],
  slopes: number,
): { readonly before: number; readonly after: number } {
  const ends = phases.map(({ slope, pixels, taps }) => slope + pixels + taps.length - 1);
  return {
    before: Math.max(0, ...phases.map(({ slope }) => -slope)),
    after: Math.max(0, ...ends.map((end) => end - slopes)),
  };
}
