import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';

export interface Seen {
  readonly topic: string;
  readonly text: string;
  readonly packet: IPublishPacket;
}

/** A client that records the messages of a broker and lets a test wait for them. */
export class Watcher {
  readonly seen: Seen[] = [];
  readonly client: MqttClient;
  #check: () => void = () => {};

  private constructor(client: MqttClient) {
    this.client = client;
    client.on('message', (topic, payload, packet) => {
      this.seen.push({ topic, text: payload.toString('utf8'), packet });
      this.#check();
    });
  }

  static async connect(url: string, filters: readonly string[], options: IClientOptions = {}): Promise<Watcher> {
    const client = await mqtt.connectAsync(url, { protocolVersion: 5, reconnectPeriod: 50, ...options });
    const watcher = new Watcher(client);
    for (const filter of filters) await client.subscribeAsync(filter, { qos: 1, rap: true });
    return watcher;
  }

  /** Resolves with the recorded messages as soon as they satisfy a condition. */
  until(enough: (seen: readonly Seen[]) => boolean): Promise<readonly Seen[]> {
    return new Promise((resolve) => {
      this.#check = () => {
        if (enough(this.seen)) resolve(this.seen);
      };
      this.#check();
    });
  }

  /** Resolves with the first message to a topic after the messages that an earlier call's `from` has consumed. */
  async next(topic: string, from = 0): Promise<Seen> {
    const seen = await this.until((all) => all.slice(from).some((one) => one.topic === topic));
    const found = seen.slice(from).find((one) => one.topic === topic);
    if (found === undefined) throw new Error(`nothing was sent to ${topic}`);
    return found;
  }

  async end(): Promise<void> {
    await this.client.endAsync(true);
  }
}
