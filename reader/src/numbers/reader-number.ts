/** A number of the reader that is not learned from data. */
export interface ReaderNumber {
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
  /** Why it has this value: a reason that defines it, or the command that measures its effect. */
  readonly source: { readonly definition: string } | { readonly command: string };
}

/** Keeps the names of a table in its type, and lets the values be any numbers. */
export const tableOf = <Name extends string>(table: Readonly<Record<Name, ReaderNumber>>) => table;
