import type { BundleVerifier, VerifierDescription } from '@inkcast/shared/bundle/content';
import { endsOf } from './ends-of.js';

const VERIFIER_FILE = 'verifier.tflite';
const VERIFIER_WEIGHTS_FILE = 'verifier.safetensors';
const VERIFIER_REPLAY_FILE = 'verifier-replay.bin';

/** A verifier for a bundle. Its file determines shape, scale and zero point of input and output. */
export interface AddedVerifier extends Omit<VerifierDescription, 'file' | 'input' | 'output' | 'learning'> {
  /** The .tflite file: one int8 input `[1, side, side, 1]`, one int8 output. */
  readonly model: Uint8Array;
  /** The files of its float weights and of its replay set; without them it is not taught. */
  readonly learning?: BundleVerifier['learning'];
  /** Real values of the bytes 0 and 255 for the network. */
  readonly range: [number, number];
}

/** The description of a verifier, and its files. */
export function verifierContent({ model, range, learning, ...known }: AddedVerifier): {
  readonly description: VerifierDescription;
  readonly files: ReadonlyMap<string, Uint8Array>;
} {
  const description = { file: VERIFIER_FILE, ...known, ...endsOf(model, range) };
  const files = new Map([[VERIFIER_FILE, model]]);
  if (learning === undefined) return { description, files };
  files.set(VERIFIER_WEIGHTS_FILE, learning.weights).set(VERIFIER_REPLAY_FILE, learning.replay);
  const named = { weights: VERIFIER_WEIGHTS_FILE, replay: VERIFIER_REPLAY_FILE };
  return { description: { ...description, learning: named }, files };
}
