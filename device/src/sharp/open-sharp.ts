import type { Sharp, SharpOptions } from 'sharp';

/** What sharp's function takes and gives. */
type OpenPicture = (input: string | Uint8Array, options?: SharpOptions) => Sharp;

/**
 * The decoder and encoder of pictures, which is loaded when it is first needed: it takes 20 MB, and a camera that delivers
 * pixels needs none.
 *
 * It keeps nothing and uses one thread: each picture is another one, so nothing in its cache is used again, and each thread
 * has a heap of its own.
 */
export async function openSharp(): Promise<OpenPicture> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
