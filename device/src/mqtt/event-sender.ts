import { asInkError, type InkError } from '@inkcast/shared/errors';
import type { ReadingEvent } from '@inkcast/shared/messages';
import { isConnectionLoss } from './connection-loss.js';
import type { EventQueue, QueuedEvent } from './event-queue.js';
import type { MqttConnection } from './mqtt-connection.js';

export interface EventSenderOptions {
  readonly connection: MqttConnection;
  readonly queue: EventQueue;
  readonly topic: string;
  /** Most events on their way at once; the broker's own maximum counts as well. */
  readonly window?: number;
  /** Wait before an event that the broker refused is sent again. */
  readonly retryMs?: number;
  /** Told of an event that the broker refuses. */
  readonly onProblem: (problem: InkError) => void;
}

const DEFAULT_WINDOW = 32;
const DEFAULT_RETRY_MS = 30_000;

/**
 * Sends queued events in their order, several on their way at once. An event leaves the queue when the broker has
 * acknowledged it and not before; after a lost connection, sending begins again at the oldest that is left. So an event
 * may come twice, with the same id, but none is lost and none comes for the first time after a later one; only a broker
 * that refuses one of several on their way, and takes the next, can bring about the latter.
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
  #problem: InkError | undefined;

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  /** Why the oldest event is not taken. */
  get problems(): ReadonlyMap<string, InkError> {
    return new Map(this.#problem === undefined ? [] : [[this.#options.topic, this.#problem]]);
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
      this.#send(queued);
    }
  }

  async #send({ sequence, event }: QueuedEvent): Promise<void> {
    const { connection, queue, topic } = this.#options;
    const generation = this.#generation;
    try {
      await connection.publish({ topic, payload: JSON.stringify(event), qos: 1, contentType: 'application/json' });
      queue.acknowledge(sequence);
    } catch (error) {
      const problem = asInkError(error);
      if (generation === this.#generation && !isConnectionLoss(problem)) this.#tryLater(problem);
      return;
    }
    if (generation !== this.#generation) return;
    this.#problem = undefined;
    this.#inFlight--;
    this.#proven = true;
    this.#fill();
  }

  #tryLater(problem: InkError): void {
    if (this.#retry !== undefined) return;
    this.#problem = problem;
    this.#options.onProblem(problem);
    this.#retry = setTimeout(this.#begin, this.#options.retryMs ?? DEFAULT_RETRY_MS);
  }
}
