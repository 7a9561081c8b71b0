import { createTarGzip } from 'nanotar';
import type { BundleFiles } from './messages.js';

/** A bundle as a device takes it: its files in one folder of a `.tar.gz`. @param folder its name */
export async function packBundle(folder: string, files: BundleFiles): Promise<Blob> {
  const entries = [...files].map(([file, data]) => ({ name: `${folder}/${file}`, data }));
  const packed = await createTarGzip(entries, { attrs: { mode: '644' } });
  return new Blob([new Uint8Array(packed)], { type: 'application/gzip' });
}
