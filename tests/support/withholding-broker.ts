import { createServer, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.js';

/** First bytes of MQTT 5.0's packets. */
const CONNECT = 0x10;
const CONNACK = 0x20;
const PUBLISH = 0x30;
const PUBACK = 0x40;
/** Bits of a PUBLISH packet's first byte (section 3.3.1). */
const QOS = 0x06;
const SUBSCRIBE = 0x80;
const SUBACK = 0x90;
const PINGREQ = 0xc0;
const PINGRESP = 0xd0;
const DISCONNECT = 0xe0;

/**
 * A listener that speaks as much of MQTT 5 as shows how many messages a client has on their way: it says how many it
 * takes (receive maximum), and acknowledges none until it is told to; it ends or refuses connections with any reason. A
 * real broker acknowledges at once, and has few reasons.
 */
export class WithholdingBroker {
  readonly #receiveMaximum: number;
  readonly #server = createServer((socket) => this.#serve(socket));
  readonly #unacknowledged: number[] = [];
  #socket: Socket | undefined;
  #received = 0;
  /** The reason with which connections are refused; 0 lets them in. */
  refusal = 0;
  readonly payloads: string[] = [];
  /** The first byte of each message: type, quality of service, and whether to retain it. */
  readonly headers: number[] = [];
  #subscription: Buffer | undefined;
  #check: () => void = () => {};

  constructor(receiveMaximum: number) {
    this.#receiveMaximum = receiveMaximum;
  }

  /** @returns its port */
  start(): Promise<number> {
    return listenLocally(this.#server);
  }

  stop(): void {
    this.#socket?.destroy();
    this.#server.close();
  }

  /** Messages that have come and are not acknowledged. */
  get onTheirWay(): number {
    return this.#unacknowledged.length;
  }

  /** Resolves when so many messages have come, ever. */
  received(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#check = () => this.#received >= count && resolve();
      this.#check();
    });
  }

  /** Resolves when a subscription waits for its answer. */
  subscribing(): Promise<void> {
    return new Promise((resolve) => {
      this.#check = () => this.#subscription !== undefined && resolve();
      this.#check();
    });
  }

  /** Answers the subscription that waits. @param reason 128 and above refuse it (MQTT 5.0, section 3.9.3) */
  grant(reason = 1): void {
    const id = this.#subscription?.subarray(0, 2) ?? [];
    this.#socket?.write(Buffer.from([SUBACK, 4, ...id, 0, reason]));
    this.#subscription = undefined;
  }

  /** Closes the connection without a message, and drops what arrived on it. */
  drop(): void {
    this.#socket?.destroy();
    this.#unacknowledged.length = 0;
    this.#subscription = undefined;
  }

  /** Acknowledges the oldest message. @param reason 128 and above refuse it (MQTT 5.0, section 3.4.2.1) */
  acknowledge(reason = 0): void {
    const id = this.#unacknowledged.shift();
    if (id !== undefined) this.#socket?.write(Buffer.from([PUBACK, 3, id >> 8, id & 0xff, reason]));
  }

  /** Never acknowledges the oldest message. */
  ignore(): void {
    this.#unacknowledged.shift();
  }

  /** Ends the connection. @param reason MQTT 5.0, section 3.14.2.1 */
  disconnect(reason: number): void {
    this.#socket?.end(Buffer.from([DISCONNECT, 1, reason]));
  }

  /** Sends an invalid packet and keeps the connection open. */
  say(bytes: readonly number[]): void {
    this.#socket?.write(Buffer.from(bytes));
  }

  #serve(socket: Socket): void {
    this.#socket = socket;
    let rest = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let packet = firstPacket(rest); packet !== undefined; packet = firstPacket(rest)) {
        this.#take(packet.type, packet.body);
        rest = rest.subarray(packet.length);
      }
    });
  }

  #take(type: number, body: Buffer): void {
    const receiveMaximum = [0x21, this.#receiveMaximum >> 8, this.#receiveMaximum & 0xff];
    if ((type & 0xf0) === CONNECT) {
      this.#unacknowledged.length = 0;
      this.#socket?.write(Buffer.from([CONNACK, 6, 0, this.refusal, 3, ...receiveMaximum]));
      if (this.refusal !== 0) this.#socket?.end();
    }
    if (type === PINGREQ) this.#socket?.write(Buffer.from([PINGRESP, 0]));
    if ((type & 0xf0) === SUBSCRIBE) this.#subscription = body;
    if ((type & 0xf0) === PUBLISH) this.#note(type, body);
    this.#check();
  }

  /** A message's identifier and payload; its properties are shorter than 128 bytes. */
  #note(type: number, body: Buffer): void {
    const id = 2 + body.readUInt16BE(0);
    const properties = (type & QOS) === 0 ? id : id + 2;
    if (properties > id) this.#unacknowledged.push(body.readUInt16BE(id));
    this.headers.push(type);
    this.payloads.push(body.subarray(properties + 1 + body[properties]).toString('utf8'));
    this.#received++;
  }
}

/** The first whole packet in what has come; its length is a variable byte integer (MQTT 5.0, section 1.5.5). */
function firstPacket(bytes: Buffer): { type: number; body: Buffer; length: number } | undefined {
  let size = 0;
  for (let at = 1; at < bytes.length && at <= 4; at++) {
    size |= (bytes[at] & 0x7f) << (7 * (at - 1));
    if (bytes[at] >= 0x80) continue;
    const length = at + 1 + size;
    return bytes.length < length ? undefined : { type: bytes[0], body: bytes.subarray(at + 1, length), length };
  }
  return undefined;
}
