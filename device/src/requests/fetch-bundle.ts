import { InkError } from '@inkcast/shared/errors';

/** A packed bundle with its float weights has a few megabytes. */
const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** Downloads a packed bundle. @throws InkError INK_BUNDLE_FETCH */
export async function fetchBundle(url: string): Promise<Buffer> {
  // The URL may hold a password or a token, so only these parts are shown.
  const { origin, pathname } = new URL(url);
  const failed = (reason: string, cause?: unknown) =>
    new InkError('INK_BUNDLE_FETCH', `${origin}${pathname} was not fetched: ${reason}.`, { cause });
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok || response.body === null) throw failed(`the server answers ${response.status}`);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > MAX_BUNDLE_BYTES) throw failed(`it is larger than ${MAX_BUNDLE_BYTES} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof InkError) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw failed(cause instanceof Error ? cause.message : String(cause), error);
  }
}
