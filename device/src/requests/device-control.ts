import type { ReadingMessage, Request, ResponseData } from '@inkcast/shared/messages';

/** The frame that was read last. */
export interface Snapshot {
  readonly jpeg: Buffer;
  /** Number of frames read before it. */
  readonly frame: number;
  readonly capturedAt: Date;
  /** Null before the first reading, and with named regions. */
  readonly reading: ReadingMessage | null;
  /** The readings of the named regions; undefined without them. */
  readonly readings?: readonly ReadingMessage[] | undefined;
}

export type ConfigValues = ResponseData<'config'>['values'];
export type ModelEntry = ResponseData<'model'>['models'][number];

/** The operations that requests use. The daemon implements them. */
export interface DeviceControl {
  /** Information about the device, without the verbs. */
  info(): Omit<ResponseData<'info'>, 'verbs'>;

  /** Pauses or resumes reading. */
  setPaused(paused: boolean): void;

  /**
   * @param maxBytes of the picture, if it can be made that small
   * @throws InkError INK_SNAPSHOT_MISSING if no frame has been read yet
   */
  snapshot(boxes: boolean, maxBytes?: number): Promise<Snapshot>;

  /** Publishes a JPEG as the retained picture. */
  publishImage(jpeg: Buffer): void;

  /** The configuration by dotted key, without secrets, and the keys that can be set at run time. */
  config(): { readonly values: ConfigValues; readonly live: readonly string[] };

  /** Sets live keys, all or none. @throws InkError INK_CONFIG_INVALID naming the key */
  setConfig(values: ConfigValues): void;

  /**
   * The last accepted reading as a number.
   *
   * @param region the region, if there are named ones
   * @throws InkError INK_REQUEST_INVALID for an unknown region, and for a missing one if there are named regions
   */
  value(region: string | undefined): ResponseData<'value'>;

  /**
   * Sets the value that the next readings are compared with, also after a restart; null forgets it. Resolves with the
   * value when it is stored. A reading may have been accepted after it by then.
   *
   * @throws InkError INK_REQUEST_INVALID as `value`, and for a value with more decimal places than readings have
   */
  setValue(value: string | null, region: string | undefined): Promise<ResponseData<'value'>>;

  /** How the view lies beside the reference picture, once that was taken, or forgotten, where this is asked. @throws InkError INK_SNAPSHOT_MISSING */
  reference(action: Request<'reference'>['action']): Promise<ResponseData<'reference'>>;

  /**
   * Labelled crops, in the order in which they came.
   *
   * @param after the last one before them
   * @throws InkError INK_TEACHING_PRIVATE if they are not shared
   */
  labels(after: string | undefined, limit: number): Promise<ResponseData<'labels'>>;

  models(): Promise<readonly ModelEntry[]>;

  /** Switches to another installed bundle. @throws InkError; the current one then stays in use */
  useModel(reference: string): Promise<void>;

  /**
   * Checks the bundle in a folder and installs it. @returns its `name@version` @throws InkError what is wrong with it
   */
  installModel(folder: string): Promise<string>;
}
