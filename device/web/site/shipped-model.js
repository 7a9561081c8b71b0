import { readFileSync } from 'node:fs';

const MODEL = new URL('../../../models/digits/', import.meta.url);

/**
 * Puts the files that the reader loads of the shipped bundle into `model/`, under their own names.
 *
 * @returns {import('vite').Plugin}
 */
export function shippedModel() {
  return {
    name: 'shipped-model',
    generateBundle() {
      const manifest = readFileSync(new URL('manifest.json', MODEL), 'utf8');
      const { spotters, verifier, judgement } = JSON.parse(manifest);
      const networks = [...spotters, verifier, judgement].map(({ file }) => file);
      for (const file of ['manifest.json', 'model.tflite', ...networks]) {
        this.emitFile({ type: 'asset', fileName: `model/${file}`, source: readFileSync(new URL(file, MODEL)) });
      }
    },
  };
}
