import { decimalText, decimalUnits } from './decimal-text.js';
import type { ReadingRules } from './reading-rules.js';

export type Rule = 'digit-count' | 'range' | 'monotonic' | 'rate';

/** Why a reading is not accepted as the value. */
export interface Refusal {
  readonly rule: Rule;
  /** One sentence. */
  readonly reason: string;
}

export interface Verdict {
  /** The reading as a number, if a decimal point is set; null if there are no digits, or other classes than digits. */
  readonly value?: string | null;
  readonly refusal?: Refusal;
}

/** The last reading that no rule refused. Later readings are compared with it. */
export interface AcceptedValue {
  readonly digits: string;
  /** When it was last seen. */
  readonly capturedAt: Date;
}

/** A value in units of the last decimal place, and when it was last seen. */
interface TimedValue {
  readonly units: bigint;
  readonly capturedAt: Date;
  /** In milliseconds of the monotonic clock; undefined if an earlier process has seen it. */
  readonly at: number | undefined;
}

/** A value that this process has seen. */
type SeenNow = TimedValue & { readonly at: number };

const HOUR_MS = 3600 * 1000;

/**
 * Checks stable readings against rules. A reading that breaks a rule is refused with a reason, but not for ever: if it
 * stays, or if later readings agree with it, the earlier value was the mistake. Otherwise one misreading that is too
 * high would make every correct reading after it look wrong.
 */
export class RuleKeeper {
  #rules: ReadingRules;
  #accepted: TimedValue | undefined;
  /** The last of several refused readings that agree with each other, and the time for which they were seen. */
  #challenger: (SeenNow & { readonly inViewMs: number; readonly inView: boolean }) | undefined;

  constructor(rules: ReadingRules) {
    this.#rules = rules;
  }

  /** Undefined until a reading is accepted. */
  get accepted(): AcceptedValue | undefined {
    return this.#accepted && { digits: String(this.#accepted.units), capturedAt: this.#accepted.capturedAt };
  }

  /** Compares later readings with another value, or with none if it is undefined. */
  accept(value: AcceptedValue | undefined): void {
    this.#accepted = value && { units: BigInt(value.digits), capturedAt: value.capturedAt, at: undefined };
    this.#challenger = undefined;
  }

  /** Uses other rules from now on. The accepted value stays. */
  adjust(rules: ReadingRules): void {
    this.#rules = rules;
    this.#challenger = undefined;
  }

  /**
   * Checks the stable reading. One of other classes than digits has no value, and is neither refused nor accepted. It must be called for every frame, not only for changes: a refused reading is accepted
   * after it was seen for long enough.
   *
   * @param text a stable reading; its rows, joined in reading order, count as one number
   * @param at milliseconds of a monotonic clock; without it, `capturedAt` must never jump
   */
  judge(text: string, capturedAt: Date, at = capturedAt.getTime()): Verdict {
    const digits = text.replaceAll('\n', '');
    if (!/^\d+$/.test(digits)) {
      if (this.#challenger !== undefined) this.#challenger = { ...this.#challenger, inView: false };
      return digits === '' ? this.#valued(null) : { value: null };
    }
    const current = { units: BigInt(digits), capturedAt, at };
    const refusal = this.#shapeRefusal(digits, current) ?? this.#changeRefusal(current);
    const verdict = this.#valued(digits);
    return refusal === undefined ? verdict : { ...verdict, refusal };
  }

  #valued(digits: string | null): Verdict {
    const { decimalPlaces } = this.#rules;
    if (decimalPlaces === undefined) return {};
    return { value: digits === null ? null : decimalText(digits, decimalPlaces) };
  }

  #shapeRefusal(digits: string, { units }: TimedValue): Refusal | undefined {
    const { digitCount, decimalPlaces = 0, min, max } = this.#rules;
    if (digitCount !== undefined && digits.length !== digitCount) {
      return { rule: 'digit-count', reason: `It has ${digits.length} digits, not ${digitCount}.` };
    }
    if (min !== undefined && units < decimalUnits(min, decimalPlaces)) {
      return { rule: 'range', reason: `It is less than ${min}.` };
    }
    if (max !== undefined && units > decimalUnits(max, decimalPlaces)) {
      return { rule: 'range', reason: `It is more than ${max}.` };
    }
    return undefined;
  }

  #changeRefusal(current: SeenNow): Refusal | undefined {
    const refusal = this.#accepted === undefined ? undefined : this.#brokenBy(this.#accepted, current);
    if (refusal !== undefined && this.#challenge(current) < this.#rules.acceptAfterMs) return refusal;
    this.#accepted = current;
    this.#challenger = undefined;
    return undefined;
  }

  /** The rule that a reading breaks, compared with an earlier value. */
  #brokenBy(earlier: TimedValue, current: SeenNow): Refusal | undefined {
    const { units } = current;
    const { monotonic, maxPerHour, decimalPlaces = 0 } = this.#rules;
    if (!monotonic) return undefined;
    const shown = decimalText(String(earlier.units), decimalPlaces);
    if (units < earlier.units) return { rule: 'monotonic', reason: `It fell from ${shown}.` };
    const elapsedMs = elapsedBetween(earlier, current);
    if (maxPerHour === undefined || elapsedMs === undefined) return undefined;
    // Integers keep every digit of long readings. One unit is added, because a counter may turn at any moment.
    const elapsed = BigInt(Math.round(elapsedMs));
    const maxGrowth = (decimalUnits(maxPerHour, decimalPlaces) * elapsed) / BigInt(HOUR_MS) + 1n;
    if (units - earlier.units <= maxGrowth) return undefined;
    return { rule: 'rate', reason: `It grew from ${shown} faster than ${maxPerHour} an hour.` };
  }

  /**
   * Adds a refused reading to the refused readings that it agrees with; returns the time for which they were seen, in
   * milliseconds.
   */
  #challenge(current: SeenNow): number {
    const earlier = this.#challenger;
    const agrees = earlier !== undefined && this.#brokenBy(earlier, current) === undefined;
    const since = agrees && earlier.inView ? Math.max(0, current.at - earlier.at) : 0;
    const inViewMs = agrees ? earlier.inViewMs + since : 0;
    this.#challenger = { ...current, inViewMs, inView: true };
    return inViewMs;
  }
}

/**
 * Milliseconds from one value to the next. Across a restart only dates are known. If they go backwards, one of them is
 * wrong and the time is unknown (undefined).
 */
function elapsedBetween(earlier: TimedValue, { capturedAt, at }: SeenNow): number | undefined {
  if (earlier.at !== undefined) return Math.max(0, at - earlier.at);
  const elapsed = capturedAt.getTime() - earlier.capturedAt.getTime();
  return elapsed < 0 ? undefined : elapsed;
}
