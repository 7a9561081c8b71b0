import type { InkError } from '@inkcast/shared/errors';
import {
  type DeviceTopics,
  deviceTopics,
  type HealthMessage,
  type ReadingEvent,
  type ReadingTopics,
} from '@inkcast/shared/messages';
import type { Config } from '../config/index.js';
import type { ProblemSource } from '../health/index.js';
import { type BrokerSettings, type EventQueue, EventSender, MqttConnection, StatePublisher } from '../mqtt/index.js';
import type { JournalEntry } from './reading-journal.js';

const topicsOf = (topics: DeviceTopics, region: string | undefined): ReadingTopics =>
  region === undefined ? topics : topics.region(region);

/** The device at its broker: what it is retained there, what happened is sent as events. */
export class Publisher {
  readonly topics: DeviceTopics;
  readonly connection: MqttConnection;
  readonly states: StatePublisher;
  readonly #events: EventSender;

  /** @param onProblem told of a message that the broker refuses */
  constructor({ mqtt, device }: Config, queue: EventQueue, onProblem: (problem: InkError) => void) {
    const { baseTopic, clientId, image: _, ...settings } = mqtt;
    this.topics = deviceTopics(baseTopic, device.name);
    this.connection = new MqttConnection({
      settings: settings satisfies BrokerSettings,
      clientId: clientId ?? `inkcast-${device.name}`,
      availabilityTopic: this.topics.availability,
    });
    const { connection } = this;
    this.states = new StatePublisher({ connection, onProblem });
    const eventTopic = ({ region }: ReadingEvent) => topicsOf(this.topics, region).event;
    this.#events = new EventSender({ connection, queue, topicOf: eventTopic, onProblem });
  }

  /** Those parts that keep account of what is wrong with them: the connection first, which all else needs. */
  get problemSources(): readonly ProblemSource[] {
    return [this.connection, this.states, this.#events];
  }

  start(): void {
    this.states.start();
    this.#events.start();
    this.connection.start();
  }

  /** Waits for what is on its way to the broker, then says `offline`. */
  async stop(): Promise<void> {
    this.#events.stop();
    this.states.stop();
    await this.connection.stop();
  }

  async publishReading({ reading, event }: JournalEntry): Promise<void> {
    this.states.publishJson(topicsOf(this.topics, reading.region).reading, reading);
    if (event !== undefined) await this.#events.report(event);
  }

  publishHealth(health: HealthMessage): void {
    this.states.publishJson(this.topics.health, health);
  }
}
