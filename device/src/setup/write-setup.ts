import { constants } from 'node:fs';
import { access, chmod, copyFile, readlink, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { isThere, makeFolder, replaceFile } from '@inkcast/shared/files';
import { Settings } from '../settings/index.js';
import { configText, type PasswordPlace, setupSections } from './config-text.js';
import type { Service } from './service.js';
import type { SetupValues } from './setup-values.js';

const OWNER_ONLY = 0o600;

/** The files that were written. */
export interface WrittenSetup {
  readonly config: string;
  /** The backup of the earlier configuration. */
  readonly kept?: string;
  /** Path of the broker's password, whoever has written it. */
  readonly passwordFile?: string;
}

/**
 * Checks whether a file can be written, before the user is asked for its content.
 *
 * @throws InkError INK_FILE_UNWRITABLE
 */
export async function assertWritable(path: string): Promise<void> {
  let place = await behindLink(path);
  const target = place;
  while (!(await isThere(place))) place = dirname(place);
  if (place !== target && !(await stat(place)).isDirectory()) {
    throw new InkError('INK_FILE_UNWRITABLE', `${path} cannot be written: ${place} is not a folder.`);
  }
  await access(place, constants.W_OK).catch((cause: unknown) => {
    throw new InkError('INK_FILE_UNWRITABLE', `${place} cannot be written by this user.`, {
      cause,
      remedy: 'Run the command with sudo, or name another file with --config.',
    });
  });
}

/**
 * Writes the configuration and, readable only by its owner, the broker's password. A backup of the earlier
 * configuration is kept beside it.
 *
 * @param service the service, if the configuration belongs to it
 * @throws InkError INK_CONFIG_INVALID; INK_FILE_UNWRITABLE, and the configuration is then unchanged
 */
export async function writeSetup(
  config: string,
  values: SetupValues,
  service: Service | undefined,
): Promise<WrittenSetup> {
  const passwordFile = await passwordFileOf(config, values, service);
  const text = configText(values, placeOf(config, passwordFile, values, service));
  const target = await behindLink(config);
  const owner = await ownerOf(target);
  const kept = await keepOld(config);
  await writePassword(passwordFile, values, service);
  // The service's user must be able to read its configuration, even if it holds a password; behind the link it owns it.
  const secret = (service === undefined || target !== config) && 'password' in values.camera;
  await replaceFile(target, text, secret ? OWNER_ONLY : undefined, owner);
  return { config, ...(kept === undefined ? {} : { kept }), ...(passwordFile === undefined ? {} : { passwordFile }) };
}

/**
 * Writes the answers into a configuration file that stays as it is otherwise; the earlier version is kept.
 *
 * @param service the service, if the configuration belongs to it
 * @throws InkError INK_CONFIG_INVALID, INK_CONFIG_UNEDITABLE; INK_FILE_UNWRITABLE, and the configuration is then unchanged
 */
export async function completeSetup(config: string, values: SetupValues, service: Service | undefined): Promise<void> {
  const passwordFile = await passwordFileOf(config, values, service);
  const { device, camera, mqtt, storage } = setupSections(values, placeOf(config, passwordFile, values, service));
  const inMqtt = Object.entries(mqtt).map(([key, value]) => [`mqtt.${key}`, value] as const);
  await writePassword(passwordFile, values, service);
  if (service === undefined && 'password' in camera) await chmod(config, OWNER_ONLY);
  const file = new Settings({ sources: { file: config }, mayChangePrograms: true });
  await file.save({
    'device.name': device.name,
    camera,
    ...Object.fromEntries(inMqtt),
    ...(storage === undefined ? {} : { 'storage.folder': storage.folder }),
  });
}

/** Where the broker's password is kept; undefined where there is none. */
async function passwordFileOf(
  config: string,
  { broker }: SetupValues,
  service: Service | undefined,
): Promise<string | undefined> {
  if (broker.passwordFile !== undefined || broker.password === undefined) return broker.passwordFile;
  return service?.passwordFile ?? besides(await behindLink(config));
}

/** Writes a password that is in no file yet. */
async function writePassword(
  file: string | undefined,
  { broker: { password, passwordFile: given } }: SetupValues,
  service: Service | undefined,
): Promise<void> {
  if (file === undefined || password === undefined || given !== undefined) return;
  if (service !== undefined) makeSecretFolder(dirname(file));
  await replaceFile(file, `${password}\n`, OWNER_ONLY);
}

/** With the same permissions as systemd's own packages. */
function makeSecretFolder(folder: string): void {
  try {
    makeFolder(folder, 0o700);
  } catch (cause) {
    throw new InkError('INK_FILE_UNWRITABLE', `The folder ${folder} cannot be made.`, { cause });
  }
}

function placeOf(
  config: string,
  file: string | undefined,
  { broker: { passwordFile: given } }: SetupValues,
  service: Service | undefined,
): PasswordPlace {
  if (file === undefined) return {};
  if (given !== undefined) return { passwordFile: resolve(given) };
  if (service !== undefined) return { passwordCredential: service.credential };
  // A path in a configuration is relative to the folder of its name, also where that is a link to elsewhere.
  return { passwordFile: dirname(file) === dirname(config) ? basename(file) : file };
}

function besides(config: string): string {
  return join(dirname(config), `${basename(config, extname(config))}.password`);
}

/** The file that a link leads to, be it there or not; the path itself where it is no link. */
async function behindLink(path: string): Promise<string> {
  const target = await readlink(path).catch(() => undefined);
  return target === undefined ? path : resolve(dirname(path), target);
}

/** Whose a file is, or will be in its folder, where this process may give files away; undefined otherwise. */
async function ownerOf(path: string): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return stat(path).catch(() => stat(dirname(path)).catch(() => undefined));
}

/** Copies the configuration to a name with the time, which never exists already. */
async function keepOld(config: string): Promise<string | undefined> {
  if (!(await isThere(config))) return undefined;
  const kept = `${config}.${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  try {
    await copyFile(config, kept, constants.COPYFILE_EXCL);
  } catch (cause) {
    throw new InkError('INK_FILE_UNWRITABLE', `${config} cannot be kept as ${kept}, so it was not replaced.`, {
      cause,
    });
  }
  return kept;
}
