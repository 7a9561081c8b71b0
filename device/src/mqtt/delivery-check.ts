import type { MqttClient } from 'mqtt';

/**
 * Finds out whether the broker has taken messages with QoS 0, which it does not acknowledge. It handles packets in
 * their order, so its answer to a ping shows that the connection has survived all messages before the ping.
 */
export class DeliveryCheck {
  readonly #client: MqttClient;
  /** Those who wait for the next ping. */
  #written: (() => void)[] = [];
  /** Those who wait for the answer to each ping that was sent. */
  readonly #pinged: (() => void)[][] = [];

  constructor(client: MqttClient) {
    this.#client = client;
    client.on('packetsend', ({ cmd }) => {
      if (cmd !== 'pingreq') return;
      this.#pinged.push(this.#written);
      this.#written = [];
    });
    client.on('packetreceive', ({ cmd }) => {
      if (cmd !== 'pingresp') return;
      for (const onTaken of this.#pinged.shift() ?? []) onTaken();
      this.#ping();
    });
  }

  /** Must be called after a message was written. @param onTaken called when the broker has answered a later ping */
  written(onTaken: () => void): void {
    this.#written.push(onTaken);
    this.#ping();
  }

  /** Sends one ping at a time, however many messages wait for it. */
  #ping(): void {
    if (this.#written.length > 0 && this.#pinged.length === 0) this.#client.sendPing();
  }
}
