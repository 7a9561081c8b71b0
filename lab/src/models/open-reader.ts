import { join } from 'node:path';
import { type DigitEngine, openDigitEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import type { VisionBuild } from '@inkcast/reader/vision';
import type { SpotterSize } from '@inkcast/shared/bundle';

/** The reader to measure. */
export interface ReaderChoice {
  /** Folder of a bundle; default: the bundle that INKCAST_BENCH_MODEL names, or the shipped one. */
  readonly bundle?: string | undefined;
  /** Default: the device's default. */
  readonly spotter?: SpotterSize | undefined;
  /** Default: WASM, which works on every machine. */
  readonly vision?: VisionBuild;
  /** Receives warnings, for example that another back end runs the model. */
  readonly onNote?: (note: string) => void;
}

/** The folder of the bundle to measure: `bundle`, or the default. */
export const bundleFolder = (bundle: string | undefined): string =>
  bundle ?? process.env.INKCAST_BENCH_MODEL ?? join(shippedModels(), 'digits');

/**
 * Opens the device's reader on the processor; the caller closes it.
 *
 * @throws InkError where the bundle cannot be used, or what vision or inference throws
 */
export async function openReader({
  bundle,
  spotter,
  onNote,
  vision = 'wasm',
}: ReaderChoice = {}): Promise<DigitEngine> {
  return openDigitEngine(await openCheckedBundle(bundleFolder(bundle)), {
    vision,
    backEnd: 'cpu',
    ...(spotter === undefined ? {} : { spotter }),
    ...(onNote === undefined ? {} : { onNote }),
  });
}
