import { InkError } from '@inkcast/shared/errors';
import type { IConnackPacket, IPublishPacket, MqttClient } from 'mqtt';
import { nameOf } from './broker-address.js';
import { CONNECT_TIMEOUT_MS, clientOptions, type LinkOptions } from './client-options.js';
import { explainFailure } from './explain-failure.js';
import { handshake } from './handshake.js';
import type { IncomingMessage, OutgoingMessage } from './mqtt-message.js';
import { openClient } from './open-client.js';
import { reasonFor } from './reason-codes.js';

/** Most messages on their way that the broker takes, where it does not say (MQTT 5.0, section 3.2.2.3.3). */
const MOST_IN_FLIGHT = 65_535;
/** Bytes of a PUBLISH packet beside topic and payload, generously. */
const PACKET_OVERHEAD = 512;
/** Time that a clean end waits for acknowledgements, and for the broker to close. */
const END_MS = 3000;

/** A message that waits to be sent, or for its acknowledgement. */
interface Pending {
  readonly message: OutgoingMessage;
  readonly resolve: () => void;
  readonly reject: (error: InkError) => void;
}

/**
 * One network connection to a broker, from CONNACK to its end. It never reconnects: what was not acknowledged on it is
 * rejected when it closes, and is the publisher's again.
 */
export class Link {
  readonly #client: MqttClient;
  readonly #broker: string;
  readonly #version: 4 | 5;
  readonly #receiveMaximum: number;
  readonly #maximumPacketSize: number;
  readonly #inFlight = new Set<Pending>();
  readonly #waiting: Pending[] = [];
  #lost: InkError | undefined;
  /** Resolves with the reason when the connection is gone. */
  readonly closed: Promise<InkError>;

  private constructor(client: MqttClient, connack: IConnackPacket, broker: string, closed: Promise<InkError>) {
    this.#client = client;
    this.#broker = broker;
    this.#version = client.options.protocolVersion === 5 ? 5 : 4;
    this.#receiveMaximum = connack.properties?.receiveMaximum ?? MOST_IN_FLIGHT;
    this.#maximumPacketSize = connack.properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY;
    this.closed = closed;
  }

