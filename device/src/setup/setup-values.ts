import type { z } from 'zod';
import type { configSchema } from '../config/index.js';

type ConfigInput = z.input<typeof configSchema>;

/** The camera as in the configuration: the keys that differ from their defaults. */
export type CameraChoice = NonNullable<ConfigInput['camera']>;

/** The broker, with its password separate from the printable parts. */
export interface BrokerChoice {
  /** Without user and password. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** An existing file that holds the password. */
  readonly passwordFile?: string;
}

/** The values that a first user must give. */
export interface SetupValues {
  readonly name: string;
  readonly camera: CameraChoice;
  readonly broker: BrokerChoice;
  /** The storage folder, where commands would not find the daemon's without being told. */
  readonly folder?: string;
}
