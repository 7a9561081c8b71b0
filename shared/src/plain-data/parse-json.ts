import { isDeepJson } from './nesting.js';

/**
 * Parses JSON from outside.
 *
 * @throws SyntaxError also if it is nested too deeply, because schemas of any value recurse into it
 */
export function parseJson(text: string): unknown {
  if (isDeepJson(text)) throw new SyntaxError('it is nested too deeply');
  return JSON.parse(text);
}
