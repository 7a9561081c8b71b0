import { InkError } from '@inkcast/shared/errors';
import type { IConnackPacket, MqttClient } from 'mqtt';
import { acceptAnyReason } from './accept-any-reason.js';
import { ACKNOWLEDGE_MS, AcknowledgementWatch } from './acknowledgement-watch.js';
import { boundPackets } from './bound-packets.js';
import { nameOf } from './broker-address.js';
import { CONNECT_TIMEOUT_MS, clientOptions, type LinkOptions } from './client-options.js';
import { DeliveryCheck } from './delivery-check.js';
import { type Ending, endingOf, fallenSilent, isConnectionLoss, unacknowledged } from './ending.js';
import { type Exchange, sentMessage, sentSubscription } from './exchange.js';
import { explainFailure } from './explain-failure.js';
import { handshake } from './handshake.js';
import type { IncomingMessage, OutgoingMessage } from './mqtt-message.js';
import { asOffered, grantedOf, type Offer } from './offer.js';
import { openClient } from './open-client.js';
import { incoming, packetSize, propertiesOf, reasonOf } from './packets.js';
import type { PoisonWatch, Sent } from './poison-watch.js';
import { isLastingReason, reasonFor } from './reason-codes.js';
import { Refusal } from './refusal.js';

/** Default maximum of messages in flight, if the broker names none (MQTT 5.0, section 3.2.2.3.3). */
const MAX_IN_FLIGHT = 65_535;
/** How long a clean end waits for acknowledgements and for the broker to close. */
const END_MS = 3000;

/** Things that outlive a connection. */
export interface LinkEnvironment {
  /** Receives every message, including those that arrive together with CONNACK. */
  readonly receive: (message: IncomingMessage) => void;
  readonly poison: PoisonWatch;
  /** Whether the broker has ever acknowledged a message, on this or an earlier connection. */
  readonly past: { hasAcknowledged: boolean };
  /** Maximum milliseconds for an acknowledgement; default one minute. */
  readonly acknowledgeMs?: number | undefined;
  /** Aborts the attempt to connect. */
  readonly signal: AbortSignal;
}

/**
 * One network connection to a broker, from CONNACK to its end. It never reconnects. When it closes, unacknowledged
 * messages are rejected, and their publishers decide what to do.
 */
export class Link {
  readonly #client: MqttClient;
  readonly #broker: string;
  /** The features that the broker has accepted. */
  readonly offer: Offer;
  readonly #receiveMaximum: number;
  readonly #maximumPacketSize: number;
  readonly #poison: PoisonWatch;
  readonly #past: LinkEnvironment['past'];
  readonly #acknowledgeMs: number;
  readonly #acknowledgements: AcknowledgementWatch<Exchange>;
  readonly #deliveries: DeliveryCheck;
  readonly #inFlight = new Set<Exchange>();
  readonly #waiting: Exchange[] = [];
  #lost: InkError | undefined;
  /** Whether the end was our decision. */
  #ends = false;
  #onIdle: () => void = () => {};
  /** Resolves when the connection is closed. */
  readonly closed: Promise<Ending>;

