import { engineCode, openEngine } from '@inkcast/reader/engine';
import { type OpenReader, openFrameReader } from '@inkcast/reader/reading';
import { openKernelVision, visionCode } from '@inkcast/reader/vision';
import { type Bundle, readBundle } from '@inkcast/shared/bundle/content';
import { load } from './load.js';
import { loadPacked } from './load-packed.js';
import type { ModelPlaces } from './messages.js';

/** Loads the reader's code and networks. @throws InkError INK_FILE_UNREADABLE if one of them cannot be loaded */
export async function openReader({ classifier, companions, packed }: ModelPlaces): Promise<OpenReader> {
  const [vision, engine, own] = await Promise.all([
    load(visionCode().href),
    load(engineCode().href),
    loadBundle(classifier, packed),
  ]);
  // As on the device: a classifier alone reads with the other networks of the shipped bundle.
  const isWhole = own.spotters.length > 0 || own.judgement !== undefined;
  const others = isWhole ? own : await loadBundle(companions, packed);
  const operations = await openKernelVision(vision);
  return openFrameReader(operations, own, await openEngine(engine, 'xnnpack'), { companions: others });
}

function loadBundle(folder: string, packed: boolean): Promise<Bundle> {
  const read = packed ? loadPacked : load;
  return readBundle({ folder, read: (file) => read(new URL(file, folder).href), sha256: digestOf }, 'reading');
}

/** Browsers have no digests on pages without TLS. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!isSecureContext) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
