import type { ExpectationSetting, Reading } from '@inkcast/reader/reading';
import type { ViewArea } from '@inkcast/reader/vision';
import type { Explanation } from '@inkcast/shared/explanation';
import type { HealthMessage, ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import type { Frame } from '../camera/index.js';
import type { ModelFolders } from '../inference/index.js';
import type { RequestHandlers } from '../requests/index.js';
import type { HistoryPage, HistoryQuery, PictureStore } from '../storage/index.js';
import type { Teaching } from '../teaching/index.js';
import type { CheckMessage, SavedSettingsMessage, SettingsMessage, UnwritableMessage } from './messages.js';

/** A frame that was read, and what it says. */
export interface SeenFrame {
  /** Counts the frames that were read, from 0. */
  readonly number: number;
  readonly frame: Frame;
  /** What was seen in all regions. Boxes are in pixels of the frame; undefined where nothing has been read yet. */
  readonly reading: Pick<Reading, 'digits' | 'rejected'> | undefined;
  /** From the moment that the frame was taken to its reading, in milliseconds. */
  readonly latencyMs: number;
}

/** Told what happens, in the daemon's own turn: what it does must be short, and must not throw. */
export interface DeviceListener {
  frame?(seen: SeenFrame): void;
  reading?(reading: ReadingMessage, event: ReadingEvent | undefined): void;
  health?(health: HealthMessage): void;
}

/** What a first visit is asked. */
export interface SetupAnswers {
  /** As `inkcast setup --camera` takes it. */
  readonly camera: string;
  readonly name: string;
  /** The broker's address. */
  readonly broker: string;
  readonly username?: string;
  readonly password?: string;
}

/** `inkcast setup` for the page. */
export interface WebSetup {
  choices(): Promise<{
    readonly cameras: readonly { readonly value: string; readonly label: string }[];
    readonly name: string;
    readonly broker: string;
    readonly unwritable: UnwritableMessage;
  }>;
  /** @returns the file that was written @throws InkError what is wrong with an answer, or why nothing was written */
  write(answers: SetupAnswers): Promise<string>;
}

/** What is seen and read through an area that is not set yet. Boxes are in pixels of the picture. */
export interface AreaPreview {
  /** JPEG of the area, straightened. */
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
  readonly reading: Pick<ReadingMessage, 'text' | 'rows' | 'digits'>;
}

/** The settings of the device and the file that they are saved to. */
export interface WebSettingsFile {
  describe(): Promise<SettingsMessage>;
  /** @throws InkError INK_CONFIG_INVALID with an issue for each key, INK_CONFIG_CHANGED, INK_CONFIG_NO_FILE, INK_FILE_UNWRITABLE */
  save(changes: Readonly<Record<string, unknown>>, version?: string): Promise<SavedSettingsMessage>;
  versions(): Promise<readonly { readonly id: string; readonly keptAt: Date; readonly bytes: number }[]>;
  /** @throws InkError INK_CONFIG_NO_VERSION, and as `save` */
  restore(id: string): Promise<SavedSettingsMessage>;
}

/** What the server shows of the device. The daemon is one. */
export interface WebDevice {
  /** The device's name in MQTT topics. */
  readonly name: string;
  /** Answers what may be asked over MQTT too. */
  readonly handlers: RequestHandlers;
  /** The newest frame; undefined where none has been read yet. */
  readonly seen: SeenFrame | undefined;
  /** What is steadily in view: one reading, or one for each region that has a name; none before the first frame. */
  readonly readings: readonly ReadingMessage[];
  readonly paused: boolean;
  /** What camera, broker and storage are, without secrets; null where none is configured. */
  readonly details: { readonly camera: string | null; readonly broker: string | null; readonly storage: string };
  readonly settings: WebSettingsFile;
  readonly modelFolders: ModelFolders;
  /** @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails */
  history(query: HistoryQuery): Promise<HistoryPage>;
  /** Digits after the decimal point of a region's values; undefined where its readings have no value. */
  decimalPlaces(region: string | undefined): number | undefined;
  /** Small pictures of what the history has. */
  readonly pictures: Pick<PictureStore, 'has' | 'find' | 'purge'>;
  /** What a person teaches the device. */
  readonly teaching: Omit<Teaching, 'start' | 'stop' | 'problems'>;
  /** The configuration file; null where there is none. */
  readonly configFile: string | null;
  readonly isConnected: boolean;
  /** Where events are kept. */
  readonly storage: 'disk' | 'memory';
  health(): Promise<HealthMessage>;
  /** What doctor says, of the parts that are in use. */
  checks(): Promise<readonly CheckMessage[]>;
  /**
   * How the newest frame is read.
   *
   * @param region undefined for the first one, or where none has a name
   * @throws InkError INK_SNAPSHOT_MISSING where none has been read yet; INK_REQUEST_INVALID for a region that is not there
   */
  explain(region: string | undefined): Promise<Explanation>;
  /** JPEG that the view is held against; undefined where there is none. */
  readonly referencePicture: Buffer | undefined;
  /** Looks at the newest frame through another area. @throws InkError INK_SNAPSHOT_MISSING where none has been read yet */
  preview(area: ViewArea, expect: ExpectationSetting | undefined): Promise<AreaPreview>;
  /** Whether the daemon is started again when it ends. */
  readonly canRestart: boolean;
  /** Ends the daemon. @param by who asked for it */
  restart(by: string | undefined): void;
  /** @returns what ends it */
  listen(listener: DeviceListener): () => void;
}
