import { discoveryTopic } from '@inkcast/shared/messages';
import type { MqttConnection, StatePublisher } from '../mqtt/index.js';
import type { AnnouncedDevice } from './announced-device.js';
import type { Announcements } from './announcements.js';
import { discoveryPayload, platformsOf, withRemovals } from './discovery-payload.js';

export interface HomeAssistantOptions {
  readonly connection: MqttConnection;
  readonly states: StatePublisher;
  /** First level of Home Assistant's discovery topics. */
  readonly prefix: string;
  /** The topic where Home Assistant publishes `online` after it has started. It does not depend on the prefix. */
  readonly birthTopic?: string;
  /** The record of announcements. Without it, entities that a later version leaves out stay in Home Assistant. */
  readonly announcements?: Announcements;
  /** Maximum delay after Home Assistant has started, so that not all devices answer at once. */
  readonly maxDelayMs?: number;
}

const MAX_DELAY_MS = 5000;
/** Home Assistant's own default. */
export const BIRTH_TOPIC = 'homeassistant/status';

/**
 * Announces the device to Home Assistant, and announces and publishes everything again whenever Home Assistant has
 * started.
 */
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

  /** Announces the device or its changes. While it is off, it stays announced as unavailable. */
  async announce(announced: AnnouncedDevice): Promise<void> {
    const { states, prefix, announcements } = this.#options;
    const topic = discoveryTopic(prefix, announced.device);
    const payload = discoveryPayload(announced);
    if (announcements !== undefined) await announcements.note(platformsOf(payload));
    const said = withRemovals(payload, announcements?.components ?? {});
    states.publish(topic, JSON.stringify(said), 'application/json', { expires: false });
  }

  #sayAllSoon(): void {
    const { connection, states, maxDelayMs = MAX_DELAY_MS } = this.#options;
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      states.republish();
      connection.announce();
    }, Math.random() * maxDelayMs);
  }
}
