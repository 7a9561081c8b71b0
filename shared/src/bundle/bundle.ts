import type { Manifest } from './manifest.js';

export const MANIFEST_FILE = 'manifest.json';
/** The int8 model that the device runs. */
export const MODEL_FILE = 'model.tflite';
/** The same model as Google's compiler puts it onto a Coral accelerator, where the bundle has it. */
export const EDGE_TPU_MODEL_FILE = 'model_edgetpu.tflite';
/** The float32 weights that the model was quantized from, where the bundle keeps them: fine-tuning starts there. */
export const WEIGHTS_FILE = 'weights.safetensors';

/** A model bundle that has been checked against its manifest. Its files are read once: what was checked is what runs. */
export interface Bundle {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The content of every file that the manifest lists, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The bytes of `model.tflite`. */
  readonly model: Uint8Array;
}
