/** Asks a person. Ctrl-C at any question throws `Cancelled`. */
export interface Questions {
  choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T>;
  /** @param question `fallback` is the default answer; `refuse` returns the reason why an answer is refused */
  text(message: string, question?: TextQuestion): Promise<string>;
  /** The answer is not shown while it is typed. */
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

/** The person, or whoever started the process, has cancelled setup. */
export class Cancelled extends Error {
  constructor() {
    super('Setup was stopped.');
    this.name = 'Cancelled';
  }
}
