import type { Judgement } from '../judgement/index.js';
import type { Manifest, SpotterDescription } from './manifest.js';

export const MANIFEST_FILE = 'manifest.json';
/** The int8 model that the device runs on crops. */
export const MODEL_FILE = 'model.tflite';
/** The same model as Google's compiler puts it onto a Coral accelerator, where the bundle has it. */
export const EDGE_TPU_MODEL_FILE = 'model_edgetpu.tflite';
/** The float32 weights that the model was quantized from, where the bundle keeps them: fine-tuning starts there. */
export const WEIGHTS_FILE = 'weights.safetensors';

/** A network that finds digits in whole frames. */
export interface BundleSpotter {
  readonly description: SpotterDescription;
  /** The bytes of its .tflite file. */
  readonly model: Uint8Array;
}

/** A model bundle that has been checked against its manifest. Its files are read once: what was checked is what runs. */
export interface Bundle {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The content of every file that the manifest lists, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The bytes of `model.tflite`. */
  readonly model: Uint8Array;
  /** The bytes of `model_edgetpu.tflite`. */
  readonly edgeTpuModel: Uint8Array | undefined;
  /** One of each size at most. */
  readonly spotters: readonly BundleSpotter[];
  /** What was learned of the spotters' places; undefined where the bundle has none. */
  readonly judgement: Judgement | undefined;
}
