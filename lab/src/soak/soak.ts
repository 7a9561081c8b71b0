import { execFileSync } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventSchema } from '@inkcast/shared/messages';
import { openTfLite } from '@inkcast/shared/tflite';
import { CuttableWay, freePort, Mosquitto, openListener, Watcher } from '../broker/index.js';
import { inRepository } from '../repository/index.js';
import { FAULTS, type Fault, type Victims } from './faults.js';
import { SoakedDevice } from './soaked-device.js';
import { steppableClock } from './steppable-clock.js';
import { growthIn, type Usage, usageOf } from './usage.js';

export interface SoakOptions {
  readonly minutes: number;
  /** Names of the faults; default all that can be made here. */
  readonly faults?: readonly string[];
  readonly signal: AbortSignal;
  readonly onFault?: (name: string, recoveredMs: number | undefined) => void;
}

export interface SoakReport {
  /** Faults that were made, each with how often. */
  readonly faults: Readonly<Record<string, number>>;
  /** Faults that cannot be made here. */
  readonly leftOut: readonly string[];
  readonly events: number;
  readonly starts: number;
  readonly residentMegabytes: number;
  /** Whether one process ran for long enough to tell whether it grows. */
  readonly isJudged: boolean;
  /** What went wrong. */
  readonly problems: readonly string[];
}

const TOPIC = 'inkcast/soaked/event';
/** Events that come after a fault before it counts as mended. */
const RECOVERED_EVENTS = 2;
/** After so long without an event, the device has not recovered. */
const MAX_RECOVERY_MS = 120_000;
const SAMPLE_MS = 1000;
/** While a process starts, it uses less than later. */
const WARM_UP_MS = 15_000;
/** Fewer say nothing of growth: caches and heaps still fill. */
const MIN_SAMPLES = 240;
const DISK = 'size=48m';
/** The broker keeps for this consumer what comes while it is away. */
const SESSION = { clean: false, clientId: 'soak', properties: { sessionExpiryInterval: 86_400 } };

