/** The abilities of a terminal. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** `none`: only characters, for NO_COLOR, simple terminals, and output that is not a terminal. */
  readonly colours: 'none' | '256' | '16m';
}

const PLAIN: Screen = { columns: 80, rows: 24, colours: 'none' };

/** @param output a process's standard output */
export function screenOf(output: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Screen {
  if (!output.isTTY) return PLAIN;
  // A pseudo-terminal may have no size.
  const columns = output.columns || PLAIN.columns;
  const rows = output.rows || PLAIN.rows;
  const depth = output.getColorDepth(environment);
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  // Half blocks are not in ASCII.
  const unicode = /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
  if (!unicode || depth < 8) return { columns, rows, colours: 'none' };
  return { columns, rows, colours: depth === 24 ? '16m' : '256' };
}
