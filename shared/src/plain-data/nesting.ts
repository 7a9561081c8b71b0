/** More than any of our data has. Data with thousands of levels would end V8 itself, which cannot be caught. */
const MAX_NESTING = 100;
/** Indentation, and signs that begin an entry in YAML: at least two columns per level. */
const DEEP_LINE = new RegExp(`^[ \\t?-]{${2 * MAX_NESTING},}\\S`, 'm');

/**
 * Whether JSON is nested too deeply. Brackets in texts count too; so many unclosed brackets do not occur in practice.
 */
export function isDeepJson(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[[\]{}]/g)) {
    if (sign === '[' || sign === '{') depth++;
    else if (depth > 0) depth--;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

/** The same for YAML, which needs no brackets. */
export function isDeepYaml(text: string): boolean {
  return isDeepJson(text) || DEEP_LINE.test(text);
}
