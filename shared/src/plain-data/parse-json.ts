import { isDeepJson } from './nesting.js';

/**
 * Plain data from JSON that others have sent.
 *
 * @throws SyntaxError also where it is nested more deeply than we go: schemas of any value follow it down
 */
export function parseJson(text: string): unknown {
  if (isDeepJson(text)) throw new SyntaxError('it is nested too deeply');
  return JSON.parse(text);
}
