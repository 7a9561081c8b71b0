import { InkError } from '@inkcast/shared/errors';
import { unpackJudgement } from '@inkcast/shared/judgement';
import { load } from './load.js';

/**
 * A file of a bundle that the site's build has packed, at its own address and `.deflate`: compressed as zlib does (RFC 1950),
 * and a judgement packed before. Servers of files seldom compress networks by themselves.
 *
 * @param address of the file before it was packed
 * @throws InkError INK_FILE_UNREADABLE if it cannot be loaded or decompressed, INK_BUNDLE_INVALID if it is damaged
 */
export async function loadPacked(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await inflated(`${address}.deflate`);
  if (!address.endsWith('/judgement.json')) return bytes;
  return new TextEncoder().encode(JSON.stringify(unpackJudgement(bytes)));
}

async function inflated(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([await load(address)]).stream().pipeThrough(new DecompressionStream('deflate'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new InkError('INK_FILE_UNREADABLE', `${address} cannot be decompressed.`, { cause });
  }
}
