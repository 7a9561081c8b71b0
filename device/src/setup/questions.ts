/** Asks a person; each question may be ended by Ctrl-C, which is thrown as `Cancelled`. */
export interface Questions {
  choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T>;
  /** @param question `fallback`: the answer where none is typed; `refuse`: why an answer cannot be taken */
  text(message: string, question?: TextQuestion): Promise<string>;
  /** What is typed is not shown. */
  secret(message: string): Promise<string>;
  confirm(message: string): Promise<boolean>;
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
}

export interface TextQuestion {
  readonly fallback?: string;
  readonly refuse?: (answer: string) => string | undefined;
}

/** The person, or whoever started the process, wants no more of it. */
export class Cancelled extends Error {
  constructor() {
    super('Setup was stopped.');
    this.name = 'Cancelled';
  }
}
