/** How the oldest event was refused: by an answer, or by the end of several connections in a row. */
type Manner = 'passing' | 'fatal';

/** Number of answers that refuse the oldest event after which the next event is tried for the first time. */
const PATIENCE = 3;
/**
 * How often the oldest event must be refused right after the next one was accepted. The end of a connection has no
 * reason: an overloaded broker ends connections, too, but it does not always choose the same event.
 */
const PROOFS: Readonly<Record<Manner, number>> = { passing: 1, fatal: 3 };

/** What to do about a refused event. */
export type Step = 'wait' | 'try next' | 'set aside';

interface Suspect {
  readonly sequence: number;
  readonly kind: Manner;
  /** How often it was refused in a row. */
  readonly refusals: number;
  /** How often it was refused right after another event was accepted. */
  readonly proofs: number;
  /** The next trial takes the first event with a higher sequence. */
  readonly behind: number;
}

/** Finds out whether the broker refuses one event or all of them, by trying the next event. */
export class EventTrial {
  #suspect: Suspect | undefined;
  /** `next` while the event behind the suspect is tried; `again` while the suspect is tried after that. */
  #phase: 'none' | 'next' | 'again' = 'none';
  /** Refusals before the next trial. It grows each time, because each trial may change the order. */
  #patience = PATIENCE;

  /** Whether each try of the oldest event may cost a connection. */
  get isCostly(): boolean {
    return this.#suspect?.kind === 'fatal';
  }

  /** Must be called when sending starts from the beginning. @returns the sequence above which it starts */
  begin(): number {
    // The end of a connection begins a trial for the next one. An answer begins one that ends with its connection.
    if (!this.isCostly) this.#phase = 'none';
    return this.#phase === 'next' && this.#suspect !== undefined ? this.#suspect.behind : 0;
  }

  /** Must be called for each accepted event. @returns the event to try again, if it is not the accepted one */
  taken(): number | undefined {
    if (this.#phase === 'next' && this.#suspect !== undefined) {
      // The refusal concerns only the suspect, unless the broker's state has just changed.
      this.#phase = 'again';
      return this.#suspect.sequence;
    }
    this.#clear();
    return undefined;
  }

  /**
   * Must be called for each refusal that may have another cause than the event.
   *
   * @param isAlone whether no other event is in flight
   * @param hasNext whether there is an event with a higher sequence
   */
  refused(
    sequence: number,
    { kind, isAlone, hasNext }: { kind: Manner; isAlone: boolean; hasNext: (sequence: number) => boolean },
  ): Step {
    const known = this.#suspect?.sequence === sequence ? this.#suspect : undefined;
    if (known === undefined && this.#phase === 'next') return this.#failed(sequence);
    const proofs = (known?.proofs ?? 0) + (this.#phase === 'again' ? 1 : 0);
    const refusals = (known?.refusals ?? 0) + 1;
    if (proofs >= PROOFS[kind]) {
      this.#clear();
      return 'set aside';
    }
    const behind = known !== undefined && hasNext(known.behind) ? known.behind : sequence;
    this.#suspect = { sequence, kind, refusals, proofs, behind };
    const isDue = kind === 'fatal' || (refusals >= this.#patience && isAlone);
    const wasAgain = this.#phase === 'again';
    this.#phase = isDue && hasNext(behind) ? 'next' : 'none';
    if (this.#phase === 'none') return 'wait';
    this.#patience *= 2;
    // A pause between two trials gives an overloaded broker time.
    return wasAgain ? 'wait' : 'try next';
  }

  /** Must be called when an event was lost with its connection. @returns whether to wait before the next try */
  lost(sequence: number): boolean {
    if (this.isCostly && this.#phase === 'next' && this.#suspect?.sequence !== sequence) {
      this.#failed(sequence);
      return true;
    }
    this.#phase = 'none';
    return false;
  }

  /** The next event was not accepted either, so the cause is not the suspect alone. */
  #failed(sequence: number): Step {
    if (this.#suspect !== undefined) this.#suspect = { ...this.#suspect, behind: sequence };
    this.#phase = 'none';
    return 'wait';
  }

  #clear(): void {
    this.#suspect = undefined;
    this.#phase = 'none';
    this.#patience = PATIENCE;
  }
}
