import { once } from 'node:events';
import { asInkError, bodyOf, InkError } from '@inkcast/shared/errors';
import { type DeviceTopics, VERBS, type Verb } from '@inkcast/shared/messages';
import { bytesToTry, type IncomingMessage, isConnectionLoss, type MqttConnection } from '../mqtt/index.js';
import { parseRequest, readJson, transactionOf } from './parse-request.js';
import { RateLimit } from './rate-limit.js';
import type { RequestHandlers } from './request-handler.js';

export interface RequestRate {
  /** Number of requests that may come at once. */
  readonly burst: number;
  /** In the long run. */
  readonly perSecond: number;
}

export interface RequestServerOptions {
  readonly connection: MqttConnection;
  readonly topics: DeviceTopics;
  readonly handlers: RequestHandlers;
  readonly rate?: RequestRate;
  /** Called if a response cannot be sent. */
  readonly onProblem: (problem: InkError) => void;
}

const DEFAULT_RATE = { burst: 20, perSecond: 2 };
/** A request with a model may be larger, up to the maximum packet size. */
const MAX_REQUEST_BYTES: Readonly<Record<Verb, number>> = {
  snapshot: 4096,
  pause: 4096,
  resume: 4096,
  config: 65_536,
  value: 4096,
  reference: 4096,
  labels: 4096,
  model: 16 * 1024 * 1024,
  info: 4096,
};

/** A response with a picture is never smaller. */
const MIN_BYTES = 2000;
/** How long a response that was lost with its connection waits for the next one. */
const RECONNECT_MS = 30_000;

/** Answers requests, one at a time for each verb. Any message is answered or ignored, and never ends the server. */
export class RequestServer {
  readonly #options: RequestServerOptions;
  readonly #limit: RateLimit;
  readonly #last = new Map<Verb, Promise<void>>();
  #refusing = false;
  readonly #problems = new Map<Verb, InkError>();
  /** Maximum bytes of a response with a picture that the broker accepts, as far as known. */
  #maxBytes = Number.POSITIVE_INFINITY;

  constructor(options: RequestServerOptions) {
    this.#options = options;
    this.#limit = new RateLimit(options.rate ?? DEFAULT_RATE);
  }

  /** Why the last response to a verb could not be sent, by verb. */
  get problems(): ReadonlyMap<string, InkError> {
    return this.#problems;
  }

  start(): void {
    const { connection, topics } = this.#options;
    connection.subscribe(topics.requests, (message) => this.#receive(message));
  }

  #receive(message: IncomingMessage): void {
    const { topics } = this.#options;
    const verb = VERBS.find((one) => topics.request(one) === message.topic);
    // A retained request would be answered again after every reconnect.
    if (verb === undefined || message.retained) return;
    if (!this.#limit.take(performance.now())) {
      // One response for all excess requests; otherwise a flood of requests would cause a flood of responses.
      if (!this.#refusing) {
        const error = new InkError('INK_REQUEST_LIMIT', 'Requests come faster than they are answered.');
        this.#respond(verb, message, { status: 'error', error: bodyOf(error) });
      }
      this.#refusing = true;
      return;
    }
    this.#refusing = false;
    const before = this.#last.get(verb) ?? Promise.resolve();
    this.#last.set(
      verb,
      before.then(() => this.#answer(verb, message)),
    );
  }

  async #answer<V extends Verb>(verb: V, message: IncomingMessage): Promise<void> {
    let transaction: string | undefined;
    const echoed = () => (transaction === undefined ? {} : { transaction });
    try {
      if (message.payload.length > MAX_REQUEST_BYTES[verb]) {
        throw new InkError('INK_REQUEST_LIMIT', `A ${verb} request has at most ${MAX_REQUEST_BYTES[verb]} bytes.`);
      }
      const json = readJson(message.payload);
      transaction = transactionOf(json);
      const request = parseRequest(verb, json);
      const known = verb === 'snapshot' ? this.#maxBytes : Number.POSITIVE_INFINITY;
      for (let maxBytes = known, tries = 0; maxBytes >= MIN_BYTES; tries++) {
        const data = await this.#options.handlers[verb](request, { maxBytes, again: tries > 0 });
        const smaller = await this.#respond(verb, message, { status: 'ok', data, ...echoed() }, tries > 0);
        if (smaller === undefined) {
          if (tries > 1) this.#maxBytes = maxBytes;
          return;
        }
        // Only a picture can be made smaller, and no other request may be executed twice.
        maxBytes = verb === 'snapshot' ? smaller : 0;
      }
      throw new InkError('INK_MQTT_PUBLISH', 'The broker does not take a message of the size of this response.');
    } catch (error) {
      await this.#respond(verb, message, { status: 'error', error: bodyOf(asInkError(error)), ...echoed() });
    }
  }

  /**
   * @param again whether an earlier response to the request was lost or refused
   * @returns the maximum size for another try, if this response was or may have been too large
   */
  async #respond(verb: Verb, request: IncomingMessage, response: Answer, again = false): Promise<number | undefined> {
    const { connection, topics, onProblem } = this.#options;
    const { responseTopic, correlationData } = request;
    const payload = JSON.stringify(response);
    try {
      await connection.publish({
        topic: isTopicName(responseTopic) ? responseTopic : topics.response(verb),
        payload,
        qos: 1,
        contentType: 'application/json',
        ...(correlationData === undefined ? {} : { correlationData }),
      });
      if (response.status === 'ok') this.#problems.delete(verb);
      return undefined;
    } catch (error) {
      const problem = asInkError(error);
      // A broker of MQTT 3.1.1 closes the connection if a message is too large.
      if (isConnectionLoss(problem)) return verb === 'snapshot' ? this.#afterLoss(payload, again) : undefined;
      this.#problems.set(verb, problem);
      onProblem(problem);
      const maxBytes = bytesToTry(problem, payload);
      if (verb === 'snapshot' && maxBytes !== undefined) this.#maxBytes = Math.max(MIN_BYTES, maxBytes);
      return maxBytes;
    }
  }

  /**
   * Waits for the next connection, since one loss may be a coincidence.
   *
   * @returns the bytes to try on it; undefined if it is too late for a response
   */
  async #afterLoss(payload: string, again: boolean): Promise<number | undefined> {
    const signal = AbortSignal.timeout(RECONNECT_MS);
    const isUp = await once(this.#options.connection, 'up', { signal }).catch(() => undefined);
    const bytes = Buffer.byteLength(payload);
    return isUp === undefined ? undefined : again ? Math.floor(bytes / 2) : bytes;
  }
}

/** A response as it is sent. */
interface Answer {
  readonly status: 'ok' | 'error';
  readonly data?: object;
  readonly error?: object;
  readonly transaction?: string;
}

/** A broker disconnects clients that publish to a topic with wildcards. */
function isTopicName(topic: string | undefined): topic is string {
  return topic !== undefined && topic !== '' && !/[+#\0]/.test(topic);
}
