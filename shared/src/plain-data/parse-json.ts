import { isDeepJson } from './nesting.js';

/** As much as the largest message that a broker may send has. V8 cannot recover from a heap that is filled by more. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/**
 * Parses JSON from outside.
 *
 * @throws SyntaxError also if it is nested too deeply, because schemas of any value recurse into it
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_CHARACTERS) throw new SyntaxError(`it is longer than ${MAX_CHARACTERS} characters`);
  if (isDeepJson(text)) throw new SyntaxError('it is nested too deeply');
  return JSON.parse(text);
}
