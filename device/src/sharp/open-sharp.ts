import type { Sharp, SharpOptions } from 'sharp';

/** What sharp's function takes and gives. */
type OpenPicture = (input: string | Uint8Array, options?: SharpOptions) => Sharp;

/**
 * The decoder and encoder of pictures, which is loaded when it is first needed: it takes 20 MB, and a camera that delivers
 * pixels needs none.
 */
export const openSharp = async (): Promise<OpenPicture> => (await import('./bounded-sharp.js')).default;
