import { readFile } from 'node:fs/promises';

const UNIT = new URL('../../../../systemd/inkcast.service', import.meta.url);

/** The environment that the service gives the daemon. */
export async function serviceEnvironment(): Promise<Record<string, string>> {
  const lines = (await readFile(UNIT, 'utf8')).matchAll(/^Environment=(\w+)=(\S+)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
}
