import type { Reading } from '@inkcast/reader/reading';
import { Moment } from '@inkcast/shared/clock';
import { InkError } from '@inkcast/shared/errors';
import type { ReadingMessage, Request, ResponseData } from '@inkcast/shared/messages';
import type { Logger } from 'pino';
import type { Alignment } from '../alignment/index.js';
import { annotateFrame, fitPicture } from '../annotation/index.js';
import { liveKeys, shownValues } from '../config/index.js';
import type { ModelStore, StoredModel } from '../inference/index.js';
import type { RegionOutcome, RegionSet } from '../regions/index.js';
import type { ConfigValues, DeviceControl, ModelEntry, Snapshot } from '../requests/index.js';
import type { EventStore } from '../storage/index.js';
import type { SeenFrame } from '../web/index.js';
import type { Daemon } from './daemon.js';
import { checkDigitSettings } from './digit-settings.js';
import type { EngineSlot } from './engine-slot.js';
import { shownValue, valueFrom } from './entered-value.js';
import type { LiveSettings } from './live-settings.js';
import type { Publisher } from './publisher.js';
import { regionIn } from './region-settings.js';

export interface ControlledParts {
  readonly engine: EngineSlot;
  readonly store: ModelStore;
  readonly publisher: Publisher;
  readonly queue: Pick<EventStore, 'keepAccepted'>;
  readonly regions: Pick<RegionSet, 'names' | 'region' | 'lookAnew'>;
  readonly alignment: Pick<Alignment, 'state' | 'set' | 'forget'>;
  readonly settings: LiveSettings;
  readonly log: Logger;
  readonly version: string;
  /** Labelled crops for others. @throws InkError INK_TEACHING_PRIVATE */
  readonly labels: DeviceControl['labels'];
  /** Told when a model was installed, or another one is in use. */
  readonly onModels: () => void;
}

/** No picture is smaller; a broker that takes less takes none. */
const MIN_PICTURE_BYTES = 1000;

/** What requests can do to the daemon. */
export class DaemonControl implements DeviceControl {
  readonly #parts: ControlledParts;
  readonly #startedAt = new Moment();
  #daemon: Daemon | undefined;
  #seen: SeenFrame | undefined;
  /** What was seen last in each region. */
  readonly #seenIn = new Map<string | undefined, Reading>();
  readonly #readings = new Map<string | undefined, ReadingMessage>();
  /** Bytes of a picture that the broker takes at most, as far as is known. */
  #maxBytes = Number.POSITIVE_INFINITY;

  constructor(parts: ControlledParts) {
    this.#parts = parts;
  }