/**
 * Runs a whole device for some time while its parts are killed, frozen, filled and damaged in turn. After each fault,
 * events must come again; at the end, every event that the device has stored must have come.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const work = await mkdtemp(join(tmpdir(), 'inkcast-soak-'));
  const state = join(work, 'state');
  await mkdir(state);
  const isMounted = mount(state);
  try {
    return await soakIn(work, state, isMounted, options);
  } finally {
    if (isMounted) execFileSync('umount', ['-l', state], { stdio: 'pipe' });
    await rm(work, { recursive: true, force: true });
  }
}

async function soakIn(work: string, state: string, isMounted: boolean, options: SoakOptions): Promise<SoakReport> {
  const port = await freePort();
  const url = `mqtt://127.0.0.1:${port}`;
  const way = new CuttableWay(port);
  const library = { copy: join(work, 'libtensorflowlite_c.so'), from: openTfLite().path };
  await copyFile(library.from, library.copy);
  const model = join(work, 'model');
  await cp(inRepository('models/digits'), model, { recursive: true });
  const config = await writeConfig(work, {
    state,
    model,
    library: library.copy,
    url: `mqtt://127.0.0.1:${await way.start()}`,
  });
  const kept = join(work, 'broker');
  await mkdir(kept);
  const persistence = ['persistence true', `persistence_location ${kept}/`, 'autosave_on_changes true'];
  const lines = [...openListener(port), ...persistence, 'autosave_interval 1', 'log_type information'];
  const broker = await Mosquitto.start(work, lines);
  const consumer = await Watcher.connect(url, [TOPIC], SESSION);
  const clock = steppableClock(work);
  const device = new SoakedDevice(config, clock?.environment);
  const victims: Victims = {
    ...{ device, broker, way, library, state, isMounted, config },
    ...{ model: join(model, 'model.tflite'), setClock: clock?.step },
  };
  const run = new SoakRun(victims, consumer, options);
  device.start();
  try {
    return await run.report();
  } finally {
    await device.stop();
    await consumer.end();
    way.stop();
    await broker.stop();
  }
}

class SoakRun {
  readonly #victims: Victims;
  readonly #consumer: Watcher;
  readonly #options: SoakOptions;
  readonly #stored = new Set<string>();
  readonly #usages: Usage[] = [];
  readonly #made: Record<string, number> = {};
  readonly #problems: string[] = [];
  #isOver = false;

  constructor(victims: Victims, consumer: Watcher, options: SoakOptions) {
    this.#victims = victims;
    this.#consumer = consumer;
    this.#options = options;
  }

  async report(): Promise<SoakReport> {
    const { faults: named } = this.#options;
    const wanted = FAULTS.filter(({ name }) => named?.includes(name) ?? true);
    const faults = wanted.filter(({ can = () => true }) => can(this.#victims));
    const sampling = this.#sample();
    try {
      await this.#sufferAll(faults);
    } finally {
      this.#isOver = true;
      await sampling;
    }
    await this.#checkDelivery();
    const isJudged = this.#usages.length >= MIN_SAMPLES;
    if (isJudged) this.#problems.push(...growthIn(this.#usages));
    return {
      faults: this.#made,
      leftOut: wanted.filter((fault) => !faults.includes(fault)).map(({ name }) => name),
      events: this.#arrived().size,
      starts: this.#victims.device.starts,
      residentMegabytes: Math.round((this.#usages.at(-1)?.residentBytes ?? 0) / 2 ** 20),
      isJudged,
      problems: this.#problems,
    };
  }

  async #sufferAll(faults: readonly Fault[]): Promise<void> {
    if (!(await this.#eventsCome())) this.#problems.push(`no events at the start: ${this.#victims.device.tail}`);
    const end = performance.now() + this.#options.minutes * 60_000;
    const isOver = (): boolean => performance.now() >= end || this.#problems.length > 0;
    for (const fault of faults) if (!isOver()) await this.#suffer(fault);
    // What a process needs is seen if one lives for long.
    const survived = faults.filter(({ restarts }) => restarts !== true);
    const further = survived.length === 0 ? faults : survived;
    while (!isOver()) for (const fault of further) if (!isOver()) await this.#suffer(fault);
  }

  async #suffer({ name, make, mend }: Fault): Promise<void> {
    const begun = performance.now();
    await this.#noteStored();
    await make(this.#victims);
    const isWell = await this.#eventsCome();
    await mend?.(this.#victims);
    this.#made[name] = (this.#made[name] ?? 0) + 1;
    this.#options.onFault?.(name, isWell ? performance.now() - begun : undefined);
    if (!isWell) this.#problems.push(`no events after "${name}": ${this.#victims.device.tail}`);
  }

  /** Whether new events arrive in time. */
  async #eventsCome(): Promise<boolean> {
    const enough = this.#arrived().size + RECOVERED_EVENTS;
    const deadline = performance.now() + MAX_RECOVERY_MS;
    while (this.#arrived().size < enough) {
      this.#options.signal.throwIfAborted();
      if (performance.now() > deadline) return false;
      await wait(200);
    }
    return true;
  }

  async #noteStored(): Promise<void> {
    for (const id of await this.#victims.device.storedEvents()) this.#stored.add(id);
  }

  async #checkDelivery(): Promise<void> {
    await this.#noteStored();
    const deadline = performance.now() + MAX_RECOVERY_MS;
    const missing = () => [...this.#stored].filter((id) => !this.#arrived().has(id));
    while (missing().length > 0 && performance.now() < deadline) await wait(200);
    if (this.#stored.size === 0) this.#problems.push('the device never told which events it has stored');
    if (missing().length > 0) this.#problems.push(`${missing().length} stored events never arrived: ${missing()[0]}`);
  }

  async #sample(): Promise<void> {
    const { device } = this.#victims;
    let starts = 0;
    while (!this.#isOver) {
      if (device.starts !== starts) this.#usages.length = 0;
      starts = device.starts;
      const usage = device.ranMs > WARM_UP_MS ? await usageOf(device.pid) : undefined;
      if (usage !== undefined) this.#usages.push(usage);
      await wait(SAMPLE_MS);
    }
  }

  #arrived(): ReadonlySet<string> {
    return new Set(this.#consumer.seen.map(({ text }) => eventSchema.parse(JSON.parse(text)).id));
  }
}

interface ConfiguredPaths {
  readonly state: string;
  readonly library: string;
  readonly model: string;
  /** Of the broker. */
  readonly url: string;
}

/** A configuration with a video as the camera, which shows a note and a blank page by turns. */
async function writeConfig(work: string, paths: ConfiguredPaths): Promise<string> {
  const { state, library, model, url } = paths;
  const video = join(work, 'video.mkv');
  const scene = (name: string) => ['-loop', '1', '-t', '1.5', '-i', inRepository(`assets/scenes/${name}`)];
  const still = (index: number) => `[${index}]scale=640:480,setsar=1,fps=5[s${index}]`;
  const filter = `${still(0)};${still(1)};[s0][s1]concat`;
  execFileSync(
    'ffmpeg',
    [
      ...['-loglevel', 'error', ...scene('photos/04-single.jpg'), ...scene('negatives/16-blank.jpg')],
      ...['-filter_complex', filter, '-c:v', 'mjpeg', '-q:v', '3', video],
    ],
    { stdio: 'pipe' },
  );
  const config = join(work, 'inkcast.json');
  await writeFile(
    config,
    JSON.stringify({
      device: { name: 'soaked' },
      camera: { source: 'video', file: video, loop: true, rate: 5, silentAfterMs: 4000 },
      inference: { library, model },
      mqtt: { url },
      reading: { tracking: { agreementMs: 100, lossMs: 150, motionMs: 200, holdMs: 100, hiddenMs: 200 } },
      storage: { folder: state },
      web: { port: 0 },
      log: { format: 'json' },
    }),
  );
  return config;
}

/** Whether the folder is a file system of its own now, which only root can make. */
function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', DISK, 'inkcast-soak', folder], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
