import { asInkError, type InkError } from '@inkcast/shared/errors';
import { isConnectionLoss } from './ending.js';
import type { MqttConnection } from './mqtt-connection.js';
import { bytesToTry } from './refusal.js';
import { mayTry, type RefusedState, refusedState } from './refused-state.js';

export interface StatePublisherOptions {
  readonly connection: MqttConnection;
  /**
   * Time after which a broker drops the state of a device that is gone. States are published again after half of it.
   */
  readonly expirySeconds?: number;
  /** Called once for each reason why the broker refuses a state. */
  readonly onProblem: (problem: InkError) => void;
}

export interface StateOptions {
  /** `false` for a state that must stay while the device is off. */
  readonly expires?: boolean;
  /** Shrinks a refused state to at most `maxBytes`. @returns undefined if it cannot be that small */
  readonly shrink?: (maxBytes: number) => Promise<Uint8Array | undefined>;
  /** Called whenever the broker has accepted it. */
  readonly onTaken?: () => void;
}

interface State extends StateOptions {
  readonly payload: string | Uint8Array;
  readonly contentType: string;
}

const DAY_SECONDS = 86_400;

/**
 * Keeps the latest state of each topic retained at the broker. Without a connection, only the newest state of a topic
 * is kept, and a new connection receives all of them. A refused state is set aside until it has changed.
 */
export class StatePublisher {
  readonly #options: StatePublisherOptions;
  readonly #states = new Map<string, State>();
  readonly #unsent = new Set<string>();
  readonly #sending = new Set<string>();
  readonly #refused = new Map<string, RefusedState>();
  readonly #retries = new Map<string, NodeJS.Timeout>();
  /** Topics of refused states that may be tried once more because the connection is new. */
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

  /** Clears a topic's retained message. @param onTaken called when the broker has cleared it */
  retract(topic: string, onTaken: () => void): void {
    this.publish(topic, '', 'text/plain', { expires: false, onTaken });
  }

  /** Publishes all states again, in the order of their first publication, for receivers that have lost them. */
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

  /** Sends one message per topic at a time. If the state changes meanwhile, the newest one is sent afterwards. */
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
      // A cleared topic stays cleared.
      if (payload === '' && this.#states.get(topic) === state) this.#states.delete(topic);
      state.onTaken?.();
    } catch (error) {
      const problem = asInkError(error);
      // A state that is lost with the connection is sent on the next one.
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
