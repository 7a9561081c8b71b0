import type { Judgement } from '../../judgement/index.js';
import type { Manifest, SpotterDescription, VerifierDescription } from './manifest.js';

export const MANIFEST_FILE = 'manifest.json';
/** The int8 model that the device runs on crops. */
export const MODEL_FILE = 'model.tflite';
/** The same model, compiled for the Coral accelerator, if the bundle has it. */
export const EDGE_TPU_MODEL_FILE = 'model_edgetpu.tflite';
/** The float32 weights from before quantization, if the bundle has them. Fine-tuning starts from them. */
export const WEIGHTS_FILE = 'weights.safetensors';

/** A network that finds digits in whole frames. */
export interface BundleSpotter {
  readonly description: SpotterDescription;
  /** The bytes of its .tflite file. */
  readonly model: Uint8Array;
}

/** A network that looks at the picture around a candidate. */
export interface BundleVerifier {
  readonly description: VerifierDescription;
  /** The bytes of its .tflite file. */
  readonly model: Uint8Array;
  /** The bytes of its float weights and of its replay set; undefined if it cannot be taught. */
  readonly learning?: { readonly weights: Uint8Array; readonly replay: Uint8Array } | undefined;
}

/** A model bundle that was checked against its manifest. Its files are read once, so exactly the checked bytes run. */
export interface Bundle {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The content of every file in the manifest, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The bytes of `model.tflite`. */
  readonly model: Uint8Array;
  /** The bytes of `model_edgetpu.tflite`. */
  readonly edgeTpuModel: Uint8Array | undefined;
  /** At most one of each size. */
  readonly spotters: readonly BundleSpotter[];
  readonly verifier: BundleVerifier | undefined;
  /** The judgement fitted to the output of spotters and verifier; undefined if the bundle has none. */
  readonly judgement: Judgement | undefined;
  /** The bytes of its replay set. */
  readonly replay: Uint8Array | undefined;
}
