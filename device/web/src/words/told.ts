/** What the device says in English, in another language. */
export interface DeviceTexts {
  /** Summary and remedy by the code of an error. */
  readonly errors: Readonly<Record<string, readonly [summary: string, remedy: string] | undefined>>;
  /** By the English description of a key. */
  readonly descriptions: Readonly<Record<string, string | undefined>>;
  /** A sentence on a value that is refused; undefined for one of an unknown form. */
  readonly issue: (sentence: string) => string | undefined;
}

/** What the device says is wrong. */
export interface Told {
  readonly code?: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** The same in another language. */
export interface Retold {
  readonly message: string;
  readonly remedy?: string | undefined;
  /** The device's own sentences, which have the names and numbers of this one case; where they were retold. */
  readonly original?: string;
}

export function toldIn(texts: DeviceTexts | undefined, { code, message, remedy }: Told): Retold {
  const [summary, advice] = texts?.errors[code ?? ''] ?? [];
  if (summary === undefined) return { message, remedy };
  return { message: summary, remedy: advice, original: [message, remedy].filter(Boolean).join(' ') };
}

export function issueIn(texts: DeviceTexts | undefined, sentence: string): string {
  return texts?.issue(sentence) ?? sentence;
}

export function describedIn(texts: DeviceTexts | undefined, description: string): string {
  return texts?.descriptions[description] ?? description;
}
