import type { BrokerChoice, CameraChoice } from './setup-values.js';

/** What to do about an answer that does not work. */
export type Decision = 'again' | 'change' | 'on';

/** Where setup gets its answers. */
export interface Interview {
  /** Returns if the configuration may be replaced. @throws InkError INK_CONFIG_EXISTS otherwise */
  agreeToReplace(config: string): Promise<void>;
  camera(): Promise<CameraChoice>;
  name(): Promise<string>;
  broker(): Promise<BrokerChoice>;
  afterFailure(part: 'camera' | 'broker'): Promise<Decision>;
}

/** The answers on the command line; absent if they are missing there. */
export interface GivenAnswers {
  readonly camera?: string | undefined;
  readonly broker?: string | undefined;
  readonly name?: string | undefined;
  /** File that holds the broker's password. */
  readonly passwordFile?: string | undefined;
  readonly force: boolean;
}

export const DEFAULT_BROKER = 'mqtt://localhost:1883';
