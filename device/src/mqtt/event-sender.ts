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
  /** Each event's topic. */
  readonly topicOf: (event: ReadingEvent) => string;
  /** Most events on their way at once; the broker's own maximum counts as well. */
  readonly window?: number;
  /** Longest wait before an event that the broker refused is sent again; up to a minute while it refuses all. */
  readonly retryMs?: number;
  /** Told of an event that the broker refuses. */
  readonly onProblem: (problem: InkError) => void;
}

const DEFAULT_WINDOW = 32;
const DEFAULT_RETRY_MS = 5000;
const MAX_RETRY_MS = 60_000;
/** Refusals of the oldest event after which the one behind it is tried for the first time. */
const PATIENCE = 3;

/**
 * Sends queued events in their order, several on their way at once. An event leaves the queue when the broker has
 * acknowledged it and not before; after a lost connection, sending begins again at the oldest that is left. So an event
 * may come twice, with the same id, but none is lost and none comes for the first time after a later one; only a broker
 * that refuses one of several on their way, and takes the next, can bring about the latter.
 *
 * What the broker refuses for its size or form, or although it takes the event behind it, is set aside: it would keep
 * all later ones back.
 */
export class EventSender {
  readonly #options: EventSenderOptions;
  /** Counts connections and new beginnings: what returns from an earlier one is of no interest any more. */
  #generation = 0;
  #lastSent = 0;
  #inFlight = 0;
  /** Whether one was acknowledged since the beginning. */
  #proven = false;
  #running = false;
  /** Whether this connection was begun with the oldest event, so that the next ones may follow. */
  #begun = false;
  #retry: NodeJS.Timeout | undefined;
  /** The event that was refused last, with how often in a row. */
  #refused: { readonly sequence: number; readonly times: number } | undefined;
  /** Whether the event behind the refused one is on its way; or, after that was taken, the refused one once more. */
  #trial: 'none' | 'next' | 'again' = 'none';
  /** Refusals of the oldest event after which the next trial is due: more each time, since each may change the order. */
  #patience = PATIENCE;
  /** Retries since an event was last taken. */
  #retries = 0;
  #setAside = 0;
  readonly #problems = new Map<'refused' | 'set aside' | 'unacknowledged', InkError>();

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  /** Why the oldest event is not taken or not acknowledged, and which were set aside since the start. */
  get problems(): ReadonlyMap<string, InkError> {
    return this.#problems;
  }

  start(): void {
    this.#running = true;
    this.#options.connection.on('up', this.#begin);
    this.#options.connection.on('down', this.#halt);
    this.#begin();
  }

  /** Stops sending; what has not been acknowledged stays in the queue. */
  stop(): void {
    this.#running = false;
    this.#generation++;
    this.#options.connection.off('up', this.#begin);
    this.#options.connection.off('down', this.#halt);
    clearTimeout(this.#retry);
  }

  /** Queues an event. Resolves when it is safe, not when it is sent. */
  async report(event: ReadingEvent): Promise<void> {
    await this.#options.queue.put(event);
    this.#fill();
  }

  /** A new connection takes messages before it is `up`: what was lost with this one must not be overtaken then. */
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
    // The first goes alone: were it refused and the next ones not, they would overtake it.
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
      // The connection tells of its loss itself, but stands again long before this event is acknowledged.
      if (refusal.code === 'INK_MQTT_UNACKNOWLEDGED') this.#problems.set('unacknowledged', refusal);
      if (isConnectionLoss(refusal)) return;
      // By the end of the connection as well, which is why this may be an earlier generation.
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
      // It is this one event, unless the broker has changed its mind just now.
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
    // Whether it is this event or all of them, the one behind it tells.
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
