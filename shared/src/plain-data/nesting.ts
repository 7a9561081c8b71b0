/** More than anything of ours has; what is nested some thousand times ends V8 itself, which cannot be caught. */
const MAX_NESTING = 100;
/** Indentation, and signs that begin an entry in YAML: two columns a level at least. */
const DEEP_LINE = new RegExp(`^[ \\t?-]{${2 * MAX_NESTING},}\\S`, 'm');

/** Whether JSON is nested more deeply than we go. Brackets in texts count too: nobody has so many that stay open. */
export function isDeepJson(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '[' || sign === '{') depth++;
    else if ((sign === ']' || sign === '}') && depth > 0) depth--;
    if (depth > MAX_NESTING) return true;
  }
  return false;
}

/** The same of YAML, which needs no brackets. */
export function isDeepYaml(text: string): boolean {
  return isDeepJson(text) || DEEP_LINE.test(text);
}
