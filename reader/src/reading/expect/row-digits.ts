/** Longer rows are mistakes in the configuration. */
export const MAX_DIGITS_PER_ROW = 50;

/** The number of digits that a pattern stands for. */
export const digitsIn = (pattern: string): number => [...pattern].filter((sign) => sign === 'd').length;
