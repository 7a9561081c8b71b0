import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import page from '../vite.config.js';
import { installable } from './installable.js';
import { lessonFiles } from './lesson-files.js';
import { shippedModel } from './shipped-model.js';

/** The static site: what of the page needs no device, built as the page is. */
export default mergeConfig(page, {
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [shippedModel(), lessonFiles(), installable()],
  build: { outDir: fileURLToPath(new URL('../../dist-site', import.meta.url)) },
});
