import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import page from '../vite.config.js';

const MODEL = new URL('../../../models/digits/', import.meta.url);

/**
 * Puts the files that the reader loads of the shipped bundle into `model/`, under their own names.
 *
 * @returns {import('vite').Plugin}
 */
function shippedModel() {
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

/** The static site: what of the page needs no device, built as the page is. */
export default mergeConfig(page, {
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [shippedModel()],
  build: { outDir: fileURLToPath(new URL('../../dist-site', import.meta.url)) },
});
