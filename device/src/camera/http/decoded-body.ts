import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { constants, createBrotliDecompress, createUnzip } from 'node:zlib';

/** Proxies and handwritten servers compress pictures although nobody asks for it. */
const DECODERS = {
  gzip: () => createUnzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: () => createUnzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliDecompress(),
} as const;

/** The body of a response without its Content-Encoding (RFC 9110, section 8.4); as it comes if that is unknown. */
export function decodedBody(answer: IncomingMessage): Readable {
  const encoding = (answer.headers['content-encoding'] ?? '').trim().toLowerCase().replace(/^x-/, '');
  const decoder = Object.entries(DECODERS).find(([name]) => name === encoding)?.[1]();
  // An error destroys the decoder, so whoever reads it is told.
  return decoder === undefined ? answer : pipeline(answer, decoder, () => {});
}
