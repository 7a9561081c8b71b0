import { type Manifest, openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { openTfLite, type TfLiteLibrary } from '@inkcast/shared/tflite';
import { readTflite } from '@inkcast/shared/tflite-file';
import { writeBundle } from '@inkcast/training/bundle';
import { requantize } from '@inkcast/training/quantization';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import { checkFrameFiles } from '../frames/check-frame-files.js';
import { firstFrames } from '../frames/frame-file.js';
import { calibrationCuts } from '../spotter/calibration-cuts.js';
import { calibrationPictures } from '../verifier/calibration-pictures.js';
import { collectPatches } from '../verifier/collect-patches.js';
import { coarsenClassifier } from './coarsen-classifier.js';

/** Number of frames per file, from the first one on, for the calibration. */
const MAX_FRAMES_A_FILE = 100;

/** The networks of a bundle. */
export const NETWORKS = ['spotter', 'classifier', 'verifier'] as const;
export type NetworkName = (typeof NETWORKS)[number];

export interface Coarsening {
  /** Folder of the bundle; it is changed. */
  readonly bundle: string;
  readonly networks: readonly NetworkName[];
  /** Largest magnitude of a weight in int8. */
  readonly maxWeight: number;
  /** Files of frames to calibrate on. */
  readonly frames: readonly string[];
  readonly seed: number;
  readonly minSpotLogOdds: number;
  readonly jobs: number;
  /** The bundle's new version; undefined keeps the old one. */
  readonly version: string | undefined;
}

/** The bytes of a network's file, before and after. */
export interface CoarsenedFile {
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

type Files = Map<string, Uint8Array>;
type Description = Omit<Manifest, 'files'>;

/**
 * Gives networks of a bundle coarser weights, which compress better, rounded by error from their int8 weights (decision 174). The
 * steps of everything else stay. The judgement was fitted to the finer ones: fit it anew.
 *
 * @throws InkError INK_DATASET_INVALID where a network is missing; the errors of `openBundle`, `requantize` and `writeBundle`; the
 * bundle is then unchanged
 */
export async function coarsenBundle(coarsening: Coarsening): Promise<readonly CoarsenedFile[]> {
  const { bundle: folder, networks, maxWeight } = coarsening;
  const bundle = await openBundle(folder);
  const { files: _, ...manifest } = bundle.manifest;
  const files: Files = new Map(bundle.files);
  if (coarsening.version !== undefined) manifest.version = coarsening.version;
  const library = openTfLite();
  const pictures = calibrationOf(coarsening);
  const from = { maxWeight, seed: coarsening.seed, frames: await hashesOf(coarsening.frames) };
  for (const network of networks) {
    if (network === 'classifier') await coarsenClassifier(library, bundle, { maxWeight, manifest, files });
    else await coarsenPart(library, partsOf(manifest, network), files, { ...from, images: await pictures[network]() });
  }
  await writeBundle(folder, { manifest, files });
  return [...bundle.files]
    .map(([file, before]) => ({ file, before, after: files.get(file) ?? before }))
    .filter(({ before, after }) => before !== after);
}

interface PartCoarsening {
  readonly images: Uint8Array;
  readonly maxWeight: number;
  readonly seed: number;
  readonly frames: string[];
}

type Part = NonNullable<Manifest['verifier']> | NonNullable<Manifest['spotters']>[number];

function partsOf({ spotters = [], verifier }: Description, network: 'spotter' | 'verifier'): readonly Part[] {
  const parts = network === 'spotter' ? spotters : [verifier].filter((part) => part !== undefined);
  if (parts.length > 0) return parts;
  throw new InkError('INK_DATASET_INVALID', `The bundle has no ${network}.`);
}

async function coarsenPart(
  library: TfLiteLibrary,
  parts: readonly Part[],
  files: Files,
  { images, ...coarsened }: PartCoarsening,
): Promise<void> {
  for (const part of parts) {
    const model = readTflite(files.get(part.file) ?? new Uint8Array());
    files.set(part.file, writeTflite(requantize(library, model, images, coarsened).quantized));
    part.recipe = { ...part.recipe, coarsened };
  }
}

const hashesOf = async (frames: readonly string[]): Promise<string[]> =>
  (await checkFrameFiles(frames)).map(({ sha256 }) => sha256);

function calibrationOf({ bundle, frames, seed, minSpotLogOdds, jobs }: Coarsening) {
  return {
    spotter: async (): Promise<Uint8Array> =>
      calibrationCuts(await firstFrames(frames, MAX_FRAMES_A_FILE), new Random(seed)),
    verifier: async (): Promise<Uint8Array> => {
      const seen = { bundle, minSpotLogOdds, files: frames, leftOut: [], limit: MAX_FRAMES_A_FILE, jobs };
      return calibrationPictures(await collectPatches(seen), new Random(seed));
    },
  };
}
