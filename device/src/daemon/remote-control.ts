import { asInkError, type InkError } from '@inkcast/shared/errors';
import { HomeAssistant } from '../homeassistant/index.js';
import { RequestServer, requestHandlers } from '../requests/index.js';
import type { Daemon } from './daemon.js';
import { type ControlledParts, DaemonControl } from './daemon-control.js';

export interface RemoteControlOptions extends Omit<ControlledParts, 'daemon' | 'onInstalled'> {
  /** Told of what the broker refuses. */
  readonly onProblem: (problem: InkError) => void;
}

/** The daemon as others see it over MQTT: it answers requests, and is announced to Home Assistant. */
export class RemoteControl {
  readonly #options: RemoteControlOptions;
  readonly #homeAssistant: HomeAssistant;

  constructor(options: RemoteControlOptions) {
    this.#options = options;
    const { connection, states } = options.publisher;
    this.#homeAssistant = new HomeAssistant({
      connection,
      states,
      prefix: options.config.homeassistant.discoveryPrefix,
    });
  }

  /** @throws InkError where the models cannot be listed */
  async start(daemon: Daemon): Promise<void> {
    const { publisher, config, onProblem } = this.#options;
    const { connection, topics } = publisher;
    const onInstalled = () => {
      this.#announce(control).catch((error: unknown) => onProblem(asInkError(error)));
    };
    const control = new DaemonControl({ ...this.#options, daemon, onInstalled });
    control.start();
    new RequestServer({ connection, topics, handlers: requestHandlers(control), onProblem }).start();
    if (config.homeassistant.enabled) this.#homeAssistant.start();
    await this.#announce(control);
  }

  stop(): void {
    this.#homeAssistant.stop();
  }

  async #announce(control: DaemonControl): Promise<void> {
    const { publisher, config, version } = this.#options;
    const { enabled, stateClass, unit } = config.homeassistant;
    if (!enabled) return;
    const models = await control.models();
    this.#homeAssistant.announce({
      device: config.device.name,
      topics: publisher.topics,
      version,
      models: models.map(({ model }) => model),
      ...(stateClass === undefined ? {} : { stateClass }),
      ...(unit === undefined ? {} : { unit }),
    });
  }
}
