import { join } from 'node:path';
import { openReadingEngine, type ReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import type { VisionBuild } from '@inkcast/device/vision';
import type { SpotterSize } from '@inkcast/shared/bundle';

/** Which reader is measured. */
export interface ReaderChoice {
  /** Folder of a bundle; default: the one that INKCAST_BENCH_MODEL names, or the one that ships. */
  readonly bundle?: string | undefined;
  /** Default: as the device has it. */
  readonly spotter?: SpotterSize | undefined;
  /** Default: WASM, which is everywhere. */
  readonly vision?: VisionBuild;
  /** Told what runs otherwise than it was asked to. */
  readonly onNote?: (note: string) => void;
}

/** The folder of the bundle that is measured, where `bundle` is named or not. */
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
}: ReaderChoice = {}): Promise<ReadingEngine> {
  return openReadingEngine(await openCheckedBundle(bundleFolder(bundle)), {
    vision,
    backEnd: 'cpu',
    ...(spotter === undefined ? {} : { spotter }),
    ...(onNote === undefined ? {} : { onNote }),
  });
}
