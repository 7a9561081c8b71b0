import { decimalText, decimalUnits, type ReadingRules } from './reading-rules.js';

export type Rule = 'digit-count' | 'range' | 'monotonic' | 'rate';

/** Why a reading is not taken as the value. */
export interface Refusal {
  readonly rule: Rule;
  /** One sentence. */
  readonly reason: string;
}

export interface Verdict {
  /** Where a decimal point is set, the reading as a number with that point; null where nothing is in view. */
  readonly value?: string | null;
  readonly refusal?: Refusal;
}

/** The last reading that no rule refused: what those after it are held against. */
export interface AcceptedValue {
  readonly digits: string;
  /** When it was in view last. */
  readonly capturedAt: Date;
}

/** A value, in units of the last decimal place, and when it was in view last. */
interface TimedValue {
  readonly units: bigint;
  readonly capturedAt: Date;
  /** In milliseconds of the clock that only grows; undefined for one that this process has not seen. */
  readonly at: number | undefined;
}

/** One that this process has seen. */
type SeenNow = TimedValue & { readonly at: number };

const HOUR_MS = 3600 * 1000;

/**
 * Holds stable readings against rules. A reading that breaks one is refused with a reason, but never for ever: where
 * it stays in view, or others that agree with it follow, the earlier value was the mistake. One misread that was too
 * high must not make every right reading after it look wrong.
 */
export class RuleKeeper {
  #rules: ReadingRules;
  #accepted: TimedValue | undefined;
  /** The last of refused readings that agree with one another, and how long they have been in view together. */
  #challenger: (SeenNow & { readonly inViewMs: number; readonly inView: boolean }) | undefined;

  constructor(rules: ReadingRules) {
    this.#rules = rules;
  }

  /** Undefined where nothing was accepted yet. */
  get accepted(): AcceptedValue | undefined {
    return this.#accepted && { digits: String(this.#accepted.units), capturedAt: this.#accepted.capturedAt };
  }

  /** Holds what comes next against another value; undefined: against none. */
  accept(value: AcceptedValue | undefined): void {
    this.#accepted = value && { units: BigInt(value.digits), capturedAt: value.capturedAt, at: undefined };
    this.#challenger = undefined;
  }

  /** Other rules, for the same value. */
  adjust(rules: ReadingRules): void {
    this.#rules = rules;
    this.#challenger = undefined;
  }

  /**
   * Judges what is in view steadily. To be asked for every frame and not for changes alone: it is by time in view that
   * a refused reading becomes the value after all.
   *
   * @param text a stable reading; its rows, joined in reading order, count as one number
   * @param at milliseconds of a clock that only grows; without it `capturedAt` must never jump
   */
  judge(text: string, capturedAt: Date, at = capturedAt.getTime()): Verdict {
    const digits = text.replaceAll('\n', '');
    if (digits === '') {
      if (this.#challenger !== undefined) this.#challenger = { ...this.#challenger, inView: false };
      return this.#valued(null);
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

  /** Which rule a reading breaks that comes after another one. */
  #brokenBy(earlier: TimedValue, current: SeenNow): Refusal | undefined {
    const { units } = current;
    const { monotonic, maxPerHour, decimalPlaces = 0 } = this.#rules;
    if (!monotonic) return undefined;
    const shown = decimalText(String(earlier.units), decimalPlaces);
    if (units < earlier.units) return { rule: 'monotonic', reason: `It fell from ${shown}.` };
    const elapsedMs = elapsedBetween(earlier, current);
    if (maxPerHour === undefined || elapsedMs === undefined) return undefined;
    // In whole numbers, so that long readings keep every digit. One unit more, since a counter may turn at any moment.
    const elapsed = BigInt(Math.round(elapsedMs));
    const maxGrowth = (decimalUnits(maxPerHour, decimalPlaces) * elapsed) / BigInt(HOUR_MS) + 1n;
    if (units - earlier.units <= maxGrowth) return undefined;
    return { rule: 'rate', reason: `It grew from ${shown} faster than ${maxPerHour} an hour.` };
  }

  /** Counts a refused reading with those before it that it agrees with; returns their time in view, in milliseconds. */
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
 * Milliseconds from one value to the next. Over a restart only dates tell; where those go back, one of them is wrong,
 * and nobody knows: undefined.
 */
function elapsedBetween(earlier: TimedValue, { capturedAt, at }: SeenNow): number | undefined {
  if (earlier.at !== undefined) return Math.max(0, at - earlier.at);
  const elapsed = capturedAt.getTime() - earlier.capturedAt.getTime();
  return elapsed < 0 ? undefined : elapsed;
}
