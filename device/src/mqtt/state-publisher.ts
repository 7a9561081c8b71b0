import { asInkError, type InkError } from '@inkcast/shared/errors';
import { isConnectionLoss } from './ending.js';
import type { MqttConnection } from './mqtt-connection.js';
import { bytesToTry } from './refusal.js';
import { mayTry, type RefusedState, refusedState } from './refused-state.js';

export interface StatePublisherOptions {
  readonly connection: MqttConnection;
  /** Time after which a broker forgets the state of a device that is gone; it is renewed at half of it. */
  readonly expirySeconds?: number;
  /** Told of a state that the broker refuses, once for each reason. */
  readonly onProblem: (problem: InkError) => void;
}

export interface StateOptions {
  /** `false` for what must stay while the device is off. */
  readonly expires?: boolean;
  /** Makes what the broker refuses smaller: at most so many bytes. @returns undefined where it cannot be so small */
  readonly shrink?: (maxBytes: number) => Promise<Uint8Array | undefined>;
  /** Told each time that the broker has taken it. */
  readonly onTaken?: () => void;
}

interface State extends StateOptions {
  readonly payload: string | Uint8Array;
  readonly contentType: string;
}

const DAY_SECONDS = 86_400;

/**
 * Keeps the latest state of each topic at the broker, retained. Without a connection the newest takes the place of what
 * was not sent; a new connection is given everything. What the broker does not take is set aside until it has changed.
 */
export class StatePublisher {
  readonly #options: StatePublisherOptions;
  readonly #states = new Map<string, State>();
  readonly #unsent = new Set<string>();
  readonly #sending = new Set<string>();
  readonly #refused = new Map<string, RefusedState>();
  readonly #retries = new Map<string, NodeJS.Timeout>();
  /** Refused ones that may be tried once more, since the connection is another. */
  readonly #renewed = new Set<string>();
  #renewal: NodeJS.Timeout | undefined;

  constructor(options: StatePublisherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.connection.on('up', this.#connected);
    const seconds = this.#options.expirySeconds ?? DAY_SECONDS;
    this.#renewal = setInterval(this.#sendAll, (seconds * 1000) / 2);
  }

  stop(): void {
    this.#options.connection.off('up', this.#connected);
    clearInterval(this.#renewal);
    for (const retry of this.#retries.values()) clearTimeout(retry);
  }

  /** Why the broker does not have the newest state, by topic. */
  get problems(): ReadonlyMap<string, InkError> {
    return new Map([...this.#refused].map(([topic, { problem }]) => [topic, problem]));
  }

  publish(topic: string, payload: string | Uint8Array, contentType: string, options: StateOptions = {}): void {
    this.#states.set(topic, { payload, contentType, ...options });
    this.#sendAgain(topic);
  }

  publishJson(topic: string, value: object): void {
    this.publish(topic, JSON.stringify(value), 'application/json');
  }

  /** Takes away what the broker retains of a topic. @param onTaken told when the broker has done so */
  retract(topic: string, onTaken: () => void): void {
    this.publish(topic, '', 'text/plain', { expires: false, onTaken });
  }

  /** Sends everything again, in the order in which it was first published, for whoever has forgotten it. */
  republish(): void {
    this.#sendAll();
  }

  readonly #connected = (): void => {
    for (const topic of this.#refused.keys()) this.#renewed.add(topic);
    this.#sendAll();
  };

  readonly #sendAll = (): void => {
    for (const topic of this.#states.keys()) this.#sendAgain(topic);
  };

  #sendAgain(topic: string): void {
    this.#unsent.add(topic);
    void this.#send(topic);
  }

  /** One message a topic at a time: what changes meanwhile is sent after it, and only the newest of it. */
  async #send(topic: string): Promise<void> {
    if (this.#sending.has(topic)) return;
    this.#sending.add(topic);
    try {
      while (this.#options.connection.up && this.#unsent.delete(topic)) {
        const state = this.#states.get(topic);
        if (state !== undefined && this.#mayTry(topic, state)) await this.#try(topic, state);
      }
    } finally {
      this.#sending.delete(topic);
    }
  }

  #mayTry(topic: string, { payload }: State): boolean {
    const refused = this.#refused.get(topic);
    return refused === undefined || mayTry(refused, payload, performance.now(), this.#renewed.delete(topic));
  }

  async #try(topic: string, state: State): Promise<void> {
    const { connection, expirySeconds = DAY_SECONDS } = this.#options;
    const { payload, contentType, expires = true } = state;
    const expiry = expires ? { expirySeconds } : {};
    try {
      await connection.publish({ topic, payload, contentType, qos: 1, retain: true, ...expiry });
      this.#refused.delete(topic);
      clearTimeout(this.#retries.get(topic));
      // What is taken away stays away.
      if (payload === '' && this.#states.get(topic) === state) this.#states.delete(topic);
      state.onTaken?.();
    } catch (error) {
      const problem = asInkError(error);
      // What is lost with the connection is sent with the next.
      if (!isConnectionLoss(problem)) await this.#setAside(topic, state, problem);
    }
  }

  async #setAside(topic: string, state: State, problem: InkError): Promise<void> {
    const known = this.#refused.get(topic);
    const refused = refusedState(state.payload, problem, performance.now(), known);
    this.#refused.set(topic, refused);
    clearTimeout(this.#retries.get(topic));
    const retry = setTimeout(() => this.#sendAgain(topic), refused.waitMs);
    this.#retries.set(topic, retry.unref());
    if (known?.problem.code !== problem.code) this.#options.onProblem(problem);
    const maxBytes = bytesToTry(problem, state.payload);
    if (maxBytes !== undefined) await this.#shrink(topic, state, maxBytes);
  }

  async #shrink(topic: string, state: State, maxBytes: number): Promise<void> {
    try {
      const payload = await state.shrink?.(maxBytes);
      if (payload === undefined || this.#states.get(topic) !== state) return;
      this.#states.set(topic, { ...state, payload });
      this.#unsent.add(topic);
    } catch (error) {
      this.#options.onProblem(asInkError(error));
    }
  }
}
