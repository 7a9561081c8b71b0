import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { asInkError, InkError } from '@inkcast/shared/errors';
import type { Availability } from '@inkcast/shared/messages';
import { type RetryDelays, retryDelayMs } from '../retry/index.js';
import { type BrokerAddress, parseBrokerAddress } from './broker-address.js';
import type { BrokerSettings } from './broker-settings.js';
import type { Ending } from './ending.js';
import { FirstSteps, STEP_DELAYS } from './first-steps.js';
import { Link } from './link.js';
import type { IncomingMessage, OutgoingMessage } from './mqtt-message.js';
import { Negotiation } from './negotiation.js';
import { concessions, type Offer, TERMS } from './offer.js';
import { PoisonWatch } from './poison-watch.js';
import { readSecrets } from './secrets.js';
import { matchesFilter } from './topic-filter.js';

export interface ConnectionOptions {
  readonly settings: BrokerSettings;
  /** Must be unique: a broker disconnects an earlier client with the same id. */
  readonly clientId: string;
  /** Topic with `online` while connected and `offline` otherwise; by default nothing is published. */
  readonly availabilityTopic?: string;
  readonly retryDelays?: RetryDelays;
  /** Waits before a refused subscription is tried again; by default from one minute to one hour. */
  readonly refusedDelays?: RetryDelays;
  /**
   * Maximum time for the broker to acknowledge a message; default one minute. After it, the connection counts as lost.
   * If a broker never acknowledges anything, quality of service 0 is used.
   */
  readonly acknowledgeMs?: number;
}

interface ConnectionEvents {
  /** Connected, subscribed and announced. */
  readonly up: [];
  /** The connection was lost. */
  readonly down: [reason: InkError];
  /** Connecting failed for another reason than the last time, or the broker refused a subscription. */
  readonly problem: [problem: InkError];
  /** Connected, but without all requested features. */
  readonly concession: [concession: InkError];
}

type Handler = (message: IncomingMessage) => void;

const RETRY_DELAYS: RetryDelays = { firstMs: 1000, maxMs: 60_000 };
/** Several connections in a row that are shorter than this suggest that another client uses the same id. */
const SHORT_MS = 5000;
const SHORT_IN_A_ROW = 3;
/** Key of the problem that there is no connection. Other keys are filters or topics. */
const CONNECTION = '';

