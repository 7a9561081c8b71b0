/** What readings of a place can be, where its owner knows: an odometer only grows, a scoreboard has two digits. */
export interface ReadingRules {
  /** Exact number of digits. */
  readonly digitCount?: number;
  /** Least and greatest value, as strings of digits. */
  readonly least?: string;
  readonly greatest?: string;
  /** The value never falls. */
  readonly monotonic?: boolean;
  /** Most by which the value grows in an hour, as a string of digits; counts only where `monotonic` is set. */
  readonly mostPerHour?: string;
  /** A reading that breaks `monotonic` or `mostPerHour` for so long is taken as the new truth. */
  readonly acceptAfterMs?: number;
}

/** Past this, the earlier value is the likelier mistake. */
const DEFAULT_ACCEPT_AFTER_MS = 60 * 1000;
const HOUR_MS = 3600 * 1000;

/**
 * Holds stable readings against rules. A reading that breaks one is refused with a reason, but never for ever: one
 * misread that was too high must not make every right reading after it look wrong.
 */
export class RuleKeeper {
  readonly #rules: ReadingRules;
  #accepted: { value: bigint; at: number } | undefined;
  #refusedSince: number | undefined;

  constructor(rules: ReadingRules) {
    this.#rules = rules;
  }

  /**
   * @param text a reading; rows count as one number
   * @returns why it is refused, or undefined where it is accepted
   */
  refusal(text: string, at: Date): string | undefined {
    const digits = text.replaceAll('\n', '');
    if (digits === '') return undefined;
    const shape = this.#shapeRefusal(digits);
    if (shape !== undefined) return shape;
    const value = BigInt(digits);
    const change = this.#changeRefusal(value, at.getTime());
    if (change !== undefined && !this.#refusedLongEnough(at.getTime())) return change;
    this.#accepted = { value, at: at.getTime() };
    this.#refusedSince = undefined;
    return undefined;
  }

  #shapeRefusal(digits: string): string | undefined {
    const { digitCount, least, greatest } = this.#rules;
    if (digitCount !== undefined && digits.length !== digitCount) {
      return `It has ${digits.length} digits, not ${digitCount}.`;
    }
    const value = BigInt(digits);
    if (least !== undefined && value < BigInt(least)) return `It is less than ${least}.`;
    if (greatest !== undefined && value > BigInt(greatest)) return `It is more than ${greatest}.`;
    return undefined;
  }

  #changeRefusal(value: bigint, at: number): string | undefined {
    const last = this.#accepted;
    if (!this.#rules.monotonic || last === undefined) return undefined;
    if (value < last.value) return `It fell from ${last.value}.`;
    const { mostPerHour } = this.#rules;
    if (mostPerHour === undefined) return undefined;
    // In whole numbers, so that long readings keep every digit.
    const most = (BigInt(mostPerHour) * BigInt(Math.max(0, at - last.at))) / BigInt(HOUR_MS);
    return value - last.value > most ? `It grew from ${last.value} faster than ${mostPerHour} an hour.` : undefined;
  }

  #refusedLongEnough(at: number): boolean {
    this.#refusedSince ??= at;
    return at - this.#refusedSince >= (this.#rules.acceptAfterMs ?? DEFAULT_ACCEPT_AFTER_MS);
  }
}
