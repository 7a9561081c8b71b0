import type { z } from 'zod';
import type { configSchema } from '../config/index.js';

type ConfigInput = z.input<typeof configSchema>;

/** The camera as the configuration names it: the keys that differ from their defaults. */
export type CameraChoice = ConfigInput['camera'];

/** The broker, its password apart from what may be shown. */
export interface BrokerChoice {
  /** Without user and password. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** A file that holds the password already. */
  readonly passwordFile?: string;
}

/** What a first user must say. */
export interface SetupValues {
  readonly name: string;
  readonly camera: CameraChoice;
  readonly broker: BrokerChoice;
}
