import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-ports.js';
import { ServerProcess } from './server-process.js';

/** A server of a cluster, on this machine. */
export interface BalancedNode {
  readonly port: number;
  /** Where `GET /healthz` says by HTTP whether it is ready for clients: a node that was restarted is not until it has caught up. */
  readonly healthPort: number;
}

/** One address for a cluster: HAProxy sends each connection to a node that lives, so that a device knows one address. */
export class Balancer {
  readonly port: number;
  readonly #server: ServerProcess;

  private constructor(port: number, server: ServerProcess) {
    this.port = port;
    this.#server = server;
  }

  static async start(folder: string, nodes: readonly BalancedNode[]): Promise<Balancer> {
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
  option httpchk GET /healthz
listen mqtt
  bind 127.0.0.1:${port}
  balance leastconn
${nodes.map(serverLine).join('\n')}
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

const serverLine = ({ port, healthPort }: BalancedNode, index: number): string =>
  `  server node-${index} 127.0.0.1:${port} check port ${healthPort} inter 500ms fall 2 rise 2`;
