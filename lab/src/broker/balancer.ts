import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-ports.js';
import { ServerProcess } from './server-process.js';

/** One address for a cluster: HAProxy sends each connection to a node that lives, so that a device knows one address. */
export class Balancer {
  readonly port: number;
  readonly #server: ServerProcess;

  private constructor(port: number, server: ServerProcess) {
    this.port = port;
    this.#server = server;
  }

  /** @param ports of the nodes, on this machine */
  static async start(folder: string, ports: readonly number[]): Promise<Balancer> {
    const port = await freePort();
    const configuration = join(folder, 'haproxy.cfg');
    // MQTT's keep-alive of 30 s keeps a connection that is in use below the time limits.
    await writeFile(
      configuration,
      `defaults
  mode tcp
  maxconn 20000
  timeout connect 2s
  timeout client 2m
  timeout server 2m
  option redispatch
listen mqtt
  bind 127.0.0.1:${port}
  balance leastconn
${ports.map((node, index) => `  server node-${index} 127.0.0.1:${node} check inter 500ms fall 2 rise 2`).join('\n')}
`,
    );
    const server = new ServerProcess({
      command: 'haproxy',
      args: ['-W', '-db', '-f', configuration],
      ready: /Loading success/,
    });
    await server.start();
    return new Balancer(port, server);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}
