import type { ReadingMessage, ResponseData } from '@inkcast/shared/messages';

/** A frame as it was read last. */
export interface Snapshot {
  readonly jpeg: Buffer;
  /** Counts the frames that were read, from 0. */
  readonly frame: number;
  readonly capturedAt: Date;
  /** Null where nothing has been read yet, and where there are named regions. */
  readonly reading: ReadingMessage | null;
  /** Those of the named regions; undefined where there are none. */
  readonly readings?: readonly ReadingMessage[] | undefined;
}

export type ConfigValues = ResponseData<'config'>['values'];
export type ModelEntry = ResponseData<'model'>['models'][number];

/** What requests act on. The daemon is one. */
export interface DeviceControl {
  /** What there is to say about the device, beside the verbs. */
  info(): Omit<ResponseData<'info'>, 'verbs'>;

  /** Stops or goes on reading frames. */
  setPaused(paused: boolean): void;

  /**
   * @param maxBytes of the picture, as far as that can be had
   * @throws InkError INK_SNAPSHOT_MISSING where no frame has been read yet
   */
  snapshot(boxes: boolean, maxBytes?: number): Promise<Snapshot>;

  /** Makes a JPEG the retained picture. */
  publishImage(jpeg: Buffer): void;

  /** The configuration by dotted key, without secrets, and the keys that can be set while it runs. */
  config(): { readonly values: ConfigValues; readonly live: readonly string[] };

  /** Sets live keys, all or none. @throws InkError INK_CONFIG_INVALID naming the key */
  setConfig(values: ConfigValues): void;

  /**
   * The last accepted reading as a number.
   *
   * @param region whose, where there are named ones
   * @throws InkError INK_REQUEST_INVALID for a region that is not there, and for none where there are named ones
   */
  value(region: string | undefined): ResponseData<'value'>;

  /**
   * Holds the next readings against another value, also after a restart; null: against none. Resolves with it when it is
   * stored; what is in view may have been accepted after it by then.
   *
   * @throws InkError INK_REQUEST_INVALID as `value`, and for one with more decimal places than readings have
   */
  setValue(value: string | null, region: string | undefined): Promise<ResponseData<'value'>>;

  models(): Promise<readonly ModelEntry[]>;

  /** Runs another installed bundle from now on. @throws InkError; the one in use then stays */
  useModel(reference: string): Promise<void>;

  /** Checks the bundle in a folder and installs it. @returns its `name@version` @throws InkError what is wrong with it */
  installModel(folder: string): Promise<string>;
}