  private constructor(
    client: MqttClient,
    connack: IConnackPacket,
    { offer, address }: LinkOptions,
    { poison, past, acknowledgeMs = ACKNOWLEDGE_MS }: LinkEnvironment,
    closed: Promise<Ending>,
  ) {
    this.#client = client;
    this.#broker = nameOf(address);
    this.#acknowledgements = new AcknowledgementWatch(acknowledgeMs, () => client.stream.destroy());
    this.#deliveries = new DeliveryCheck(client);
    this.#poison = poison;
    this.#past = past;
    this.#acknowledgeMs = acknowledgeMs;
    this.offer = grantedOf(offer, connack);
    // The protocol forbids a limit of 0, with which nothing could be sent.
    this.#receiveMaximum = connack.properties?.receiveMaximum || MAX_IN_FLIGHT;
    this.#maximumPacketSize = connack.properties?.maximumPacketSize || Number.POSITIVE_INFINITY;
    this.closed = closed.then((ending) => this.#lose(ending));
  }

  /** @throws InkError one of INK_MQTT_... */
  static async open(options: LinkOptions, environment: LinkEnvironment): Promise<Link> {
    const { address, clientId } = options;
    const { receive, signal } = environment;
    const attempt = {
      address,
      clientId,
      username: options.settings.username ?? address.username,
      certificate: options.settings.tls?.certificate,
    };
    try {
      acceptAnyReason();
      boundPackets();
      const client = openClient(clientOptions(options));
      const closed = endingOf(client, nameOf(address), clientId);
      client.on('message', (topic, payload, packet) => receive(incoming(topic, payload, packet)));
      const connack = await handshake(client, CONNECT_TIMEOUT_MS, signal);
      return new Link(client, connack, options, environment, closed);
    } catch (error) {
      throw explainFailure(error, attempt);
    }
  }

  /**
   * Sends a message after all earlier ones. Resolves when the broker has acknowledged it, or for QoS 0 when it has
   * answered a later ping.
   *
   * @throws InkError INK_MQTT_LOST, INK_MQTT_FORBIDDEN or INK_MQTT_PUBLISH
   */
  publish(message: OutgoingMessage): Promise<void> {
    const offered = asOffered(message, this.offer);
    // Measuring writes the packet, with a picture in it if need be, so it is done only where there is a limit.
    const size = Number.isFinite(this.#maximumPacketSize) ? packetSize(offered) : 0;
    if (size > this.#maximumPacketSize) {
      const reason = `it has ${size} bytes, and the broker takes ${this.#maximumPacketSize}`;
      const happened = `The message to ${message.topic} was not sent: ${reason}.`;
      const limit = this.#maximumPacketSize - (size - Buffer.byteLength(message.payload));
      return Promise.reject(new Refusal('INK_MQTT_PUBLISH', happened, { kind: 'lasting', limit }));
    }
    const exchange = { ...sentMessage(offered), answer: offered.qos === 1 ? 'PUBACK' : 'none' } as const;
    return this.#exchange(exchange, (answered) => this.#publish(offered, answered));
  }

  /** @throws InkError INK_MQTT_FORBIDDEN or INK_MQTT_LOST */
  subscribe(filter: string): Promise<void> {
    // Before MQTT 5, our sessions end with their connections, so a higher quality would keep nothing for us. It would cost
    // a broker such as nats-server a replicated queue for each device.
    const qos = this.offer.version === '5' ? this.offer.qos : 0;
    return this.#exchange({ ...sentSubscription(filter), answer: 'SUBACK' }, (answered) => {
      this.#client.subscribe(filter, { qos }, (error) => answered(error));
    });
  }

  /** Ends the connection so that the will is not sent. Earlier messages get a moment to be sent and acknowledged. */
  async end(): Promise<void> {
    this.#ends = true;
    const timer = setTimeout(() => this.#client.stream.destroy(), END_MS);
    await Promise.race([this.#idle(), this.closed]);
    this.#client.end(false);
    await this.closed;
    clearTimeout(timer);
  }

  /** Resolves when everything is answered. */
  #idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#sendWaiting();
    });
  }

