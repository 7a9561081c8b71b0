import type { ConfigValues, DeviceControl, ModelEntry, Snapshot } from '@inkcast/device/requests';
import { sampleReading } from '@inkcast/lab/broker';
import { openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import type { Request, ResponseData } from '@inkcast/shared/messages';

/** A device without a camera: does what requests ask for as far as they can tell. */
export class StillDevice implements DeviceControl {
  paused = false;
  last: string | null = '40.7';
  referenceTaken: string | null = null;
  picture: Buffer | undefined;
  published: Buffer | undefined;
  values: ConfigValues = { 'reading.tracking.holdMs': 450, 'mqtt.url': 'mqtt://localhost' };
  readonly installed: ModelEntry[] = [];

  info(): Omit<ResponseData<'info'>, 'verbs'> {
    const { paused } = this;
    const startedAt = '2026-11-24T12:00:00.000Z';
    return { device: 'desk', version: '0.1.0', model: null, node: 'v20', platform: 'linux', startedAt, paused };
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
  }

  async snapshot(_boxes: boolean, maxBytes?: number): Promise<Snapshot> {
    if (this.picture === undefined) throw new InkError('INK_SNAPSHOT_MISSING', 'No frame has come yet.');
    return { jpeg: this.picture.subarray(0, maxBytes), frame: 3, capturedAt: new Date(), reading: sampleReading('7') };
  }

  publishImage(jpeg: Buffer): void {
    this.published = jpeg;
  }

  config() {
    return { values: this.values, live: ['reading.tracking.holdMs'] };
  }

  setConfig(values: ConfigValues): void {
    const other = Object.keys(values).find((key) => key !== 'reading.tracking.holdMs');
    if (other !== undefined) throw new InkError('INK_CONFIG_INVALID', `${other} cannot be set while running.`);
    this.values = { ...this.values, ...values };
  }

  value(): ResponseData<'value'> {
    return { value: this.last, capturedAt: this.last === null ? null : '2026-11-24T12:00:00.000Z' };
  }

  async setValue(value: string | null): Promise<ResponseData<'value'>> {
    this.last = value;
    return this.value();
  }

  async reference(action: Request<'reference'>['action']): Promise<ResponseData<'reference'>> {
    if (action === 'set') this.referenceTaken = '2026-11-24T12:00:00.000Z';
    if (action === 'forget') this.referenceTaken = null;
    const takenAt = this.referenceTaken;
    return { takenAt, status: takenAt === null ? 'none' : 'aligned', dx: null, dy: null, followed: false };
  }

  async models(): Promise<readonly ModelEntry[]> {
    return this.installed;
  }

  async labels(): Promise<ResponseData<'labels'>> {
    return { crops: [], next: null };
  }

  async useModel(reference: string): Promise<void> {
    if (!this.installed.some(({ model }) => model === reference)) {
      throw new InkError('INK_BUNDLE_MISSING', `There is no ${reference}.`);
    }
    for (const [index, entry] of this.installed.entries()) {
      this.installed[index] = { ...entry, active: entry.model === reference };
    }
  }

  async installModel(folder: string): Promise<string> {
    const { manifest, model } = await openBundle(folder);
    const reference = `${manifest.name}@${manifest.version}`;
    const { architecture, metrics } = manifest;
    const accuracy = metrics.int8.accuracy;
    this.installed.push({ model: reference, architecture, accuracy, sizeBytes: model.length, active: false });
    return reference;
  }
}