  /** Begins to remember what a snapshot needs. */
  start(daemon: Daemon): void {
    this.#daemon = daemon;
    daemon.on('frame', (frame, outcomes) => {
      this.#seen = {
        number: (this.#seen?.number ?? -1) + 1,
        frame,
        reading: this.#seeIn(outcomes),
        latencyMs: performance.now() - frame.at,
      };
    });
    daemon.on('reading', (reading) => this.#readings.set(reading.region, reading));
    daemon.on('regions', (names) => {
      for (const map of [this.#seenIn, this.#readings]) {
        for (const name of map.keys()) if (!names.includes(name)) map.delete(name);
      }
    });
  }

  /** What all regions show. Where one was left out because nothing had changed in it, the boxes are where they were. */
  #seeIn(outcomes: readonly RegionOutcome[]): SeenFrame['reading'] {
    for (const { region, read } of outcomes) if (read !== undefined) this.#seenIn.set(region, read.reading);
    const seen = [...this.#seenIn.values()];
    if (seen.length === 0) return undefined;
    return { digits: seen.flatMap(({ digits }) => digits), rejected: seen.flatMap(({ rejected }) => rejected) };
  }

  /** Undefined where no frame has been read yet. */
  get seen(): SeenFrame | undefined {
    return this.#seen;
  }

  /** What was published last, in each region; empty where nothing was. */
  get readings(): readonly ReadingMessage[] {
    return [...this.#readings.values()];
  }

  info(): Omit<ResponseData<'info'>, 'verbs'> {
    const { engine, settings, version } = this.#parts;
    return {
      device: settings.current.device.name,
      version,
      model: engine.model,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      startedAt: this.#startedAt.date.toISOString(),
      paused: this.#daemon?.paused ?? false,
    };
  }

  setPaused(paused: boolean): void {
    this.#daemon?.setPaused(paused);
  }

  async snapshot(boxes: boolean, maxBytes = Number.POSITIVE_INFINITY): Promise<Snapshot> {
    if (this.#seen === undefined) throw noFrame();
    const { number, frame, reading } = this.#seen;
    const shown = boxes && reading !== undefined ? reading : { digits: [] };
    const { maxWidth, quality } = this.#parts.settings.current.mqtt.image;
    const jpeg = await fitPicture(await annotateFrame(frame, shown), {
      ...(maxWidth === undefined ? {} : { maxWidth }),
      quality,
      maxBytes: Math.min(maxBytes, this.#maxBytes),
    });
    const readings = this.#parts.regions.names.includes(undefined) ? undefined : this.readings;
    const one = this.#readings.get(undefined) ?? null;
    return { jpeg, frame: number, capturedAt: frame.capturedAt, reading: one, readings };
  }

  /** Makes the newest frame with its boxes the retained picture, where there is one. */
  async publishPicture(): Promise<void> {
    if (this.#seen !== undefined) this.publishImage((await this.snapshot(true)).jpeg);
  }

  publishImage(jpeg: Buffer): void {
    const { states, topics } = this.#parts.publisher;
    states.publish(topics.image, jpeg, 'image/jpeg', { shrink: (maxBytes) => this.#shrink(jpeg, maxBytes) });
  }

  /** The broker takes less: later pictures are within that from the start. */
  async #shrink(jpeg: Buffer, maxBytes: number): Promise<Buffer | undefined> {
    this.#maxBytes = Math.max(MIN_PICTURE_BYTES, maxBytes);
    const fitted = await fitPicture(jpeg, { quality: this.#parts.settings.current.mqtt.image.quality, maxBytes });
    return fitted.length <= maxBytes ? fitted : undefined;
  }

  config() {
    return { values: shownValues(this.#parts.settings.current), live: liveKeys() };
  }

  setConfig(values: ConfigValues): void {
    this.#parts.settings.set(values);
    this.#parts.log.info({ values }, 'configuration changed');
  }

  value(name: string | undefined): ResponseData<'value'> {
    const { regions, settings } = this.#parts;
    const { rules } = regionIn(settings.current, name);
    return shownValue(regions.region(name)?.accepted, rules);
  }

  async setValue(value: string | null, name: string | undefined): Promise<ResponseData<'value'>> {
    const { regions, queue, settings, log } = this.#parts;
    const { rules } = regionIn(settings.current, name);
    const accepted = value === null ? undefined : valueFrom(value, rules);
    regions.region(name)?.accept(accepted);
    await queue.keepAccepted(accepted ?? null, name);
    const where = name === undefined ? {} : { region: name };
    log.info({ ...where, value }, value === null ? 'value forgotten' : 'value set');
    return shownValue(accepted, rules);
  }

  async reference(action: Request<'reference'>['action']): Promise<ResponseData<'reference'>> {
    const { alignment, log } = this.#parts;
    if (action === 'set') {
      if (this.#seen === undefined) throw noFrame();
      const { frame } = this.#seen;
      await alignment.set(frame, frame.capturedAt);
      log.info('reference picture taken');
    } else if (action === 'forget') {
      await alignment.forget();
      log.info('reference picture forgotten');
    }
    return alignment.state;
  }

  labels(after: string | undefined, limit: number): Promise<ResponseData<'labels'>> {
    return this.#parts.labels(after, limit);
  }

  async models(): Promise<readonly ModelEntry[]> {
    const stored = await this.#parts.store.list();
    return stored.flatMap((model) => this.#entryOf(model));
  }

  async useModel(reference: string): Promise<void> {
    const { engine, store, regions, settings, log, onModels } = this.#parts;
    const bundle = await store.find(reference);
    checkDigitSettings(settings.current, { reference, labels: bundle.manifest.labels });
    await engine.replace(bundle);
    // What the model before has seen must not be held: the next frames are read by this one alone.
    regions.lookAnew();
    await store.use(reference);
    log.info({ model: reference }, 'another model is in use');
    onModels();
    this.#daemon?.healthChanged();
  }

  async installModel(folder: string): Promise<string> {
    const reference = await this.#parts.store.install(folder);
    this.#parts.log.info({ model: reference }, 'model installed');
    this.#parts.onModels();
    return reference;
  }

  #entryOf({ reference, content }: StoredModel): ModelEntry[] {
    if (content instanceof InkError) return [];
    const { architecture, metrics } = content.manifest;
    const active = reference === this.#parts.engine.model;
    const accuracy = metrics.int8.accuracy;
    const spotters = content.spotters.map(({ description, model }) => ({
      size: description.size,
      sizeBytes: model.length,
    }));
    return [{ model: reference, architecture, accuracy, sizeBytes: content.model.length, spotters, active }];
  }
}

export const noFrame = (): InkError =>
  new InkError('INK_SNAPSHOT_MISSING', 'The camera has not delivered a frame yet.');