  #exchange(sent: Sent & Pick<Exchange, 'answer'>, send: Exchange['send']): Promise<void> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...sent, send, resolve, reject });
      this.#sendWaiting();
    });
  }

  #sendWaiting(): void {
    while (this.#inFlight.size < (this.#poison.alone ? 1 : this.#receiveMaximum)) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#send(next);
    }
    if (this.#inFlight.size === 0) this.#onIdle();
  }

  #send(exchange: Exchange): void {
    this.#inFlight.add(exchange);
    if (exchange.answer !== 'none') this.#acknowledgements.sent(exchange);
    exchange.send((error) => {
      // The package gives up unanswered messages just before it closes a connection that fell silent.
      if (error && reasonOf(error) === undefined) queueMicrotask(() => this.#answered(exchange, error));
      else this.#answered(exchange, error);
    });
  }

  #answered(exchange: Exchange, error: Error | null | undefined): void {
    if (!this.#inFlight.has(exchange)) return;
    const refusal = error ? this.#refusal(exchange.name, error) : undefined;
    // It stays unanswered, and is rejected when the connection is closed.
    if (refusal !== undefined && isConnectionLoss(refusal)) return;
    this.#inFlight.delete(exchange);
    this.#acknowledgements.answered(exchange);
    this.#poison.answered(exchange);
    if (refusal === undefined) exchange.resolve();
    else exchange.reject(refusal);
    this.#sendWaiting();
  }

  #publish(message: OutgoingMessage, answered: (error?: Error | null) => void): void {
    const { topic, payload, qos, retain = false } = message;
    const options = { qos, retain, ...(this.offer.version === '5' ? { properties: propertiesOf(message) } : {}) };
    this.#client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), options, (error) => {
      if (qos === 0 && !error) this.#deliveries.written(answered);
      else {
        if (!error) this.#past.hasAcknowledged = true;
        answered(error);
      }
    });
  }

  #lose(heard: Ending): Ending {
    this.#acknowledgements.end();
    const ending = this.#silence() ?? heard;
    const { byMessage } = ending;
    const unanswered = [...this.#inFlight];
    this.#inFlight.clear();
    const isSilence = ending.reason.code === 'INK_MQTT_UNACKNOWLEDGED';
    // Silence is not a refusal. Messages that would be lost for good are kept until a broker acknowledges again.
    const suspects = isSilence ? unanswered.filter(({ isSaidAgain }) => isSaidAgain) : unanswered;
    const verdict = this.#poison.ended(suspects, this.#ends ? { ...ending, byMessage: false } : ending);
    this.#lost =
      verdict instanceof Refusal ? new InkError('INK_MQTT_LOST', verdict.message, { cause: verdict }) : verdict;
    for (const exchange of unanswered) exchange.reject(suspects.includes(exchange) ? verdict : this.#lost);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#lost);
    return { ...ending, reason: this.#lost, byMessage: byMessage && unanswered.length > 0 };
  }

  /** The ending if the broker has not acknowledged in time. */
  #silence(): Ending | undefined {
    const { silentOn } = this.#acknowledgements;
    if (silentOn === undefined) return undefined;
    return silentOn.answer === 'PUBACK' && !this.#past.hasAcknowledged
      ? unacknowledged(this.#broker)
      : fallenSilent(this.#broker, silentOn.name, this.#acknowledgeMs);
  }

  #refusal(what: string, error: Error): InkError {
    const code = reasonOf(error);
    if (code === undefined) return this.#failure(what, error);
    // MQTT 3.1.1 has one code for all refused subscriptions.
    const forbidden = code === 135 || (code === 128 && this.offer.version === '3.1.1');
    const reason = forbidden ? 'this user has no right to it' : reasonFor(code);
    return new Refusal(
      forbidden ? 'INK_MQTT_FORBIDDEN' : 'INK_MQTT_PUBLISH',
      `The broker ${this.#broker} refused ${what}, because ${reason}.`,
      { kind: isLastingReason(code) ? 'lasting' : 'passing', cause: error },
    );
  }

  /** An error without a reason code comes from the package. */
  #failure(what: string, cause: Error): InkError {
    const { stream, disconnecting } = this.#client;
    if (stream.destroyed || disconnecting) {
      return new InkError('INK_MQTT_LOST', `${this.#broker}: ${cause.message}.`, { cause });
    }
    return new Refusal('INK_MQTT_PUBLISH', `${what} cannot be sent: ${cause.message}.`, { kind: 'lasting', cause });
  }
}
