import {
  type BundleSpotter,
  type Manifest,
  openBundle,
  partFiles,
  type SpotterDescription,
} from '@inkcast/shared/bundle';
import type { Judgement } from '@inkcast/shared/judgement';
import { endsOf } from './ends-of.js';
import { type AddedVerifier, verifierContent } from './verifier-content.js';
import { writeBundle } from './write-bundle.js';

const JUDGEMENT_FILE = 'judgement.json';
const REPLAY_FILE = 'replay.bin';

/** A spotter for a bundle. Its file determines shape, scale and zero point of input and output. */
export interface AddedSpotter extends Omit<SpotterDescription, 'file' | 'input' | 'output'> {
  /** The .tflite file: one int8 input `[1, height, width, 1]`, one int8 output. */
  readonly model: Uint8Array;
  /** Real values of the bytes 0 and 255 for the network. */
  readonly range: [number, number];
}

/** What to put into a bundle. A missing key keeps what the bundle has. */
export interface BundleAdditions {
  /** Each spotter replaces the bundle's spotter of the same size. */
  readonly spotters?: readonly AddedSpotter[];
  readonly verifier?: AddedVerifier;
  readonly judgement?: Judgement;
  /** The file of a replay set. */
  readonly replay?: Uint8Array;
  /** The bundle's new version, because a new part changes the readings. Default: the old version. */
  readonly version?: string;
}

/**
 * Puts spotters, a verifier, a judgement and a replay set into the bundle of a classifier and updates its manifest. An
 * error leaves the folder unchanged.
 *
 * @throws InkError what `openBundle` and `writeBundle` throw; INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED or
 * INK_QUANTIZE_FAILED where a spotter or verifier is no int8 model
 */
export async function addToBundle(folder: string, additions: BundleAdditions): Promise<Manifest> {
  const { spotters: added = [], verifier, judgement, replay, version } = additions;
  const bundle = await openBundle(folder);
  const { files: _, ...manifest } = bundle.manifest;
  const files = new Map(bundle.files);
  const kept = bundle.spotters.filter(({ description }) => !added.some(({ size }) => size === description.size));
  for (const { description } of bundle.spotters) files.delete(description.file);
  const spotters = [...kept, ...added.map(withDescription)];
  for (const { description, model } of spotters) files.set(description.file, model);
  if (verifier !== undefined) {
    for (const file of partFiles({ verifier: manifest.verifier })) files.delete(file);
    const content = verifierContent(verifier);
    manifest.verifier = content.description;
    for (const [file, bytes] of content.files) files.set(file, bytes);
  }
  if (judgement !== undefined) {
    if (manifest.judgement !== undefined) files.delete(manifest.judgement.file);
    manifest.judgement = { file: JUDGEMENT_FILE };
    files.set(JUDGEMENT_FILE, new TextEncoder().encode(`${JSON.stringify(judgement)}\n`));
  }
  if (replay !== undefined) {
    if (manifest.replay !== undefined) files.delete(manifest.replay.file);
    manifest.replay = { file: REPLAY_FILE };
    files.set(REPLAY_FILE, replay);
  }
  if (spotters.length > 0) manifest.spotters = spotters.map(({ description }) => description);
  if (version !== undefined) manifest.version = version;
  return writeBundle(folder, { manifest, files });
}

function withDescription({ model, range, ...known }: AddedSpotter): BundleSpotter {
  const file = known.size === 'standard' ? 'spotter.tflite' : `spotter-${known.size}.tflite`;
  const description = { file, ...known, ...endsOf(model, range) };
  return { description, model };
}
