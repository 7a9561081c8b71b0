import type { ExpectationSetting } from '@inkcast/reader/reading';
import type { ViewArea } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import type { Explanation } from '@inkcast/shared/explanation';
import type { HealthMessage, ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import type { Alignment } from '../alignment/index.js';
import type { Frame } from '../camera/index.js';
import { type Config, shownValues } from '../config/index.js';
import type { CheckReport } from '../doctor/index.js';
import type { ModelFolders } from '../inference/index.js';
import type { RequestHandlers } from '../requests/index.js';
import type { EventStore, HistoryPage, HistoryQuery, PictureStore } from '../storage/index.js';
import type { Teaching } from '../teaching/index.js';
import {
  type AreaPreview,
  type DeviceListener,
  deviceState,
  type SeenFrame,
  type WebDevice,
  type WebSettingsFile,
} from '../web/index.js';
import type { Daemon } from './daemon.js';
import { type DaemonControl, noFrame } from './daemon-control.js';
import type { EngineSlot } from './engine-slot.js';
import type { Explainer } from './explainer.js';
import { previewArea } from './preview-area.js';
import type { Publisher } from './publisher.js';
import { regionSettingsOf } from './region-settings.js';
import { runningChecks } from './running-checks.js';

export interface WatchedParts {
  readonly config: Config;
  /** The configuration with what was set since. */
  readonly current: () => Config;
  /** The file that the configuration was read from; null where there is none. */
  readonly configFile: string | null;
  readonly settings: WebSettingsFile;
  readonly pictures: PictureStore;
  readonly teaching: Teaching;
  readonly control: DaemonControl;
  readonly alignment: Pick<Alignment, 'picture'>;
  readonly engine: EngineSlot;
  readonly explainer: Explainer;
  /** Whether there is a broker to publish to. */
  readonly publishes: boolean;
  /** Whether the daemon is started again when it ends. */
  readonly canRestart: boolean;
  readonly handlers: RequestHandlers;
  readonly publisher: Pick<Publisher, 'connection'>;
  readonly queue: Pick<EventStore, 'status' | 'history'>;
}

/** The daemon as the page shows it. */
export class WatchedDaemon implements WebDevice {
  readonly #parts: WatchedParts;
  readonly #daemon: () => Daemon;

  /** @param daemon which is made after what watches it */
  constructor(daemon: () => Daemon, parts: WatchedParts) {
    this.#daemon = daemon;
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.config.device.name;
  }

  get configFile(): string | null {
    return this.#parts.configFile;
  }

  get settings(): WebSettingsFile {
    return this.#parts.settings;
  }

  get pictures(): PictureStore {
    return this.#parts.pictures;
  }

  get teaching(): Teaching {
    return this.#parts.teaching;
  }

  get modelFolders(): ModelFolders {
    return this.#parts.engine.folders;
  }

  decimalPlaces(region: string | undefined): number | undefined {
    return regionSettingsOf(this.#parts.current()).find(({ name }) => name === region)?.rules?.decimalPlaces;
  }

  history(query: HistoryQuery): Promise<HistoryPage> {
    return this.#parts.queue.history(query);
  }

  get details() {
    const { config, publishes } = this.#parts;
    const { 'mqtt.url': broker } = shownValues(config);
    return {
      camera: config.camera?.source ?? null,
      broker: publishes ? String(broker) : null,
      storage: config.storage.folder,
    };
  }

  get handlers(): RequestHandlers {
    return this.#parts.handlers;
  }

  get seen(): SeenFrame | undefined {
    return this.#parts.control.seen;
  }

  get readings(): readonly ReadingMessage[] {
    return this.#parts.control.readings;
  }

  get paused(): boolean {
    return this.#daemon().paused;
  }

  get isConnected(): boolean {
    return this.#parts.publisher.connection.up;
  }

  get storage(): 'disk' | 'memory' {
    return this.#parts.queue.status.state;
  }

  health(): Promise<HealthMessage> {
    return this.#daemon().health();
  }

  get canRestart(): boolean {
    return this.#parts.canRestart;
  }

  async checks(): Promise<readonly CheckReport[]> {
    const health = await this.health();
    return runningChecks(this.#parts.config, health, deviceState(this, health, health.fps));
  }

  async explain(region: string | undefined): Promise<Explanation> {
    return this.#parts.explainer.explain(this.#newest(), region);
  }

  get referencePicture(): Buffer | undefined {
    return this.#parts.alignment.picture;
  }

  async preview(area: ViewArea, expect: ExpectationSetting | undefined): Promise<AreaPreview> {
    return previewArea(this.#parts.engine, this.#newest().frame, area, expect);
  }

  #newest(): SeenFrame {
    const { seen } = this;
    if (seen === undefined) throw noFrame();
    return seen;
  }

  restart(by: string | undefined): void {
    const who = by ?? 'somebody at the device';
    this.#daemon().end(new InkError('INK_RESTART_ASKED', `A restart was asked for by ${who}.`));
  }

  listen(listener: DeviceListener): () => void {
    const frame = (_frame: Frame) => {
      const { seen } = this;
      if (seen !== undefined) listener.frame?.(seen);
    };
    const reading = (message: ReadingMessage, event: ReadingEvent | undefined) => listener.reading?.(message, event);
    const health = (message: HealthMessage) => listener.health?.(message);
    const daemon = this.#daemon();
    daemon.on('frame', frame).on('reading', reading).on('health', health);
    return () => {
      daemon.off('frame', frame).off('reading', reading).off('health', health);
    };
  }
}
