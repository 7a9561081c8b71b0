import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, constants, gzipSync } from 'node:zlib';

const MODEL = new URL('../../../models/digits/', import.meta.url);

/**
 * Puts the whole shipped bundle into `lesson/`, for teaching in the browser. Replay sets are compressed with gzip there, because
 * no browser decompresses Brotli for a script.
 *
 * @returns {import('vite').Plugin}
 */
export function lessonFiles() {
  return {
    name: 'lesson-files',
    generateBundle() {
      const manifest = JSON.parse(readFileSync(new URL('manifest.json', MODEL), 'utf8'));
      const replaySets = [manifest.replay.file, manifest.verifier.learning.replay];
      for (const file of Object.keys(manifest.files)) {
        const bytes = readFileSync(new URL(file, MODEL));
        const source = replaySets.includes(file) ? inGzip(bytes) : bytes;
        const sha256 = createHash('sha256').update(source).digest('hex');
        manifest.files[file] = { sha256, size: source.length };
        this.emitFile({ type: 'asset', fileName: `lesson/${file}`, source });
      }
      const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'lesson/manifest.json', source: text });
    },
  };
}

/** @param {Buffer} brotli */
const inGzip = (brotli) => gzipSync(brotliDecompressSync(brotli), { level: constants.Z_BEST_COMPRESSION });
