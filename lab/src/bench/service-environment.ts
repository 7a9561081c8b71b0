import { readFile } from 'node:fs/promises';
import { inRepository } from '../repository/index.js';

/**
 * The environment that the service gives the daemon, beside this process's. Variables of Node.js are left out, which the service
 * has none of: more certificates, for example, take it 50 ms and 2 MB at each start.
 */
export async function serviceEnvironment(): Promise<NodeJS.ProcessEnv> {
  const lines = (await readFile(inRepository('systemd/inkcast.service'), 'utf8')).matchAll(
    /^Environment=(\w+)=(\S+)$/gm,
  );
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_'));
  return Object.fromEntries([...own, ...[...lines].map(([, name, value]) => [name, value])]);
}
