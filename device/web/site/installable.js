import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const ICON = new URL('../src/look/icon.svg', import.meta.url);
/** The colour of the icon's ground. */
const INK = '#24427a';
const PAPER = '#f6f5f1';
const WORKER = 'service-worker.js';
/** What nobody asks for without a network; the worker cannot keep itself, and keeps the page under the address of its folder. */
const NOT_KEPT = [WORKER, 'index.html', 'licences.json'];
/** What only teaching needs: the worker keeps it when some of it is first asked for. */
const OF_LESSONS = /^(?:lesson\/|assets\/(?:lesson|learn-worker|look-worker|engine-worker|kernels)-)/;

/** What a browser says of the site where it is installed (W3C, Web Application Manifest). */
const MANIFEST = {
  name: 'Inkcast',
  description: 'Reads handwritten digits in the browser',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: PAPER,
  theme_color: INK,
  icons: [
    { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

/**
 * Makes the site installable: a web manifest, icons, and the worker that keeps the files of the site.
 *
 * @returns {import('vite').Plugin}
 */
export function installable() {
  return {
    name: 'installable',
    buildStart() {
      const id = fileURLToPath(new URL('../service-worker/service-worker.ts', import.meta.url));
      this.emitFile({ type: 'chunk', id, fileName: WORKER });
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'site.webmanifest', source: JSON.stringify(MANIFEST) });
      const icon = readFileSync(ICON);
      const png = (side) =>
        sharp(icon, { density: (72 * side) / 32 })
          .resize(side)
          .png({ palette: true });
      // Where the system cuts icons into its own form, the corners are filled.
      const filled = (side) => png(side).flatten({ background: INK });
      const icons = {
        'icon-192.png': png(192),
        'icon-512.png': png(512),
        'icon-maskable-512.png': filled(512),
        'icon-180.png': filled(180),
      };
      for (const [fileName, picture] of Object.entries(icons)) {
        this.emitFile({ type: 'asset', fileName, source: await picture.toBuffer() });
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        { tag: 'link', attrs: { rel: 'manifest', href: './site.webmanifest' } },
        { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './icon-180.png' } },
        { tag: 'meta', attrs: { name: 'theme-color', content: INK } },
      ],
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: ({ dir }) => nameFiles(dir),
    },
  };
}

/** Tells the worker which files the site has, as soon as all are written. @param {string} folder */
function nameFiles(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
  const digest = createHash('sha256');
  for (const name of files) digest.update(`${name}\0`).update(readFileSync(join(folder, name)));
  const worker = join(folder, WORKER);
  const kept = files.filter((name) => !NOT_KEPT.includes(name) && !OF_LESSONS.test(name));
  const ofLessons = files.filter((name) => OF_LESSONS.test(name));
  const code = readFileSync(worker, 'utf8')
    .replaceAll('SITE_DIGEST', JSON.stringify(digest.digest('hex').slice(0, 16)))
    .replaceAll('SITE_FILES', JSON.stringify(kept))
    .replaceAll('LESSON_FILES', JSON.stringify(ofLessons));
  writeFileSync(worker, code);
}
