import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { listenLocally } from './listen-locally.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/** A plain server of files, which knows nothing of what it serves but the ends of names. */
export class FileServer {
  readonly origin: string;
  readonly #server: Server;

  private constructor(server: Server, origin: string) {
    this.#server = server;
    this.origin = origin;
  }

  /** @param headers of every answer, besides the type */
  static async start(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<FileServer> {
    const server = createServer(async ({ url = '/' }, answer) => {
      const { pathname } = new URL(url, 'http://127.0.0.1');
      const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      const bytes = await readFile(join(folder, path)).catch(() => undefined);
      if (bytes === undefined) answer.writeHead(404).end();
      else {
        const type = TYPES[extname(path)] ?? 'application/octet-stream';
        answer.writeHead(200, { ...headers, 'content-type': type }).end(bytes);
      }
    });
    return new FileServer(server, `http://127.0.0.1:${await listenLocally(server)}`);
  }

  /** Ends with its connections. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
