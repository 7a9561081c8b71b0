import { asInkError, type InkError } from '@inkcast/shared/errors';
import { isConnectionLoss } from './connection-loss.js';
import type { MqttConnection } from './mqtt-connection.js';

export interface StatePublisherOptions {
  readonly connection: MqttConnection;
  /** Time after which a broker forgets the state of a device that is gone; it is renewed at half of it. */
  readonly expirySeconds?: number;
  /** Told of a state that the broker refuses. */
  readonly onProblem: (problem: InkError) => void;
}

interface State {
  readonly payload: string | Uint8Array;
  readonly contentType: string;
  readonly expires: boolean;
}

const DAY_SECONDS = 86_400;

/**
 * Keeps the latest state of each topic at the broker, retained. Without a connection the newest takes the place of what
 * was not sent; a new connection is given everything.
 */
export class StatePublisher {
  readonly #options: StatePublisherOptions;
  readonly #states = new Map<string, State>();
  readonly #unsent = new Set<string>();
  readonly #sending = new Set<string>();
  #renewal: NodeJS.Timeout | undefined;

  constructor(options: StatePublisherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.connection.on('up', this.#sendAll);
    const seconds = this.#options.expirySeconds ?? DAY_SECONDS;
    this.#renewal = setInterval(this.#sendAll, (seconds * 1000) / 2);
  }

  stop(): void {
    this.#options.connection.off('up', this.#sendAll);
    clearInterval(this.#renewal);
  }

  /** @param options `expires: false` for what must stay while the device is off */
  publish(topic: string, payload: string | Uint8Array, contentType: string, { expires = true } = {}): void {
    this.#states.set(topic, { payload, contentType, expires });
    this.#unsent.add(topic);
    this.#send(topic);
  }

  publishJson(topic: string, value: object): void {
    this.publish(topic, JSON.stringify(value), 'application/json');
  }

  /** Sends everything again, in the order in which it was first published, for whoever has forgotten it. */
  republish(): void {
    this.#sendAll();
  }

  readonly #sendAll = (): void => {
    for (const topic of this.#states.keys()) {
      this.#unsent.add(topic);
      this.#send(topic);
    }
  };

  /** One message a topic at a time: what changes meanwhile is sent after it, and only the newest of it. */
  async #send(topic: string): Promise<void> {
    const { connection, expirySeconds = DAY_SECONDS, onProblem } = this.#options;
    if (this.#sending.has(topic)) return;
    this.#sending.add(topic);
    try {
      while (connection.up && this.#unsent.delete(topic)) {
        const state = this.#states.get(topic);
        if (state === undefined) continue;
        const { payload, contentType, expires } = state;
        const expiry = expires ? { expirySeconds } : {};
        await connection.publish({ topic, payload, contentType, qos: 1, retain: true, ...expiry });
      }
    } catch (error) {
      const problem = asInkError(error);
      // What is lost with the connection is sent with the next.
      if (!isConnectionLoss(problem)) onProblem(problem);
    } finally {
      this.#sending.delete(topic);
    }
  }
}
