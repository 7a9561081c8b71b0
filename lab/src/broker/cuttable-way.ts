import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy to a local port. It can be cut like a network, while both ends keep running. */
export class CuttableWay {
  #port: number;
  readonly #server = createServer((socket) => this.join(socket));
  readonly #sockets = new Set<Socket>();
  #whole = true;

  /** @param port the target port */
  constructor(port: number) {
    this.#port = port;
  }

  /** @returns the port of the proxy */
  async start(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.');
    return address.port;
  }

  /** Changes where connections to come are led. */
  leadTo(port: number): void {
    this.#port = port;
  }

  cut(): void {
    this.#whole = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#whole = true;
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }

  /** Joins a connection with a new one to where this leads. */
  join(near: Socket): void {
    if (!this.#whole) {
      near.destroy();
      return;
    }
    const far = connect(this.#port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      this.#sockets.add(one);
      one.pipe(other);
      one.on('error', () => {});
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
