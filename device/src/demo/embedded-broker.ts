import { once } from 'node:events';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

/** An MQTT broker in this process, for machines without one. */
export interface EmbeddedBroker {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a broker on a free port of the loopback interface. It keeps retained messages in memory. */
export async function startEmbeddedBroker(): Promise<EmbeddedBroker> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: async () => {
      await new Promise<void>((closed) => aedes.close(closed));
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
