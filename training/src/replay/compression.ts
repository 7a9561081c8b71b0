import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';

/** A file is never decompressed to more than this. */
const MAX_BYTES = 64 * 1024 * 1024;
/** The first bytes of a gzip file (RFC 1952). */
const GZIP = [0x1f, 0x8b, 0x08];

/** As small as it becomes: a set is written once and copied often. */
export function compress(content: Uint8Array): Uint8Array {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  };
  return brotliCompressSync(content, { params });
}

/** Takes gzip, too: the static site has its replay sets in gzip, because no browser decompresses Brotli for a script. */
export function decompress(file: Uint8Array): Uint8Array {
  const options = { maxOutputLength: MAX_BYTES };
  const isGzip = GZIP.every((byte, index) => file[index] === byte);
  return isGzip ? gunzipSync(file, options) : brotliDecompressSync(file, options);
}
