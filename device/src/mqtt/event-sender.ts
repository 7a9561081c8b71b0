import { asInkError, InkError } from '@inkcast/shared/errors';
import type { ReadingEvent } from '@inkcast/shared/messages';
import { retryDelayMs } from '../retry/index.js';
import { isConnectionLoss } from './ending.js';
import type { EventQueue, QueuedEvent } from './event-queue.js';
import { EventTrial } from './event-trial.js';
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

/**
 * Sends queued events in their order, with several in flight at once.
 *
 * An event stays in the queue until the broker has acknowledged it. After a lost connection, sending starts again at
 * the oldest event. So an event may arrive twice, with the same id, but none is lost. The first arrivals keep their
 * order, except if a broker refuses one of several events in flight and accepts the next.
 *
 * An event is set aside if the broker refuses it for its size or form, or refuses it while it accepts the next event.
 * Otherwise it would block all later ones. An event on which connections end stays in the queue if they end on the next
 * one, too: the broker may be overloaded.
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
  readonly #trial = new EventTrial();
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
    this.#options.connection.on('up', this.#connected);
    this.#options.connection.on('down', this.#halt);
    this.#begin();
  }

  /** Stops sending. Unacknowledged events stay in the queue. */
  stop(): void {
    this.#running = false;
    this.#generation++;
    this.#options.connection.off('up', this.#connected);
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

  readonly #connected = (): void => {
    // Each try may cost a connection, so a new one is no reason to try earlier.
    if (this.#retry === undefined || !this.#trial.isCostly) this.#begin();
  };

  readonly #begin = (): void => {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#generation++;
    this.#lastSent = this.#trial.begin();
    this.#inFlight = 0;
    this.#proven = false;
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

  async #send(queued: QueuedEvent): Promise<void> {
    const { sequence, event } = queued;
    const { connection, queue, topicOf } = this.#options;
    const generation = this.#generation;
    let refusal: InkError | undefined;
    try {
      const payload = JSON.stringify(event);
      await connection.publish({ topic: topicOf(event), payload, qos: 1, contentType: 'application/json' });
      queue.acknowledge(sequence);
    } catch (error) {
      refusal = asInkError(error);
      if (isConnectionLoss(refusal)) return this.#lost(sequence, refusal);
      // The connection has ended, so the next one goes on.
      if (refusalKind(refusal) === 'fatal') return this.#refuse(queued, refusal, 'fatal');
      if (refusalKind(refusal) === 'lasting') this.#giveUp(queued, refusal);
    }
    if (generation !== this.#generation) return;
    this.#inFlight--;
    if (refusal === undefined) this.#taken();
    else if (refusalKind(refusal) === 'passing') this.#refuse(queued, refusal, 'passing');
    this.#fill();
  }

  #lost(sequence: number, reason: InkError): void {
    // The connection reports its loss itself, but it is restored long before this event is acknowledged.
    if (reason.code === 'INK_MQTT_UNACKNOWLEDGED') this.#problems.set('unacknowledged', reason);
    if (this.#trial.lost(sequence)) this.#tryLater();
  }

  #taken(): void {
    const suspect = this.#trial.taken();
    if (suspect !== undefined) {
      this.#lastSent = suspect - 1;
      return;
    }
    this.#retries = 0;
    this.#problems.delete('refused');
    this.#problems.delete('unacknowledged');
    this.#proven = true;
  }

  #refuse(queued: QueuedEvent, problem: InkError, kind: 'passing' | 'fatal'): void {
    const { queue, onProblem } = this.#options;
    const hasNext = (after: number) => queue.oldest(1, after).length > 0;
    const step = this.#trial.refused(queued.sequence, { kind, isAlone: this.#inFlight === 0, hasNext });
    if (step === 'set aside') {
      this.#giveUp(queued, problem);
      this.#taken();
      return;
    }
    if (this.#problems.get('refused')?.code !== problem.code) onProblem(problem);
    this.#problems.set('refused', problem);
    if (step === 'wait') this.#tryLater();
  }

  #tryLater(): void {
    if (this.#retry !== undefined || !this.#running) return;
    const firstMs = this.#options.retryMs ?? DEFAULT_RETRY_MS;
    this.#retry = setTimeout(this.#begin, retryDelayMs(++this.#retries, { firstMs, maxMs: MAX_RETRY_MS }));
  }

  #giveUp({ sequence, event: { id } }: QueuedEvent, cause: InkError): void {
    this.#options.queue.setAside(sequence);
    this.#setAside++;
    const which =
      this.#setAside === 1 ? `The event ${id} was` : `${this.#setAside} events, the last of them ${id}, were`;
    const problem = new InkError('INK_EVENTS_REFUSED', `${which} set aside. ${cause.message}`, { cause });
    this.#problems.set('set aside', problem);
    this.#options.onProblem(problem);
  }
}
