import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';
import { licences } from './licences.js';

const named = licences();

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Relative, so that the page also works under a path prefix behind a proxy.
  base: './',
  // The page is built before, or without, what the packages are compiled to.
  resolve: { conditions: ['inkcast-source', ...defaultClientConditions] },
  plugins: [named.page],
  worker: { format: 'es', plugins: () => [named.worker] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../dist-web', import.meta.url)),
    emptyOutDir: true,
    // The policy refuses what a data URL in a style would load.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
