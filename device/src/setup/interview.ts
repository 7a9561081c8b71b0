import type { BrokerChoice, CameraChoice } from './setup-values.js';

/** What is to be done about something that does not work. */
export type Decision = 'again' | 'change' | 'on';

/** Where setup gets its answers. */
export interface Interview {
  /** Returns where the configuration may be replaced. @throws InkError INK_CONFIG_EXISTS where it may not */
  agreeToReplace(config: string): Promise<void>;
  camera(): Promise<CameraChoice>;
  name(): Promise<string>;
  broker(): Promise<BrokerChoice>;
  afterFailure(part: 'camera' | 'broker'): Promise<Decision>;
}

/** What the command line says; absent where it says nothing. */
export interface GivenAnswers {
  readonly camera?: string | undefined;
  readonly broker?: string | undefined;
  readonly name?: string | undefined;
  /** File that holds the broker's password. */
  readonly passwordFile?: string | undefined;
  readonly force: boolean;
}

export const DEFAULT_BROKER = 'mqtt://localhost:1883';
