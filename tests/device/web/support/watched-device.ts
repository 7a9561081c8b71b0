import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Frame } from '@inkcast/device/camera';
import { shippedModels } from '@inkcast/device/inference';
import { requestHandlers } from '@inkcast/device/requests';
import { Settings } from '@inkcast/device/settings';
import type { HistoryPage, HistoryQuery } from '@inkcast/device/storage';
import { Teaching } from '@inkcast/device/teaching';
import type { DeviceListener, SeenFrame, WebDevice } from '@inkcast/device/web';
import { sampleReading } from '@inkcast/lab/broker';
import { InkError } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';
import { StillDevice } from '../../requests/still-device.js';
import { NO_MODELS } from '../../teaching/support/models.js';

const HEALTH: HealthMessage = {
  version: '0.1.0',
  model: 'digits@2.1.0',
  reportedAt: '2026-11-28T12:00:00.000Z',
  uptimeSeconds: 60,
  paused: false,
  fps: 10,
  latencyMs: { vision: 1, inference: 2, total: 3 },
  temperature: null,
  memory: { residentBytes: 1e8, systemFreeBytes: 1e9 },
  queue: { depth: 0, dropped: 0 },
  camera: 'running',
  accelerator: { kind: 'cpu', status: 'running' },
  problems: [],
};

interface Shown {
  readonly width?: number;
  readonly height?: number;
  readonly value?: number;
  readonly jpeg?: NonNullable<Frame['jpeg']>;
}

/** A device whose frames a test shows. */
export class WatchedDevice implements WebDevice {
  readonly still = new StillDevice();
  readonly name = 'desk';
  readonly handlers = requestHandlers(this.still);
  readonly readings = [sampleReading('407')];
  readonly isConnected = true;
  readonly storage = 'disk';
  readonly configFile = null;
  readonly modelFolders = { classifier: join(shippedModels(), 'lenet'), companions: join(shippedModels(), 'digits') };
  pictures: WebDevice['pictures'] = { has: () => false, find: async () => undefined, purge: async () => 0 };
  /** What was read before; nothing, unless a test brings a store. */
  history = async (_query: HistoryQuery): Promise<HistoryPage> => ({ entries: [], next: undefined });
  /** Off, unless a test brings one. */
  teaching: WebDevice['teaching'] = new Teaching({
    folder: '/nowhere',
    settings: () => ({
      enabled: false,
      queue: { maxCount: 100, maxAgeDays: 30, maxMegabytes: 20 },
      share: false,
      niceness: 10,
    }),
    models: NO_MODELS,
    run: async () => assert.fail('it is not asked to learn'),
    inView: async () => [],
    read: async () => [],
    report: () => {},
  });
  readonly decimalPlaces = (region: string | undefined) => (region === 'guest' ? 2 : undefined);
  readonly referencePicture = undefined;
  /** To be saved to no file, unless a test names one. */
  settings = new Settings({ sources: {}, mayChangePrograms: false });
  readonly details = { camera: 'rpicam', broker: 'mqtt://localhost:1883', storage: '/var/lib/inkcast' };
  problems: HealthMessage['problems'] = [];
  seen: SeenFrame | undefined;
  readonly #listeners = new Set<DeviceListener>();

  get paused(): boolean {
    return this.still.paused;
  }

  /** Who listens now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  restarts: (string | undefined)[] = [];
  canRestart = false;

  async checks() {
    return [{ name: 'camera', status: 'ok' as const, detail: 'It runs.' }];
  }

  async explain(): Promise<never> {
    throw new InkError('INK_SNAPSHOT_MISSING', 'No frame has come yet.');
  }

  async preview(): Promise<never> {
    throw new InkError('INK_SNAPSHOT_MISSING', 'No frame has come yet.');
  }

  restart(by: string | undefined): void {
    this.restarts.push(by);
  }

  async health(): Promise<HealthMessage> {
    return { ...HEALTH, paused: this.paused, problems: this.problems };
  }

  listen(listener: DeviceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows one more frame: all of one gray, with one digit in it. */
  show({ width = 64, height = 48, value = 200, jpeg }: Shown = {}): SeenFrame {
    const number = (this.seen?.number ?? -1) + 1;
    const gray = new Uint8Array(width * height).fill(value);
    const time = { capturedAt: new Date(), at: performance.now() };
    const frame: Frame = { width, height, gray, ...time, sequence: number, ...(jpeg === undefined ? {} : { jpeg }) };
    const digit = { digit: 4, confidence: 0.9, row: 0, box: { x: 8, y: 8, width: 16, height: 24 } };
    this.seen = { number, frame, reading: { digits: [digit], rejected: [] }, latencyMs: 5 };
    for (const listener of this.#listeners) listener.frame?.(this.seen);
    return this.seen;
  }

  /** Reports health. */
  async reportHealth(changes: Partial<HealthMessage>): Promise<void> {
    const health = { ...(await this.health()), ...changes };
    for (const listener of this.#listeners) listener.health?.(health);
  }

  /** Says that something else is in view. */
  read(text: string): void {
    const reading = sampleReading(text);
    for (const listener of this.#listeners) {
      listener.reading?.(reading, { ...reading, event_type: 'digits_changed' });
    }
  }
}
