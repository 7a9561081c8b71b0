import type { HealthMessage } from '@inkcast/shared/messages';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { WebDevice } from '../web-device.js';

/** Upper bounds in seconds: a frame takes some milliseconds on a desk, and some tenths of a second on a small board. */
const LATENCY_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** A gauge, and what it says. */
interface Reported {
  readonly gauge: Gauge;
  readonly value: (health: HealthMessage, device: WebDevice) => number;
}

/**
 * What is measured of the device, for Prometheus: base units, and neither readings nor users as labels, since each new
 * value of a label is a series of its own for ever.
 */
export class Metrics {
  readonly #device: WebDevice;
  readonly #registry = new Registry();
  readonly #reported: readonly Reported[];
  readonly #problems: Gauge<'code'>;
  readonly #frames: Counter;
  readonly #latency: Histogram;
  readonly #readings: Counter<'event_type'>;
  #stop: (() => void) | undefined;

  constructor(device: WebDevice) {
    this.#device = device;
    const registers = [this.#registry];
    const gauge = (name: string, help: string, value: Reported['value']): Reported => ({
      gauge: new Gauge({ name: `inkcast_${name}`, help, registers }),
      value,
    });
    this.#reported = [
      gauge('uptime_seconds', 'Time since the daemon started', ({ uptimeSeconds }) => uptimeSeconds),
      gauge('paused', '1 while reading is paused by request', ({ paused }) => Number(paused)),
      gauge('camera_up', '1 while the camera delivers frames', ({ camera }) => Number(camera === 'running')),
      gauge('broker_connected', '1 while the MQTT broker is connected', (_, { isConnected }) => Number(isConnected)),
      gauge('storage_on_disk', '1 while events outlive a crash', (_, { storage }) => Number(storage === 'disk')),
      gauge('queued_events', 'Events that the broker has not acknowledged', ({ queue }) => queue.depth),
      gauge('dropped_events', 'Events given up, ever', ({ queue }) => queue.dropped),
      gauge('resident_memory_bytes', 'Memory of the daemon', ({ memory }) => memory.residentBytes),
      gauge('free_memory_bytes', 'Memory that the system has free', ({ memory }) => memory.systemFreeBytes),
      gauge(
        'processor_temperature_celsius',
        'NaN where the system does not tell',
        ({ temperature }) => temperature ?? Number.NaN,
      ),
    ];
    this.#problems = new Gauge({
      name: 'inkcast_problems',
      help: 'What is wrong now, by code',
      labelNames: ['code'],
      registers,
    });
    this.#frames = new Counter({ name: 'inkcast_frames_total', help: 'Frames read', registers });
    this.#latency = new Histogram({
      name: 'inkcast_frame_latency_seconds',
      help: 'From the moment that a frame was taken to its reading',
      buckets: LATENCY_BUCKETS,
      registers,
    });
    this.#readings = new Counter({
      name: 'inkcast_readings_total',
      help: 'Changes of what is steadily in view',
      labelNames: ['event_type'],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  start(): void {
    this.#stop = this.#device.listen({
      frame: ({ latencyMs }) => {
        this.#frames.inc();
        this.#latency.observe(latencyMs / 1000);
      },
      reading: (_, event) => {
        if (event !== undefined) this.#readings.inc({ event_type: event.event_type });
      },
    });
  }

  stop(): void {
    this.#stop?.();
  }

  /** All of it as it is now, in the text format of Prometheus. */
  async text(): Promise<string> {
    const health = await this.#device.health();
    for (const { gauge, value } of this.#reported) gauge.set(value(health, this.#device));
    this.#problems.reset();
    for (const { code } of health.problems) this.#problems.inc({ code });
    return this.#registry.metrics();
  }
}
