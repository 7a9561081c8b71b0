import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { listenLocally } from '../../../support/listen-locally.js';

/** A proxy that shows a server below a path, as one in front of several services does; sockets included. */
export class PrefixProxy {
  readonly #server: Server;
  readonly url: string;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /**
   * @param target address of the server
   * @param prefix such as `/desk/`
   */
  static async start(target: string, prefix: string): Promise<PrefixProxy> {
    const { hostname, port } = new URL(target);
    /** Undefined beside the prefix. */
    const below = ({ url = '' }: IncomingMessage) =>
      url.startsWith(prefix) ? url.slice(prefix.length - 1) : undefined;
    const server = createServer((asked, answer) => {
      const path = below(asked);
      if (path === undefined) {
        answer.writeHead(404).end();
        return;
      }
      const { method, headers } = asked;
      const passed = request({ hostname, port, path, method, headers }, (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      asked.pipe(passed);
    });
    server.on('upgrade', (asked, socket, head) => {
      const onward = connect(Number(port), hostname, () => {
        const headers = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}\r\n`);
        onward.write(`GET ${below(asked) ?? '/'} HTTP/1.1\r\n${headers.join('')}\r\n`);
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      for (const end of [socket, onward]) end.on('error', () => [socket, onward].map((each) => each.destroy()));
    });
    return new PrefixProxy(server, `http://127.0.0.1:${await listenLocally(server)}${prefix}`);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
