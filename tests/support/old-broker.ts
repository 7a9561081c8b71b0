import { createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { listenLocally } from './listen-locally.js';

/** What brokers of MQTT 3.1.1 alone do with a CONNECT of MQTT 5. */
export type OldManner =
  /** Answer in MQTT 3.1.1 that the version is not acceptable, as Mosquitto 1.4 does. */
  | 'refuses'
  /** Close the connection, as RabbitMQ before 3.13 does: MQTT 5's properties stand where it looks for the client id. */
  | 'closes'
  /** The same with a reset, as a server does that has not read everything. */
  | 'resets'
  /** Take no notice of the version, and answer in MQTT 3.1.1. */
  | 'answers';

/** Where a CONNECT packet shorter than 128 bytes has its version (MQTT 3.1.1, section 3.1.2.2). */
const LEVEL = 8;
const CONNACK = Buffer.from([0x20, 2, 0, 0]);

/** A broker of MQTT 3.1.1 alone: Aedes, and its manner with MQTT 5. */
export class OldBroker {
  readonly #manner: OldManner;
  readonly #server = createServer((socket) => this.#serve(socket));
  /** The version that each connection has asked for. */
  readonly levels: number[] = [];
  #aedes: Aedes | undefined;

  constructor(manner: OldManner) {
    this.#manner = manner;
  }

  /** @returns its port */
  async start(): Promise<number> {
    this.#aedes = await Aedes.createBroker();
    return listenLocally(this.#server);
  }

  async stop(): Promise<void> {
    await new Promise<void>((closed) => this.#aedes?.close(closed));
    await new Promise<void>((closed) => this.#server.close(() => closed()));
  }

  #serve(socket: Socket): void {
    socket.on('error', () => {});
    socket.once('data', (first) => {
      // The length of a longer packet takes two bytes.
      const level = first[first[1] < 128 ? LEVEL : LEVEL + 1];
      this.levels.push(level);
      if (level === 5 && this.#manner === 'closes') socket.destroy();
      else if (level === 5 && this.#manner === 'resets') socket.resetAndDestroy();
      else if (level === 5 && this.#manner === 'answers') socket.write(CONNACK);
      else {
        socket.pause();
        socket.unshift(first);
        this.#aedes?.handle(socket);
      }
    });
  }
}
