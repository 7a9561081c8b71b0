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

type RegionsSaid = { regions: ReadonlyMap<string, ReadingMessage> };
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
    const { availability, health, reading, region } = deviceTopics(this.#base, '+');
    for (const filter of [availability, health, reading, region('+').reading])
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
    const region = 'region' in parsed ? parsed.region : undefined;
    // When a device or a region is removed, its retained messages are cleared.
    if (payload.length === 0) {
      if (kind === 'reading') this.#clear(device, region);
      return;
    }
    const said = this.#said(device, region, read(kind, payload.toString('utf8')));
    if (said === undefined) {
      this.emit('problem', new InkError('INK_FLEET_MESSAGE', `What ${topic} says is not in the form that we know.`));
      return;
    }
    this.#change({ ...(this.#devices.get(device) ?? { device }), ...said });
  }

  /** A reading of a named region stands beside those of the others. */
  #said(device: string, region: string | undefined, said: Said | undefined): Said | RegionsSaid | undefined {
    if (region === undefined || said === undefined || !('reading' in said)) return said;
    return { regions: new Map([...(this.#devices.get(device)?.regions ?? []), [region, said.reading]]) };
  }

  #clear(device: string, region: string | undefined): void {
    const known = this.#devices.get(device);
    if (known === undefined) return;
    const { reading, regions = new Map(), ...rest } = known;
    const left = new Map([...regions].filter(([name]) => name !== region));
    this.#change({ ...rest, ...(region === undefined || reading === undefined ? {} : { reading }), regions: left });
  }

  #change(state: DeviceState): void {
    this.#devices.set(state.device, state);
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
