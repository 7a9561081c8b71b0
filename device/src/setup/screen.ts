/** What a terminal can show. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** `none`: letters only, for NO_COLOR, simple terminals, and output that is no terminal. */
  readonly colours: 'none' | '256' | '16m';
}

const PLAIN: Screen = { columns: 80, rows: 24, colours: 'none' };

/** @param output a process's standard output */
export function screenOf(output: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Screen {
  if (!output.isTTY) return PLAIN;
  // A pseudo-terminal that nobody gave a size has none.
  const columns = output.columns || PLAIN.columns;
  const rows = output.rows || PLAIN.rows;
  const depth = output.getColorDepth(environment);
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  // Half blocks are no ASCII.
  const unicode = /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
  if (!unicode || depth < 8) return { columns, rows, colours: 'none' };
  return { columns, rows, colours: depth === 24 ? '16m' : '256' };
}
