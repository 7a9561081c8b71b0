import { parseDocument, YAMLParseError } from 'yaml';
import { type ErrorCode, InkError } from '../errors/index.js';
import { isDeepYaml } from './nesting.js';

/**
 * Far more than a configuration, a recipe or a list of labels has. The parser keeps some hundred bytes for each
 * character, and V8 cannot recover from a full heap.
 */
const MAX_CHARACTERS = 1_000_000;

/**
 * Parses YAML 1.2 to a tree, as in JSON. Aliases are resolved if there are not too many and none contains itself.
 *
 * @param name the text's name in messages
 * @param code of the error
 * @throws InkError with that code, and the reason
 */
export function parseYaml(text: string, name: string, code: ErrorCode): unknown {
  try {
    if (text.length > MAX_CHARACTERS) throw new RangeError(`it is longer than ${MAX_CHARACTERS} characters`);
    if (isDeepYaml(text)) throw new RangeError('it is nested too deeply');
    const document = parseDocument(text, { logLevel: 'error', stringKeys: true });
    // An unknown tag is only a warning, but its value would be another than the intended one.
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) throw fault;
    const value: unknown = document.toJS();
    // Throws if an alias makes the tree endless.
    JSON.stringify(value);
    return value;
  } catch (cause) {
    throw new InkError(code, `${name} is not YAML: ${reasonOf(cause)}.`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof TypeError) return 'an alias stands within what it means';
  // The parser's own message advises programmers.
  if (cause instanceof YAMLParseError && cause.code === 'MULTIPLE_DOCS') {
    return 'it holds multiple documents, separated by ---';
  }
  const [line] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return line.replace(/[:.]$/, '');
}