/** Keeps a connection to a broker, and reconnects for as long as it takes whenever it is lost. */
export class MqttConnection extends EventEmitter<ConnectionEvents> {
  readonly #options: ConnectionOptions;
  readonly #subscriptions = new Map<string, Handler>();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  readonly #poison = new PoisonWatch();
  readonly #past = { hasAcknowledged: false };
  readonly #wanted: Offer;
  readonly #negotiation: Negotiation<Link>;
  #link: Link | undefined;
  /** The current problems, by key. */
  readonly #problems = new Map<string, InkError>();
  /** Named by their filter, or by the topic of the announcement. */
  readonly #steps: FirstSteps;

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    const { version, retain = true, qos = 1 } = options.settings;
    this.#wanted = { version, retain, qos };
    this.#negotiation = new Negotiation(this.#wanted, options.availabilityTopic !== undefined);
    this.#steps = new FirstSteps({
      retryDelays: options.refusedDelays ?? STEP_DELAYS,
      onOutcome: (step, problem) => {
        if (problem === undefined) this.#problems.delete(step);
        else this.#report(step, problem);
      },
      onDue: (step) => {
        if (this.#link === undefined) return;
        if (this.#subscriptions.has(step)) void this.#subscribeOn(this.#link, step);
        if (step === options.availabilityTopic) this.#announce(this.#link, 'online');
      },
    });
    // Each publisher, sender and server adds one listener.
    this.setMaxListeners(50);
  }

  /**
   * Starts to connect and returns at once; the broker may become reachable later.
   *
   * @throws InkError INK_CONFIG_INVALID if the address is invalid
   */
  start(): void {
    this.#running = this.#stayConnected(parseBrokerAddress(this.#options.settings.url));
  }

  /** Publishes `offline` and ends the connection. */
  async stop(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    this.#stopping.abort();
    this.#steps.stop();
    if (link !== undefined) {
      this.#announce(link, 'offline');
      await link.end();
    }
    await this.#running;
  }

  get up(): boolean {
    return this.#link !== undefined;
  }

  /** Why there is no connection; undefined if there is one, or if none has been tried. */
  get problem(): InkError | undefined {
    return this.#problems.get(CONNECTION);
  }

  /** All current problems by key: why there is no connection, or which subscriptions are refused. */
  get problems(): ReadonlyMap<string, InkError> {
    const { problem } = this;
    return new Map([...(problem === undefined ? [] : [[CONNECTION, problem] as const]), ...this.#problems]);
  }

  /**
   * Sends a message after all earlier ones. Resolves when the broker has acknowledged it (QoS 1).
   *
   * @throws InkError INK_MQTT_LOST if there is no connection, or if it is lost; INK_MQTT_FORBIDDEN, INK_MQTT_PUBLISH
   */
  async publish(message: OutgoingMessage): Promise<void> {
    if (this.#link === undefined) {
      throw this.problem ?? new InkError('INK_MQTT_LOST', 'There is no connection to the broker yet.');
    }
    await this.#link.publish(message);
  }

  /** Subscribes now or at the next connection, and again after each reconnect. */
  subscribe(filter: string, handler: Handler): void {
    this.#subscriptions.set(filter, handler);
    if (this.#link !== undefined) this.#subscribeOn(this.#link, filter);
  }

  /** Publishes `online` again. */
  announce(): void {
    if (this.#link !== undefined) this.#announce(this.#link, 'online');
  }

  async #stayConnected(address: BrokerAddress): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    let short = 0;
    while (!signal.aborted) {
      const begun = performance.now();
      const ended = await this.#connect(address);
      if (signal.aborted) return;
      // If messages were in flight, the end is more likely a refusal of one of them.
      const isShort = ended !== undefined && !ended.byMessage && performance.now() - begun < SHORT_MS;
      short = isShort ? short + 1 : 0;
      const isRepeated = ended?.reason.code === 'INK_MQTT_CLIENT_ID' || short >= SHORT_IN_A_ROW;
      failures = ended === undefined || isRepeated ? failures + 1 : 1;
      const fought = isRepeated && ended?.isExplained !== true;
      if (ended?.objection !== undefined) this.#negotiation.giveUp(ended.objection);
      if (ended !== undefined) this.#lost(fought ? this.#clash(ended.reason) : ended.reason);
      await wait(retryDelayMs(failures, this.#options.retryDelays ?? RETRY_DELAYS), undefined, { signal }).catch(
        () => {},
      );
    }
  }

  /** Resolves when the connection has ended; with undefined if it could not be made. */
  async #connect(address: BrokerAddress): Promise<Ending | undefined> {
    const { settings, clientId } = this.#options;
    const { signal } = this.#stopping;
    try {
      const secrets = await readSecrets(settings);
      const options = { address, settings, secrets, will: this.#availability('offline') };
      const environment = {
        receive: (message: IncomingMessage) => this.#receive(message),
        poison: this.#poison,
        past: this.#past,
        acknowledgeMs: this.#options.acknowledgeMs,
        signal,
      };
      const link = await this.#negotiation.agree((offer, isTrial) =>
        Link.open({ ...options, offer, clientId: isTrial ? `${clientId}-trial` : clientId }, environment),
      );
      if (signal.aborted) await link.end();
      else await this.#bringUp(link);
      return await link.closed;
    } catch (error) {
      if (!signal.aborted) this.#report(CONNECTION, asInkError(error));
      return undefined;
    }
  }

  async #bringUp(link: Link): Promise<void> {
    this.#problems.delete(CONNECTION);
    this.#link = link;
    this.#announce(link, 'online');
    await Promise.all([...this.#subscriptions.keys()].map((filter) => this.#subscribeOn(link, filter)));
    if (this.#link !== link) return;
    this.emit('up');
    this.#concede(link.offer);
  }

  /** Reports the features that are not used although they are requested. */
  #concede(offer: Offer): void {
    const conceded = concessions(this.#wanted, offer);
    for (const term of TERMS) {
      const problem = conceded.get(term);
      if (problem === undefined) this.#problems.delete(`without ${term}`);
      else if (this.#note(`without ${term}`, problem)) this.emit('concession', problem);
    }
  }

  #subscribeOn(link: Link, filter: string): Promise<void> {
    return this.#steps.attempt(filter, () => link.subscribe(filter));
  }

  #announce(link: Link, availability: Availability): void {
    const message = this.#availability(availability);
    if (message !== undefined) void this.#steps.attempt(message.topic, () => link.publish(message));
  }

  #availability(availability: Availability): OutgoingMessage | undefined {
    const topic = this.#options.availabilityTopic;
    return topic === undefined
      ? undefined
      : { topic, payload: availability, qos: 1, retain: true, contentType: 'text/plain' };
  }

  #receive(message: IncomingMessage): void {
    for (const [filter, handler] of this.#subscriptions) {
      if (matchesFilter(filter, message.topic)) handler(message);
    }
  }

  #lost(reason: InkError): void {
    this.#link = undefined;
    this.#problems.set(CONNECTION, reason);
    this.emit('down', reason);
  }

  #report(part: string, problem: InkError): void {
    if (this.#note(part, problem)) this.emit('problem', problem);
  }

  /** @returns whether the problem is new */
  #note(part: string, problem: InkError): boolean {
    const before = this.#problems.get(part);
    this.#problems.set(part, problem);
    return before?.code !== problem.code || before.message !== problem.message;
  }

  #clash(ended: InkError): InkError {
    if (ended.code === 'INK_MQTT_CLIENT_ID') return ended;
    const { clientId } = this.#options;
    return new InkError(
      'INK_MQTT_CLIENT_ID',
      `The broker ended ${SHORT_IN_A_ROW} connections right after it had accepted them; another client may use the client id ${clientId}.`,
      { cause: ended },
    );
  }
}
