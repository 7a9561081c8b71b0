import { EventSender, MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import type { InkError } from '@inkcast/shared/errors';
import {
  type DeviceTopics,
  deviceTopics,
  type HealthMessage,
  type ResponseError,
  requestSchemas,
  VERBS,
} from '@inkcast/shared/messages';
import { MemoryQueue } from './memory-queue.js';
import { sampleEvent, sampleReading } from './sample-messages.js';

export interface SimulatedDeviceOptions {
  readonly url: string;
  readonly name: string;
  /** Version of MQTT; default 5. */
  readonly version?: '5' | '3.1.1';
  /** The model that each installation gives, or its error. */
  readonly installs?: string | ResponseError;
  /** Whether it ignores requests. */
  readonly silent?: boolean;
  /** Is told what a broker refuses; by default, the process ends with it. */
  readonly onProblem?: (problem: InkError) => void;
}

/** A simulated device at a real broker. It publishes the messages of a device and answers requests of the fleet. */
export class SimulatedDevice {
  readonly topics: DeviceTopics;
  readonly connection: MqttConnection;
  readonly #options: SimulatedDeviceOptions;
  readonly #states: StatePublisher;
  readonly #events: EventSender;
  readonly #queue = new MemoryQueue();
  #model = 'digits@1.0.0';

  constructor(options: SimulatedDeviceOptions) {
    const { onProblem = fail } = options;
    this.#options = options;
    this.topics = deviceTopics('inkcast', options.name);
    this.connection = new MqttConnection({
      settings: { url: options.url, version: options.version ?? '5' },
      clientId: `inkcast-${options.name}`,
      availabilityTopic: this.topics.availability,
    });
    this.#states = new StatePublisher({ connection: this.connection, onProblem });
    this.#events = new EventSender({
      connection: this.connection,
      queue: this.#queue,
      topicOf: () => this.topics.event,
      onProblem,
    });
  }

  get model(): string {
    return this.#model;
  }

  start(): void {
    this.connection.subscribe(this.topics.requests, ({ topic, payload, responseTopic }) => {
      if (this.#options.silent !== true) void this.#answer(topic, payload.toString('utf8'), responseTopic);
    });
    this.#states.start();
    this.#events.start();
    this.sayHealth();
    this.connection.start();
  }

  async stop(): Promise<void> {
    this.#events.stop();
    this.#states.stop();
    await this.connection.stop();
  }

  /** Sends an event, which stays queued until the broker has acknowledged it. @returns its id */
  report(text: string): string {
    const event = sampleEvent(text, { capturedAt: new Date().toISOString() });
    void this.#events.report(event);
    return event.id;
  }

  /** Number of events that no broker has acknowledged yet. */
  get unsent(): number {
    return this.#queue.depth;
  }

  say(text: string): void {
    this.#states.publishJson(this.topics.reading, sampleReading(text));
  }

  /** Reads a text in a named region. */
  sayIn(region: string, text: string): void {
    this.#states.publishJson(this.topics.region(region).reading, { ...sampleReading(text), region });
  }

  /** Has a region no longer. */
  leave(region: string): void {
    this.#states.retract(this.topics.region(region).reading, () => {});
  }

  sayHealth(): void {
    this.#states.publishJson(this.topics.health, healthOf(this.#model));
  }

  async #answer(topic: string, text: string, responseTopic: string | undefined): Promise<void> {
    const verb = VERBS.find((one) => this.topics.request(one) === topic) ?? 'info';
    const { transaction } = requestSchemas[verb].parse(JSON.parse(text));
    await this.connection.publish({
      topic: responseTopic ?? this.topics.response(verb),
      payload: JSON.stringify({ ...this.#respond(verb), transaction }),
      qos: 1,
    });
  }

  #respond(verb: string): object {
    const { name, installs } = this.#options;
    if (verb === 'model') {
      if (typeof installs === 'object') return { status: 'error', error: installs };
      this.#model = installs ?? this.#model;
      this.sayHealth();
      const entry = { model: this.#model, architecture: 'lenet', accuracy: 0.99, sizeBytes: 1000, active: true };
      return { status: 'ok', data: { models: [entry] } };
    }
    if (verb === 'pause') return { status: 'ok', data: { paused: true } };
    return {
      status: 'ok',
      data: {
        device: name,
        version: '0.1.0',
        model: this.#model,
        node: process.version,
        platform: 'linux-x64',
        startedAt: new Date().toISOString(),
        paused: false,
        verbs: [...VERBS],
      },
    };
  }
}

function healthOf(model: string): HealthMessage {
  return {
    version: '0.1.0',
    model,
    reportedAt: new Date().toISOString(),
    uptimeSeconds: 10,
    paused: false,
    fps: 10,
    latencyMs: { vision: 5, inference: 1, total: 7 },
    temperature: 51.5,
    memory: { residentBytes: 1e8, systemFreeBytes: 1e9 },
    queue: { depth: 0, dropped: 0 },
    camera: 'running',
    accelerator: { kind: 'cpu', status: 'running' },
    problems: [],
  };
}

function fail(error: Error): never {
  throw error;
}
