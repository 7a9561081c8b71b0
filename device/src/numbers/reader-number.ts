/** A number by which the reader works and that is not learned from data. */
export interface ReaderNumber {
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
  /** Why it is this one: a reason that defines it, or the command that measures what it is chosen by. */
  readonly source: { readonly definition: string } | { readonly command: string };
}

/** Keeps the names of a table, and lets the values be numbers like any other. */
export const tableOf = <Name extends string>(table: Readonly<Record<Name, ReaderNumber>>) => table;
