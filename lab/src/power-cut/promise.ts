import { z } from 'zod';

/**
 * What a device says while it stores: a promise that something is on the disk now, or that something is begun that may be
 * on it from now on.
 */
const statementSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('stored'), event: z.string() }),
  /** The event is acknowledged by the broker, so that it may leave the queue. */
  z.object({ what: z.literal('sending'), event: z.string() }),
  z.object({ what: z.literal('accepted'), value: z.int() }),
  z.object({ what: z.literal('labelled'), crop: z.string(), label: z.string() }),
  z.object({ what: z.literal('using'), model: z.string() }),
]);
export type Statement = z.infer<typeof statementSchema>;

/** Begins a line with a statement: other processes and libraries may print, too. */
const MARK = 'promise ';

export const lineOf = (statement: Statement): string => `${MARK}${JSON.stringify(statement)}\n`;

/** The statements in what was printed. */
export function statementsIn(text: string): Statement[] {
  const lines = text.split('\n').filter((line) => line.startsWith(MARK));
  return lines.map((line) => statementSchema.parse(JSON.parse(line.slice(MARK.length))));
}

/** What must be true of a disk. */
export interface Promises {
  readonly events: ReadonlySet<string>;
  /** Events that may have left the queue. */
  readonly sent: ReadonlySet<string>;
  /** Each value is larger than the one before it. */
  readonly accepted: number;
  readonly labels: ReadonlyMap<string, string>;
  readonly hasChosenModel: boolean;
}

export function promisesOf(statements: readonly Statement[]): Promises {
  const those = <W extends Statement['what']>(what: W) =>
    statements.filter((one): one is Extract<Statement, { what: W }> => one.what === what);
  return {
    events: new Set(those('stored').map(({ event }) => event)),
    sent: new Set(those('sending').map(({ event }) => event)),
    accepted: Math.max(0, ...those('accepted').map(({ value }) => value)),
    labels: new Map(those('labelled').map(({ crop, label }) => [crop, label])),
    hasChosenModel: those('using').length > 0,
  };
}
