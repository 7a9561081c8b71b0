import { parseDocument } from 'yaml';
import { type ErrorCode, InkError } from '../errors/index.js';
import { isDeepYaml } from './nesting.js';

/**
 * Plain data from YAML 1.2: a tree, as JSON could hold it. Aliases are followed, as long as there are not too many of
 * them, and none stands within what it means.
 *
 * @param name what messages call the text
 * @param code of the error
 * @throws InkError with that code, and the reason
 */
export function parseYaml(text: string, name: string, code: ErrorCode): unknown {
  try {
    if (isDeepYaml(text)) throw new RangeError('it is nested too deeply');
    const document = parseDocument(text, { logLevel: 'error', stringKeys: true });
    // A tag that is not known is a warning, and its value another than was meant.
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) throw fault;
    const value: unknown = document.toJS();
    // Throws where an alias makes it endless.
    JSON.stringify(value);
    return value;
  } catch (cause) {
    throw new InkError(code, `${name} is not YAML: ${reasonOf(cause)}.`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof TypeError) return 'an alias stands within what it means';
  const [line] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return line.replace(/[:.]$/, '');
}
