import { EventEmitter } from 'node:events';
import { InkError } from '@inkcast/shared/errors';
import {
  type Availability,
  availabilitySchema,
  deviceTopics,
  type HealthMessage,
  healthSchema,
  parseTopic,
  type ReadingMessage,
  readingSchema,
} from '@inkcast/shared/messages';
import { parseJson } from '@inkcast/shared/plain-data';
import type { IncomingMessage, MqttConnection } from '../mqtt/index.js';
import type { DeviceState } from './device-state.js';

interface FleetMonitorEvents {
  readonly change: [state: DeviceState];
  /** A device has sent a message in an unknown form. */
  readonly problem: [problem: InkError];
}

type Said = { availability: Availability } | { health: HealthMessage } | { reading: ReadingMessage };

/** The state of all devices below one base topic, from retained and new messages. */
export class FleetMonitor extends EventEmitter<FleetMonitorEvents> {
  readonly #base: string;
  readonly #devices = new Map<string, DeviceState>();

  constructor(base: string) {
    super();
    this.#base = base;
  }

  /** Subscribes to the devices' messages. */
  subscribe(connection: MqttConnection): void {
    const { availability, health, reading } = deviceTopics(this.#base, '+');
    for (const filter of [availability, health, reading])
      connection.subscribe(filter, (message) => this.#take(message));
  }

  /** Sorted by name. */
  get devices(): readonly DeviceState[] {
    return [...this.#devices.values()].sort((one, other) => one.device.localeCompare(other.device));
  }

  device(name: string): DeviceState | undefined {
    return this.#devices.get(name);
  }

  /** Resolves with the device's state as soon as `good` returns true. @throws what `signal` was aborted with */
  async until(name: string, good: (state: DeviceState) => boolean, signal: AbortSignal): Promise<DeviceState> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const state = this.#devices.get(name);
        if (state === undefined || !good(state)) return;
        finish();
        resolve(state);
      };
      const abort = () => {
        finish();
        reject(signal.reason);
      };
      const finish = () => {
        this.off('change', check);
        signal.removeEventListener('abort', abort);
      };
      this.on('change', check);
      signal.addEventListener('abort', abort);
      check();
    });
  }

  #take({ topic, payload }: IncomingMessage): void {
    const parsed = parseTopic(this.#base, topic);
    if (parsed === undefined) return;
    const { device, kind } = parsed;
    // When a device is removed, its retained messages are cleared.
    if (payload.length === 0) return;
    const said = read(kind, payload.toString('utf8'));
    if (said === undefined) {
      this.emit('problem', new InkError('INK_FLEET_MESSAGE', `What ${topic} says is not in the form that we know.`));
      return;
    }
    const state: DeviceState = { ...(this.#devices.get(device) ?? { device }), ...said };
    this.#devices.set(device, state);
    this.emit('change', state);
  }
}

function read(kind: string, text: string): Said | undefined {
  if (kind === 'availability') {
    const { data } = availabilitySchema.safeParse(text);
    return data && { availability: data };
  }
  const json = jsonIn(text);
  if (kind === 'health') {
    const { data } = healthSchema.safeParse(json);
    return data && { health: data };
  }
  const { data } = readingSchema.safeParse(json);
  return data && { reading: data };
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
