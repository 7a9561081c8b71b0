import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asInkError, type InkError } from '@inkcast/shared/errors';
import { replaceFile } from '@inkcast/shared/files';
import { type LabelledCrop, NONE } from '@inkcast/shared/teaching';
import { toFolders } from '../teaching/index.js';
import type { FleetRequests } from './fleet-requests.js';

export interface CollectOptions {
  readonly requests: Pick<FleetRequests, 'ask'>;
  readonly devices: readonly string[];
  /** Made if it is missing; what is there already stays, but for crops that come again. */
  readonly folder: string;
  readonly timeoutMs: number;
  /** Told how many crops a device had, or why it gave none. */
  readonly note: (device: string, result: number | InkError) => void;
}

/** Collects the labelled crops of devices into one set of folders by class. @throws InkError INK_FILE_UNWRITABLE */
export async function collectLabels({ requests, devices, folder, timeoutMs, note }: CollectOptions): Promise<void> {
  const all: LabelledCrop[] = [];
  for (const device of devices) {
    try {
      const crops = await labelsOf(device, requests, timeoutMs);
      all.push(...crops);
      note(device, crops.length);
    } catch (error) {
      note(device, asInkError(error));
    }
  }
  const classes = [...new Set([...all.map(({ label }) => label), NONE])];
  for (const [path, bytes] of await toFolders({ classes, crops: all })) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await replaceFile(file, bytes);
  }
}

const PAGE_LENGTH = 200;
const SPACING_MS = 500;

async function labelsOf(device: string, requests: CollectOptions['requests'], timeoutMs: number) {
  const found: LabelledCrop[] = [];
  for (let after: string | undefined; ; ) {
    const from = after === undefined ? {} : { after };
    const { crops, next } = await requests.ask(device, 'labels', { ...from, limit: PAGE_LENGTH }, timeoutMs);
    for (const { pixels, ...crop } of crops) {
      found.push({ ...crop, confirmed: false, pixels: new Uint8Array(Buffer.from(pixels, 'base64')) });
    }
    if (next === null) return found;
    after = next;
    // A device takes two requests a second on average.
    await sleep(SPACING_MS);
  }
}
