import { discoveryTopic } from '@inkcast/shared/messages';
import type { MqttConnection, StatePublisher } from '../mqtt/index.js';
import type { AnnouncedDevice } from './announced-device.js';
import { discoveryPayload } from './discovery-payload.js';

export interface HomeAssistantOptions {
  readonly connection: MqttConnection;
  readonly states: StatePublisher;
  /** First level of Home Assistant's discovery topics. */
  readonly prefix: string;
  /** Where Home Assistant says `online` when it has started: it does not follow the prefix. */
  readonly birthTopic?: string;
  /** Longest delay after Home Assistant has started, so that not all devices answer at once. */
  readonly mostDelayMs?: number;
}

const MOST_DELAY_MS = 5000;
/** Home Assistant's own default. */
export const BIRTH_TOPIC = 'homeassistant/status';

/** Announces the device to Home Assistant, and says everything again whenever it has started. */
export class HomeAssistant {
  readonly #options: HomeAssistantOptions;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: HomeAssistantOptions) {
    this.#options = options;
  }

  start(): void {
    const { connection, birthTopic = BIRTH_TOPIC } = this.#options;
    connection.subscribe(birthTopic, ({ payload }) => {
      if (payload.toString('utf8') === 'online') this.#sayAllSoon();
    });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Announces the device, or what has changed of it. It stays announced while it is off, as unavailable. */
  announce(announced: AnnouncedDevice): void {
    const { states, prefix } = this.#options;
    const topic = discoveryTopic(prefix, announced.device);
    states.publish(topic, JSON.stringify(discoveryPayload(announced)), 'application/json', { expires: false });
  }

  #sayAllSoon(): void {
    const { connection, states, mostDelayMs = MOST_DELAY_MS } = this.#options;
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      states.republish();
      connection.announce();
    }, Math.random() * mostDelayMs);
  }
}
