import { once } from 'node:events';
import { createServer } from 'node:net';

/** The port if it is free, otherwise 0 for any port, because a demo may run beside a daemon. */
export async function freeOrAny(port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return port;
  } catch {
    return 0;
  } finally {
    server.close();
  }
}
