import { asInkError, InkError } from '@inkcast/shared/errors';
import type { ReadingEvent } from '@inkcast/shared/messages';
import { retryDelayMs } from '../retry/index.js';
import { isConnectionLoss } from './ending.js';
import type { EventQueue, QueuedEvent } from './event-queue.js';
import type { MqttConnection } from './mqtt-connection.js';
import { refusalKind } from './refusal.js';

export interface EventSenderOptions {
  readonly connection: MqttConnection;
  readonly queue: EventQueue;
  /** The topic of each event. */
  readonly topicOf: (event: ReadingEvent) => string;
  /** Maximum events in flight; the broker's own maximum applies too. */
  readonly window?: number;
  /** Maximum wait before a refused event is sent again; up to a minute while the broker refuses all events. */
  readonly retryMs?: number;
  /** Called for each event that the broker refuses. */
  readonly onProblem: (problem: InkError) => void;
}

const DEFAULT_WINDOW = 32;
const DEFAULT_RETRY_MS = 5000;
const MAX_RETRY_MS = 60_000;
/** Number of refusals of the oldest event after which the next event is tried for the first time. */
const PATIENCE = 3;

/**
 * Sends queued events in their order, with several in flight at once.
 *
 * An event stays in the queue until the broker has acknowledged it. After a lost connection, sending starts again at
 * the oldest event. So an event may arrive twice, with the same id, but none is lost. The first arrivals keep their
 * order, except if a broker refuses one of several events in flight and accepts the next.
 *
 * An event is set aside if the broker refuses it for its size or form, or refuses it while it accepts the next event.
 * Otherwise it would block all later ones.
 */
export class EventSender {
  readonly #options: EventSenderOptions;
  /** Counts connections and restarts of sending. Answers from an earlier generation are ignored. */
  #generation = 0;
  #lastSent = 0;
  #inFlight = 0;
  /** Whether an event was acknowledged in this generation. */
  #proven = false;
  #running = false;
  /** Whether the oldest event was sent on this connection, so that the next ones may follow. */
  #begun = false;
  #retry: NodeJS.Timeout | undefined;
  /** The last refused event, and how often it was refused in a row. */
  #refused: { readonly sequence: number; readonly times: number } | undefined;
  /**
   * `next` while the event after the refused one is in flight; `again` while the refused one is tried once more after
   * that.
   */
  #trial: 'none' | 'next' | 'again' = 'none';
  /**
   * Number of refusals of the oldest event before the next trial. It grows each time, because each trial may change the
   * order.
   */
  #patience = PATIENCE;
  /** Number of retries since the last accepted event. */
  #retries = 0;
  #setAside = 0;
  readonly #problems = new Map<'refused' | 'set aside' | 'unacknowledged', InkError>();

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  /** Why the oldest event is not accepted or acknowledged, and which events were set aside since the start. */
  get problems(): ReadonlyMap<string, InkError> {
    return this.#problems;
  }

  start(): void {
    this.#running = true;
    this.#options.connection.on('up', this.#begin);
    this.#options.connection.on('down', this.#halt);
    this.#begin();
  }

  /** Stops sending. Unacknowledged events stay in the queue. */
  stop(): void {
    this.#running = false;
    this.#generation++;
    this.#options.connection.off('up', this.#begin);
    this.#options.connection.off('down', this.#halt);
    clearTimeout(this.#retry);
  }

  /** Queues an event. Resolves when it is stored, not when it is sent. */
  async report(event: ReadingEvent): Promise<void> {
    await this.#options.queue.put(event);
    this.#fill();
  }

  /**
   * A new connection accepts messages before `up`. Events that were lost with this connection must be sent before newer
   * ones.
   */
  readonly #halt = (): void => {
    this.#generation++;
    this.#begun = false;
  };

