// Where the hooks of scripts/source-hooks.mjs keep what they make of sources.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { threadId } from 'node:worker_threads';

export const CACHE = fileURLToPath(new URL('../node_modules/.cache/inkcast-source', import.meta.url));

/** A thread whose module lies here is bundled, and needs no hooks. */
export const BUNDLES = `${CACHE}/bundles`;

mkdirSync(BUNDLES, { recursive: true });

/**
 * Writes a file that appears whole or not at all: other processes read it, too.
 *
 * @param {string} file
 * @param {string} text
 */
export function keep(file, text) {
  const unfinished = `${file}.${process.pid}.${threadId}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}
