import { once } from 'node:events';
import { InkError } from '@inkcast/shared/errors';
import {
  deviceTopics,
  type RequestPayload,
  type ResponseData,
  responseDataSchemas,
  type Verb,
} from '@inkcast/shared/messages';
import { parseJson } from '@inkcast/shared/plain-data';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { IncomingMessage, MqttConnection } from '../mqtt/index.js';

const DATA: { readonly [V in Verb]: z.ZodType<ResponseData<V>> } = responseDataSchemas;
const answerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ok'), data: z.unknown() }),
  z.object({
    status: z.literal('error'),
    error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }),
  }),
]);

export interface FleetRequestsOptions {
  readonly connection: MqttConnection;
  readonly base: string;
  /** This requester's name below the base topic, where it receives responses. No device may have the same name. */
  readonly name: string;
  readonly version: '5' | '3.1.1';
}

/** Sends requests to devices, and matches responses by their transaction. */
export class FleetRequests {
  readonly #options: FleetRequestsOptions;
  readonly #waiting = new Map<string, (json: unknown) => void>();

  constructor(options: FleetRequestsOptions) {
    this.#options = options;
  }

  subscribe(): void {
    const { connection, base, version } = this.#options;
    // A device that speaks MQTT 3.1.1 receives no response topic, so it answers on the common one.
    const everyones = deviceTopics(base, '+').response('info').replace(/info$/, '+');
    for (const filter of version === '5' ? [this.#ownTopic, everyones] : [everyones]) {
      connection.subscribe(filter, (message) => this.#receive(message));
    }
  }

  /**
   * Resolves when the broker has sent all messages that it retained for earlier subscriptions: a message to ourselves
   * arrives after them.
   */
  async settled(timeoutMs: number): Promise<void> {
    const { connection } = this.#options;
    if (!connection.up) {
      await once(connection, 'up', { signal: AbortSignal.timeout(timeoutMs) }).catch((cause: unknown) => {
        throw new InkError('INK_MQTT_CONNECT', `The broker does not answer within ${timeoutMs / 1000} s.`, { cause });
      });
    }
    const transaction = ulid();
    const answer = this.#answerTo(transaction, timeoutMs, 'the broker');
    await connection.publish({ topic: this.#ownTopic, payload: JSON.stringify({ transaction }), qos: 1 });
    await answer;
  }

  /** @throws InkError INK_FLEET_SILENT if no answer arrives in time; INK_FLEET_REFUSED with the device's own reason */
  async ask<V extends Verb>(
    device: string,
    verb: V,
    payload: RequestPayload<V>,
    timeoutMs: number,
  ): Promise<ResponseData<V>> {
    const { connection, base } = this.#options;
    const transaction = ulid();
    const answer = this.#answerTo(transaction, timeoutMs, device);
    await connection.publish({
      topic: deviceTopics(base, device).request(verb),
      payload: JSON.stringify({ ...payload, transaction }),
      qos: 1,
      contentType: 'application/json',
      responseTopic: this.#ownTopic,
    });
    const answered = answerSchema.safeParse(await answer);
    if (answered.data?.status === 'error') {
      const { code, message, remedy } = answered.data.error;
      throw new InkError('INK_FLEET_REFUSED', `${device} answers ${code}: ${message}`, { remedy });
    }
    const parsed = DATA[verb].safeParse(answered.data?.data);
    if (parsed.success) return parsed.data;
    throw new InkError('INK_FLEET_MESSAGE', `The answer of ${device} is not in the form that we know.`);
  }

  get #ownTopic(): string {
    return deviceTopics(this.#options.base, this.#options.name).response('info');
  }

  #answerTo(transaction: string, timeoutMs: number, from: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(transaction);
        reject(new InkError('INK_FLEET_SILENT', `No answer came from ${from} within ${timeoutMs / 1000} s.`));
      }, timeoutMs);
      this.#waiting.set(transaction, (json) => {
        clearTimeout(timer);
        this.#waiting.delete(transaction);
        resolve(json);
      });
    });
  }

  #receive({ payload }: IncomingMessage): void {
    const json = jsonIn(payload.toString('utf8'));
    if (typeof json !== 'object' || json === null || !('transaction' in json)) return;
    if (typeof json.transaction === 'string') this.#waiting.get(json.transaction)?.(json);
  }
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
