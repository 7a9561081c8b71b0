import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import type { BrokerSettings } from './broker-settings.js';
import { passwordIn, pemIn } from './secret-files.js';

/**
 * Contents of files that are read before each connection, so that a renewed certificate or password is used from the
 * next connection on.
 */
export interface Secrets {
  readonly password?: string;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/**
 * @param environment with CREDENTIALS_DIRECTORY from systemd
 * @throws InkError INK_MQTT_SECRET naming the file, never its content
 */
export async function readSecrets(settings: BrokerSettings, environment = process.env): Promise<Secrets> {
  const { tls = {} } = settings;
  const [password, ca, certificate, key] = await Promise.all([
    readPassword(settings, environment),
    readPem(tls.ca, 'CERTIFICATE'),
    readPem(tls.certificate, 'CERTIFICATE'),
    readPem(tls.key, 'PRIVATE KEY'),
  ]);
  return {
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
}

async function readPassword(settings: BrokerSettings, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (settings.password !== undefined) return settings.password;
  const path = passwordPath(settings, environment);
  return path === undefined ? undefined : passwordIn(path, await readSecret(path));
}

async function readPem(path: string | undefined, label: 'CERTIFICATE' | 'PRIVATE KEY'): Promise<string | undefined> {
  return path === undefined ? undefined : pemIn(path, await readSecret(path), label);
}

function passwordPath(
  { passwordFile, passwordCredential }: BrokerSettings,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if (passwordCredential === undefined) return passwordFile;
  const folder = environment.CREDENTIALS_DIRECTORY;
  if (folder !== undefined) return join(folder, passwordCredential);
  throw new InkError(
    'INK_MQTT_SECRET',
    `The credential ${passwordCredential} is not there: systemd has set no CREDENTIALS_DIRECTORY.`,
    {
      remedy: `Put the password into /etc/credstore/${passwordCredential}; the unit must have LoadCredential=${passwordCredential}.`,
    },
  );
}

async function readSecret(path: string): Promise<Buffer> {
  return readWholeFile(path).catch((cause: unknown) => {
    throw new InkError('INK_MQTT_SECRET', cause instanceof Error ? cause.message : `${path} cannot be read.`, {
      cause,
    });
  });
}