  readonly #begin = (): void => {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#generation++;
    this.#lastSent = 0;
    this.#inFlight = 0;
    this.#proven = false;
    this.#trial = 'none';
    this.#begun = this.#options.connection.up;
    this.#fill();
  };

  #fill(): void {
    const { connection, queue } = this.#options;
    if (!this.#running || !this.#begun || !connection.up || this.#retry !== undefined) return;
    // The first event is sent alone. If it were refused and later ones were not, they would overtake it.
    const window = this.#proven ? (this.#options.window ?? DEFAULT_WINDOW) : 1;
    const room = window - this.#inFlight;
    if (room <= 0) return;
    for (const queued of queue.oldest(room, this.#lastSent)) {
      this.#lastSent = queued.sequence;
      this.#inFlight++;
      void this.#send(queued);
    }
  }

  async #send({ sequence, event }: QueuedEvent): Promise<void> {
    const { connection, queue, topicOf } = this.#options;
    const generation = this.#generation;
    let refusal: InkError | undefined;
    try {
      const payload = JSON.stringify(event);
      await connection.publish({ topic: topicOf(event), payload, qos: 1, contentType: 'application/json' });
      queue.acknowledge(sequence);
    } catch (error) {
      refusal = asInkError(error);
      // The connection reports its loss itself, but it is restored long before this event is acknowledged.
      if (refusal.code === 'INK_MQTT_UNACKNOWLEDGED') this.#problems.set('unacknowledged', refusal);
      if (isConnectionLoss(refusal)) return;
      // The end of the connection may refuse the event too, so it may belong to an earlier generation.
      if (refusalKind(refusal) !== 'passing') this.#giveUp(sequence, event, refusal);
    }
    if (generation !== this.#generation) return;
    this.#inFlight--;
    if (refusal === undefined) this.#taken();
    else if (refusalKind(refusal) === 'passing') this.#refuse({ sequence, event }, refusal);
    this.#fill();
  }

  #taken(): void {
    if (this.#trial === 'next' && this.#refused !== undefined) {
      // The refusal concerns only this event, unless the broker's state has just changed.
      this.#trial = 'again';
      this.#lastSent = this.#refused.sequence - 1;
      return;
    }
    this.#trial = 'none';
    this.#refused = undefined;
    this.#retries = 0;
    this.#patience = PATIENCE;
    this.#problems.delete('refused');
    this.#problems.delete('unacknowledged');
    this.#proven = true;
  }

  #refuse({ sequence, event }: QueuedEvent, problem: InkError): void {
    if (this.#trial === 'again' && this.#refused?.sequence === sequence) {
      this.#giveUp(sequence, event, problem);
      this.#taken();
      return;
    }
    if (this.#trial === 'none') this.#note(sequence, problem);
    // The next event shows whether the broker refuses this event or all events.
    const isDue = this.#trial === 'none' && (this.#refused?.times ?? 0) >= this.#patience && this.#inFlight === 0;
    if (!isDue || this.#options.queue.oldest(1, sequence).length === 0) {
      this.#tryLater();
      return;
    }
    this.#patience *= 2;
    this.#trial = 'next';
  }

  #note(sequence: number, problem: InkError): void {
    const times = this.#refused?.sequence === sequence ? this.#refused.times + 1 : 1;
    this.#refused = { sequence, times };
    if (this.#problems.get('refused')?.code !== problem.code) this.#options.onProblem(problem);
    this.#problems.set('refused', problem);
  }

  #tryLater(): void {
    if (this.#retry !== undefined) return;
    const firstMs = this.#options.retryMs ?? DEFAULT_RETRY_MS;
    this.#retry = setTimeout(this.#begin, retryDelayMs(++this.#retries, { firstMs, maxMs: MAX_RETRY_MS }));
  }

  #giveUp(sequence: number, { id }: ReadingEvent, cause: InkError): void {
    this.#options.queue.setAside(sequence);
    this.#setAside++;
    const which =
      this.#setAside === 1 ? `The event ${id} was` : `${this.#setAside} events, the last of them ${id}, were`;
    const problem = new InkError('INK_EVENTS_REFUSED', `${which} set aside. ${cause.message}`, { cause });
    this.#problems.set('set aside', problem);
    this.#options.onProblem(problem);
  }
}
