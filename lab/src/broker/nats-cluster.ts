import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BalancedNode } from './balancer.js';
import { freePorts } from './free-ports.js';
import { ServerProcess } from './server-process.js';

/** Three replicas outlive the loss of one node. */
const NODES = 3;

/** Each node logs it: the leader itself with other words than the others. */
const LEADER_KNOWN = /JetStream cluster (?:new )?metadata leader/;

interface Node extends BalancedNode {
  readonly server: ServerProcess;
}

/**
 * A cluster of three nats-servers, which speak MQTT 3.1.1 and keep messages in three replicas. Each subscription of a
 * device is replicated too: in memory, because thousands of them on the disk take minutes to agree after a failure.
 */
export class NatsCluster {
  readonly #nodes: readonly Node[];

  private constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
  }

  /** Resolves when the nodes have agreed on a leader. */
  static async start(folder: string): Promise<NatsCluster> {
    const ports = await freePorts(4 * NODES);
    const routes = ports.slice(0, NODES).map((port) => `nats://127.0.0.1:${port}`);
    const nodes: Node[] = [];
    for (let index = 0; index < NODES; index++) {
      const [clusterPort, clientPort, port, healthPort] = [0, 1, 2, 3].map((kind) => ports[kind * NODES + index]);
      const store = join(folder, `node-${index}`);
      await mkdir(store);
      const configuration = join(folder, `node-${index}.conf`);
      await writeFile(
        configuration,
        `server_name: node-${index}
listen: "127.0.0.1:${clientPort}"
http: "127.0.0.1:${healthPort}"
jetstream { store_dir: "${store}" }
cluster { name: inkcast, listen: "127.0.0.1:${clusterPort}", routes: [${routes.map((route) => `"${route}"`).join(', ')}] }
mqtt { listen: "127.0.0.1:${port}", stream_replicas: ${NODES}, max_ack_pending: 1000, consumer_memory_storage: true }
`,
      );
      const args = ['-c', configuration];
      const server = new ServerProcess({ command: 'nats-server', args, ready: LEADER_KNOWN });
      nodes.push({ server, port, healthPort });
    }
    const cluster = new NatsCluster(nodes);
    try {
      await Promise.all(nodes.map(({ server }) => server.start()));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** For a balancer: the ports of MQTT, and where each node says how it is. */
  get nodes(): readonly BalancedNode[] {
    return this.#nodes;
  }

  /** Kills a node, as if its machine had lost its power. */
  async kill(index: number): Promise<void> {
    await this.#nodes[index].server.stop('SIGKILL');
  }

  /** Starts a killed node again. Resolves when it knows the leader. */
  async restart(index: number): Promise<void> {
    await this.#nodes[index].server.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map(({ server }) => server.stop('SIGKILL')));
  }
}
