/** 99.31 % */
export const percent = (share: number | null): string => (share === null ? '-' : `${(100 * share).toFixed(2)} %`);

/** 225,034 */
export const count = (value: number): string => value.toLocaleString('en-US');

/** 1:02:03, or 2:03 below an hour */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** A table with a header. Columns are as wide as their widest cell; numbers are right-aligned. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const atRight = header.map((_, column) => rows.every((row) => /^[-\d]/.test(row[column])));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (atRight[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}
