import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import type { BrokerSettings } from './broker-settings.js';

/** What is read from files before each connection, so that a renewed certificate or password counts from the next on. */
export interface Secrets {
  readonly password?: string;
  readonly ca?: Buffer;
  readonly certificate?: Buffer;
  readonly key?: Buffer;
}

/**
 * @param environment where systemd says CREDENTIALS_DIRECTORY
 * @throws InkError INK_MQTT_SECRET naming the file, never its content
 */
export async function readSecrets(settings: BrokerSettings, environment = process.env): Promise<Secrets> {
  const { tls = {} } = settings;
  const [password, ca, certificate, key] = await Promise.all([
    readPassword(settings, environment),
    readSecret(tls.ca),
    readSecret(tls.certificate),
    readSecret(tls.key),
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
  const content = await readSecret(passwordPath(settings, environment));
  // Editors end a file with a newline, which is no part of the password.
  return content?.toString('utf8').replace(/\r?\n$/, '');
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

async function readSecret(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  return readWholeFile(path).catch((cause: unknown) => {
    throw new InkError('INK_MQTT_SECRET', cause instanceof Error ? cause.message : `${path} cannot be read.`, {
      cause,
    });
  });
}