  /**
   * @param receive is given every message that comes, also those that arrive together with CONNACK
   * @throws InkError one of INK_MQTT_...
   */
  static async open(
    options: LinkOptions,
    receive: (message: IncomingMessage) => void,
    signal: AbortSignal,
  ): Promise<Link> {
    const { address, clientId } = options;
    const broker = nameOf(address);
    const attempt = {
      address,
      clientId,
      username: options.settings.username ?? address.username,
      certificate: options.settings.tls?.certificate,
    };
    try {
      const client = openClient(clientOptions(options));
      const closed = watch(client, broker, clientId);
      client.on('message', (topic, payload, packet) => receive(incoming(topic, payload, packet)));
      const connack = await handshake(client, CONNECT_TIMEOUT_MS, signal);
      const link = new Link(client, connack, broker, closed);
      closed.then((reason) => link.#lose(reason));
      return link;
    } catch (error) {
      throw explainFailure(error, attempt);
    }
  }

  /**
   * Sends a message after all those given before. Resolves when the broker has acknowledged it, for QoS 0 when it is
   * written.
   *
   * @throws InkError INK_MQTT_LOST, INK_MQTT_FORBIDDEN or INK_MQTT_PUBLISH
   */
  publish(message: OutgoingMessage): Promise<void> {
    const size = Buffer.byteLength(message.payload) + Buffer.byteLength(message.topic) + PACKET_OVERHEAD;
    if (size > this.#maximumPacketSize) {
      const reason = `it has ${size} bytes, and the broker takes ${this.#maximumPacketSize}`;
      return Promise.reject(
        new InkError('INK_MQTT_PUBLISH', `The message to ${message.topic} was not sent: ${reason}.`),
      );
    }
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      this.#sendWaiting();
    });
  }

  /** @throws InkError INK_MQTT_FORBIDDEN or INK_MQTT_LOST */
  subscribe(filter: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.closed.then(reject);
      this.#client.subscribe(filter, { qos: 1 }, (error) => {
        if (!error) return resolve();
        reject(this.#refusal(`refused the subscription to ${filter}`, error));
      });
    });
  }

  /** Ends the connection so that the will is not sent; what is in flight is given a moment to be acknowledged. */
  async end(): Promise<void> {
    const timer = setTimeout(() => this.#client.stream.destroy(), END_MS);
    this.#client.end(false);
    await this.closed;
    clearTimeout(timer);
  }

  #sendWaiting(): void {
    while (this.#inFlight.size < this.#receiveMaximum) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#send(next);
    }
  }

  #send(pending: Pending): void {
    const { message } = pending;
    this.#inFlight.add(pending);
    const { topic, payload, qos, retain = false } = message;
    const options = { qos, retain, ...(this.#version === 5 ? { properties: propertiesOf(message) } : {}) };
    this.#client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), options, (error) => {
      if (!this.#inFlight.delete(pending)) return;
      if (error) pending.reject(this.#refusal(`refused the message to ${topic}`, error));
      else pending.resolve();
      this.#sendWaiting();
    });
  }

  #lose(reason: InkError): void {
    this.#lost = reason;
    const lost = [...this.#inFlight, ...this.#waiting.splice(0)];
    this.#inFlight.clear();
    for (const { reject } of lost) reject(reason);
  }

  #refusal(what: string, error: Error): InkError {
    const code = 'code' in error && typeof error.code === 'number' ? error.code : undefined;
    if (code === undefined)
      return new InkError('INK_MQTT_LOST', `${this.#broker}: ${error.message}.`, { cause: error });
    // MQTT 3.1.1 has one code for every refused subscription.
    const forbidden = code === 135 || (code === 128 && this.#version === 4);
    const reason = forbidden ? 'this user has no right to it' : reasonFor(code);
    return new InkError(
      forbidden ? 'INK_MQTT_FORBIDDEN' : 'INK_MQTT_PUBLISH',
      `The broker ${this.#broker} ${what}, because ${reason}.`,
      { cause: error },
    );
  }
}

/** Resolves when the connection closes, with the last that was heard of the reason. */
function watch(client: MqttClient, broker: string, clientId: string): Promise<InkError> {
  return new Promise((resolve) => {
    let reason: InkError | undefined;
    client.on('disconnect', ({ reasonCode = 0 }) => {
      const happened = `The broker ${broker} ended the connection, because ${reasonFor(reasonCode)}`;
      reason =
        reasonCode === 142
          ? new InkError('INK_MQTT_CLIENT_ID', `${happened}, ${clientId}.`)
          : new InkError('INK_MQTT_LOST', `${happened}.`);
    });
    client.on('error', (error) => {
      reason ??= new InkError('INK_MQTT_LOST', `The connection to ${broker} broke: ${error.message}.`, {
        cause: error,
      });
    });
    client.once('close', () =>
      resolve(reason ?? new InkError('INK_MQTT_LOST', `The broker ${broker} closed the connection.`)),
    );
  });
}

function incoming(topic: string, payload: Buffer, { retain, properties }: IPublishPacket): IncomingMessage {
  return {
    topic,
    payload,
    retained: retain,
    responseTopic: properties?.responseTopic,
    correlationData: properties?.correlationData,
  };
}

function propertiesOf(message: OutgoingMessage): NonNullable<IPublishPacket['properties']> {
  const { payload, contentType, expirySeconds, responseTopic, correlationData } = message;
  return {
    payloadFormatIndicator: typeof payload === 'string',
    ...(contentType === undefined ? {} : { contentType }),
    ...(expirySeconds === undefined ? {} : { messageExpiryInterval: expirySeconds }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData }),
  };
}
