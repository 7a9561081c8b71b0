import { areDigits } from '@inkcast/shared/bundle';
import { asInkError, type InkError } from '@inkcast/shared/errors';
import { discoveryTopic } from '@inkcast/shared/messages';
import { Announcements, announcementRecordIn, HomeAssistant } from '../homeassistant/index.js';
import { type RequestHandlers, type RequestRate, RequestServer } from '../requests/index.js';
import type { Daemon } from './daemon.js';
import type { DaemonControl } from './daemon-control.js';
import type { LiveSettings } from './live-settings.js';
import { PictureOnChange } from './picture-on-change.js';
import type { Publisher } from './publisher.js';
import { regionSettingsOf } from './region-settings.js';

export interface RemoteControlOptions {
  readonly control: DaemonControl;
  /** The classes of the model in use. */
  readonly labels: () => readonly string[];
  /** Of requests over MQTT. */
  readonly handlers: RequestHandlers;
  readonly publisher: Publisher;
  readonly settings: LiveSettings;
  /** Inkcast's version. */
  readonly version: string;
  /** Told of what the broker refuses. */
  readonly onProblem: (problem: InkError) => void;
  /** How fast requests may come; default: as `RequestServer`. */
  readonly requestRate?: RequestRate;
}

/** The daemon as others see it over MQTT: it answers requests, and is announced to Home Assistant. */
export class RemoteControl {
  readonly #options: RemoteControlOptions;
  readonly #announcements: Announcements;
  readonly #homeAssistant: HomeAssistant;
  #pictures: PictureOnChange | undefined;
  #requests: RequestServer | undefined;
  /** Why the device could not be announced. */
  #unannounced: InkError | undefined;

  constructor(options: RemoteControlOptions) {
    this.#options = options;
    const { connection, states } = options.publisher;
    const { device, mqtt, homeassistant, storage } = options.settings.current;
    const { enabled, discoveryPrefix, birthTopic } = homeassistant;
    this.#announcements = new Announcements({
      connection,
      states,
      record: announcementRecordIn(storage.folder),
      current: {
        baseTopic: mqtt.baseTopic,
        device: device.name,
        discovery: enabled ? discoveryTopic(discoveryPrefix, device.name) : null,
      },
      regions: regionSettingsOf(options.settings.current).map(({ name }) => name ?? null),
      onProblem: options.onProblem,
    });
    this.#homeAssistant = new HomeAssistant({
      connection,
      states,
      prefix: discoveryPrefix,
      birthTopic,
      announcements: this.#announcements,
    });
  }

  /** @throws InkError where the models cannot be listed */
  async start(daemon: Daemon): Promise<void> {
    const { control, handlers, publisher, settings, onProblem, requestRate } = this.#options;
    const { connection, topics } = publisher;
    this.#requests = new RequestServer({
      connection,
      topics,
      handlers,
      onProblem,
      ...(requestRate === undefined ? {} : { rate: requestRate }),
    });
    this.#requests.start();
    this.#pictures = new PictureOnChange({
      settings: () => settings.current.mqtt.image,
      publish: () => control.publishPicture(),
      onProblem,
    });
    daemon.on('reading', () => this.#pictures?.changed());
    daemon.on('regions', (names) => {
      void this.#announcements.setRegions(names.map((name) => name ?? null));
      this.announceAnew();
    });
    if (settings.current.homeassistant.enabled) this.#homeAssistant.start();
    await this.#announcements.start();
    await this.#announce();
  }

  /** To be told that models or regions are others. */
  announceAnew(): void {
    this.#announce().then(
      () => {
        this.#unannounced = undefined;
      },
      (error: unknown) => {
        this.#unannounced = asInkError(error);
        this.#options.onProblem(this.#unannounced);
      },
    );
  }

  /** What is wrong now: responses that the broker refused, pictures that could not be made, a lost announcement. */
  get problems(): ReadonlyMap<string, InkError> {
    const own: [string, InkError | undefined][] = [
      ['picture', this.#pictures?.problem],
      ['announcement', this.#unannounced],
    ];
    return new Map([
      ...(this.#requests?.problems ?? []),
      ...own.flatMap(([key, problem]): [string, InkError][] => (problem === undefined ? [] : [[key, problem]])),
    ]);
  }

  stop(): void {
    this.#pictures?.stop();
    this.#homeAssistant.stop();
  }

  async #announce(): Promise<void> {
    const { control, labels, publisher, settings, version } = this.#options;
    const { device, homeassistant, vision } = settings.current;
    const { enabled, discoveryPrefix: _, birthTopic: __, exclude, ...set } = homeassistant;
    if (!enabled) return;
    // Device class, state class and unit are those of a number: a reading of other classes is a text.
    const isNumber = areDigits(labels());
    const classes = isNumber ? set : {};
    const models = await control.models();
    await this.#homeAssistant.announce({
      device: device.name,
      topics: publisher.topics,
      version,
      models: models.map(({ model }) => model),
      exclude,
      regions: vision.regions.map(({ name, homeassistant: own }) => ({ name, ...((isNumber ? own : {}) ?? classes) })),
      ...classes,
    });
  }
}
