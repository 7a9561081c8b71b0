import { eventSchema } from '@inkcast/shared/messages';
import mqtt, { type MqttClient } from 'mqtt';

/** Events count as lost if none arrives for this long. A device waits up to a minute before it connects again. */
const SILENCE_MS = 180_000;
/** The broker keeps the session of a consumer that is away for this long. */
const SESSION_SECONDS = 3600;

/** The subscription to the events of all devices. */
export const ALL_EVENTS = 'inkcast/+/event';

export interface ConsumerOptions {
  readonly url: string;
  readonly clientId: string;
  readonly version: '5' | '3.1.1';
  readonly filter: string;
}

/** What has become of reported events. */
export interface Arrived {
  readonly events: number;
  readonly lost: number;
  /** Arrivals of an event after its first one. Its id shows that it is the same. */
  readonly doubled: number;
}

/** The events that one or several consumers have received. */
export class Inbox {
  /** The number of arrivals of each event, by its id. */
  readonly #arrivals = new Map<string, number>();
  #onArrival: () => void = () => {};

  /** Connects a consumer with a session of its own. Resolves with it when it has subscribed. */
  async connect({ url, clientId, version, filter }: ConsumerOptions): Promise<MqttClient> {
    const five = version === '5';
    const client = await mqtt.connectAsync(url, {
      clientId,
      protocolVersion: five ? 5 : 4,
      clean: false,
      ...(five ? { properties: { sessionExpiryInterval: SESSION_SECONDS } } : {}),
    });
    // It connects again by itself, for as long as it takes.
    client.on('error', () => {});
    client.on('message', (_topic, payload) => this.#take(payload.toString('utf8')));
    await client.subscribeAsync(filter, { qos: 1 });
    return client;
  }

  /** Resolves when all of these events have arrived, or when nothing has arrived for long. */
  async untilAll(ids: readonly string[]): Promise<Arrived> {
    const missing = new Set(ids);
    await new Promise<void>((resolve) => {
      const silence = setTimeout(resolve, SILENCE_MS);
      this.#onArrival = () => {
        silence.refresh();
        for (const id of missing) {
          if (!this.#arrivals.has(id)) return;
          missing.delete(id);
        }
        clearTimeout(silence);
        resolve();
      };
      this.#onArrival();
    });
    const counts = ids.map((id) => this.#arrivals.get(id) ?? 0);
    const doubled = counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
    return { events: ids.length, lost: counts.filter((count) => count === 0).length, doubled };
  }

  #take(text: string): void {
    const { id } = eventSchema.parse(JSON.parse(text));
    this.#arrivals.set(id, (this.#arrivals.get(id) ?? 0) + 1);
    this.#onArrival();
  }
}
