import { execFileSync } from 'node:child_process';
import { copyFile, open, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CuttableWay, Mosquitto } from '../broker/index.js';
import type { SoakedDevice } from './soaked-device.js';
import { childrenOf } from './usage.js';

/** What faults are made to. */
export interface Victims {
  readonly device: SoakedDevice;
  readonly broker: Mosquitto;
  /** Between the device and the broker. */
  readonly way: CuttableWay;
  /** The device's copy of TensorFlow Lite, and the file that it was copied from. */
  readonly library: { readonly copy: string; readonly from: string };
  /** The device's own copies of files that the program needs to start. */
  readonly config: string;
  readonly model: string;
  /** The device's storage folder. */
  readonly state: string;
  /** Whether the storage folder is a small file system of its own, which only root can make. */
  readonly isMounted: boolean;
  /** Sets the date that the device sees, by seconds from now; undefined without faketime. */
  readonly setClock: ((offsetSeconds: number) => void) | undefined;
}

export interface Fault {
  readonly name: string;
  /** @returns whether the fault can be made here */
  readonly can?: (victims: Victims) => boolean;
  /** Whether the device's process ends by it. */
  readonly restarts?: true;
  /** Makes the fault, and takes back what does not mend itself. */
  readonly make: (victims: Victims) => Promise<void>;
  /** Takes back what the device goes on with meanwhile, once events have come. */
  readonly mend?: (victims: Victims) => Promise<void>;
}

/** For how long a fault lasts that does not mend itself. */
const LASTING_MS = 4000;
const MAX_REMOUNTS = 200;
const REMOUNT_SPACING_MS = 20;
/** A day. */
const CLOCK_STEP_SECONDS = 86_400;
const PAGE_BYTES = 4096;
/** A sentence that says what is wrong; the fault of a program has another code. */
const CODED = /INK_(?!INTERNAL|MQTT|CAMERA)[A-Z]+/;
const MAX_REFUSAL_MS = 60_000;

const isMounted = (victims: Victims): boolean => victims.isMounted;

/** What may happen to a device, one after the other. */
export const FAULTS: readonly Fault[] = [
  { name: 'camera killed', make: ({ device }) => signalChildren(device, 'SIGKILL') },
  { name: 'camera frozen', make: ({ device }) => signalChildren(device, 'SIGSTOP') },
  {
    name: 'broker killed',
    make: async ({ broker }) => {
      await broker.stop('SIGKILL');
      await wait(LASTING_MS);
      await broker.start();
    },
  },
  {
    name: 'broker frozen',
    make: async ({ broker }) => {
      broker.signal('SIGSTOP');
      await wait(LASTING_MS);
      broker.signal('SIGCONT');
    },
  },
  {
    name: 'connection cut',
    make: async ({ way }) => {
      way.cut();
      await wait(LASTING_MS);
      way.mend();
    },
  },
  libraryFault('native library corrupted', (copy) => writeFile(copy, 'no library')),
  libraryFault('native library cut short', cutShort),
  libraryFault('native library deleted', (copy) => rm(copy)),
  fileFault('configuration damaged', ({ config }) => config, cutShort),
  fileFault('configuration deleted', ({ config }) => config, rm),
  fileFault('model cut short', ({ model }) => model, cutShort),
  { name: 'device killed', restarts: true, make: async ({ device }) => device.signal('SIGKILL') },
  {
    name: 'device frozen',
    make: async ({ device }) => {
      device.signal('SIGSTOP');
      await wait(LASTING_MS);
      device.signal('SIGCONT');
    },
  },
  {
    name: 'disk full',
    can: isMounted,
    make: async ({ state }) => {
      const ballast = join(state, 'ballast');
      await writeFile(ballast, Buffer.alloc(64 * 2 ** 20)).catch(() => {});
      await wait(LASTING_MS);
      await rm(ballast);
    },
  },
  {
    name: 'disk read-only',
    can: isMounted,
    restarts: true,
    make: async ({ device, state }) => {
      // No file may be open for writing then.
      device.signal('SIGKILL');
      await untilReadOnly(state);
      await wait(2 * LASTING_MS);
      remount(state, 'rw');
    },
  },
  { name: 'database corrupted', make: ({ state }) => corrupt(join(state, 'inkcast.db')) },
  { name: 'database deleted', make: ({ state }) => rm(join(state, 'inkcast.db'), { force: true }) },
  {
    name: 'clock stepped ahead',
    can: ({ setClock }) => setClock !== undefined,
    make: async ({ setClock }) => setClock?.(CLOCK_STEP_SECONDS),
  },
  {
    name: 'clock stepped back',
    can: ({ setClock }) => setClock !== undefined,
    make: async ({ setClock }) => setClock?.(-CLOCK_STEP_SECONDS),
  },
];

/**
 * Damages the device's copy of TensorFlow Lite, and kills the device, which starts again with it.
 *
 * @param damage of the copy, which the process does not have open
 */
function libraryFault(name: string, damage: (file: string) => Promise<void>): Fault {
  return {
    name,
    restarts: true,
    make: async ({ device, library: { copy } }) => {
      // The process still has the old file open: in place, it would be damaged in its memory.
      await copyFile(copy, `${copy}.new`);
      await rename(`${copy}.new`, copy);
      await damage(copy);
      device.signal('SIGKILL');
    },
    mend: async ({ library: { copy, from } }) => {
      await copyFile(from, `${copy}.new`);
      await rename(`${copy}.new`, copy);
    },
  };
}

async function cutShort(file: string): Promise<void> {
  await truncate(file, Math.floor((await stat(file)).size / 2));
}

/**
 * Damages a file without which the device does not start, and kills the device. It must say what is wrong by a code of its
 * own, and starts again once the file is as it was.
 */
function fileFault(name: string, fileOf: (victims: Victims) => string, damage: (file: string) => Promise<void>): Fault {
  return {
    name,
    restarts: true,
    make: async (victims) => {
      const file = fileOf(victims);
      const aside = `${file}.aside`;
      // What the process has open stays as it is.
      await copyFile(file, `${file}.new`);
      await rename(file, aside);
      await rename(`${file}.new`, file);
      await damage(file);
      victims.device.signal('SIGKILL');
      try {
        await victims.device.says(CODED, MAX_REFUSAL_MS);
      } finally {
        await rename(aside, file);
      }
    },
  };
}

async function signalChildren(device: SoakedDevice, signal: NodeJS.Signals): Promise<void> {
  for (const pid of await childrenOf(device.pid)) process.kill(pid, signal);
}

/** Makes a file system read-only as soon as nobody writes to it. @throws what mount says after some seconds */
async function untilReadOnly(folder: string): Promise<void> {
  for (let tries = MAX_REMOUNTS; tries > 0; tries--) {
    try {
      remount(folder, 'ro');
      return;
    } catch (error) {
      if (tries === 1) throw error;
    }
    await wait(REMOUNT_SPACING_MS);
  }
}

function remount(folder: string, mode: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${mode}`, folder], { stdio: 'pipe' });
}

/** Overwrites all pages of a database but the first, which describes the file. */
async function corrupt(file: string): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  try {
    if (size > PAGE_BYTES) await handle.write(Buffer.alloc(size - PAGE_BYTES, 0x5a), 0, size - PAGE_BYTES, PAGE_BYTES);
  } finally {
    await handle.close();
  }
}
