import { EventEmitter } from 'node:events';
import { freemem } from 'node:os';
import type { FrameReading, ReadingTimes } from '@inkcast/reader/reading';
import { asInkError, type InkError } from '@inkcast/shared/errors';
import type { HealthMessage, ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import type { Logger } from 'pino';
import type { Alignment } from '../alignment/index.js';
import type { CameraState, Frame, SupervisedSource } from '../camera/index.js';
import { Measurements, type ProblemList, processorTemperature } from '../health/index.js';
import type { RegionOutcome, RegionSet } from '../regions/index.js';
import type { EventStore, Problem as StorageProblem } from '../storage/index.js';
import type { EngineSlot } from './engine-slot.js';
import { FramePipeline } from './frame-pipeline.js';
import { Liveness } from './liveness.js';
import type { Publisher } from './publisher.js';
import { ReadingReports } from './reading-reports.js';

/** What runs beside the daemon and is told of it when it starts. */
interface Companion {
  start(daemon: Daemon): void | Promise<void>;
  stop(): void | Promise<void>;
}

/** What the composition root makes for the daemon, which then starts, connects and stops all of it. */
export interface DaemonParts {
  readonly camera: Pick<SupervisedSource, 'start' | 'stop' | 'maxQuietMs'>;
  readonly engine: EngineSlot;
  readonly regions: RegionSet;
  readonly alignment: Alignment;
  readonly queue: EventStore;
  readonly publisher: Publisher;
  /** Whether there is a broker to publish to. */
  readonly publishes: boolean;
  /** What requests can do to the daemon. */
  readonly control: Pick<Companion, 'start'>;
  /** Answers requests over MQTT. */
  readonly remote: Companion;
  /** Keeps pictures of events. */
  readonly pictures: Companion;
  /** Keeps what a person teaches the device. */
  readonly teaching: Companion;
  /** Serves the page. */
  readonly web: Companion & { readonly url: string | undefined };
  /** Reports to whoever started the process. */
  readonly service: Companion;
  readonly problems: ProblemList;
  readonly log: Logger;
  /** Inkcast's version. */
  readonly version: string;
}

interface DaemonEvents {
  /** A frame was read; what it changed is published next. */
  readonly frame: [frame: Frame, outcomes: readonly RegionOutcome[]];
  /** A reading was given to the publisher; the frame is the one that settled it. */
  readonly reading: [reading: ReadingMessage, event: ReadingEvent | undefined, frame: Frame];
  /** Health was reported. */
  readonly health: [health: HealthMessage];
  /** Something of the named regions has changed. */
  readonly regions: [names: readonly (string | undefined)[]];
  /** The camera has no more frames, and what it had is read. */
  readonly ended: [error: InkError | undefined];
}

const HEALTH_INTERVAL_MS = 10_000;
/** What health says of a camera that is none of these runs, or tries to. */
const CAMERA_HEALTH: Readonly<Record<CameraState['name'], HealthMessage['camera']>> = {
  missing: 'failed',
  starting: 'starting',
  running: 'running',
  silent: 'failed',
  frozen: 'failed',
  torn: 'failed',
  restarting: 'failed',
  ended: 'ended',
  stopped: 'ended',
};

/** Frames from the camera, through the reader, to the publisher: the newest first, one at a time. */
export class Daemon extends EventEmitter<DaemonEvents> {
  readonly #parts: DaemonParts;
  readonly #reports: ReadingReports;
  readonly #pipeline = new FramePipeline((frame) => this.#process(frame));
  readonly #liveness: Liveness;
  readonly #measurements = new Measurements(performance.now());
  readonly #startedAt = performance.now();
  #camera: HealthMessage['camera'] = 'starting';
  #paused = false;
  /** What was measured for the last report. */
  #measured: ReturnType<Measurements['take']> = {
    fps: 0,
    latencyMs: { vision: null, inference: null, total: null },
  };
  #healthTimer: NodeJS.Timeout | undefined;

  constructor(parts: DaemonParts) {
    super();
    this.#parts = parts;
    this.#reports = new ReadingReports({
      ...parts,
      model: () => parts.engine.model,
      onReading: (reading, event, frame) => this.emit('reading', reading, event, frame),
    });
    this.#liveness = new Liveness({ pipeline: this.#pipeline, maxQuietMs: parts.camera.maxQuietMs });
  }

  /** @throws InkError where the camera can never deliver a frame, the broker's address is none, or storage is taken */
  async start(): Promise<void> {
    const { camera, engine, queue, publisher, log, version } = this.#parts;
    log.info(
      { version, model: engine.model, vision: engine.vision, backEnd: engine.backEnd, node: process.version },
      'starting',
    );
    publisher.connection.on('up', () => {
      log.info('connected to the broker');
      this.healthChanged();
    });
    publisher.connection.on('down', (reason) => this.#tell('mqtt', reason));
    publisher.connection.on('problem', (problem) => this.#tell('mqtt', problem));
    publisher.connection.on('concession', (concession) => this.#tell('mqtt', concession));
    // First, since it alone may touch the storage folder.
    await queue.start();
    await this.#parts.alignment.start();
    await this.#parts.pictures.start(this);
    await this.#parts.teaching.start(this);
    this.#parts.control.start(this);
    await this.#parts.remote.start(this);
    await this.#parts.web.start(this);
    if (this.#parts.publishes) publisher.start();
    this.#healthTimer = setInterval(() => void this.#publishHealth(), HEALTH_INTERVAL_MS);
    await camera.start({
      frame: (frame) => {
        this.#liveness.cameraSigns();
        return this.#pipeline.take(frame);
      },
      fault: (error) => this.#report('camera', error),
      end: (error) => void this.#end(error),
    });
    await this.#parts.service.start(this);
  }

  /** Where the page is; undefined where it is not served. */
  get page(): string | undefined {
    return this.#parts.web.url;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Leaves frames unread, or goes on; health says so at once. */
  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#parts.log.info({ paused }, paused ? 'paused' : 'resumed');
    void this.#publishHealth();
  }

  /** Publishes health now, since something that it tells has changed. */
  healthChanged(): void {
    void this.#publishHealth();
  }

  /** To be told that something of the named regions has changed. */
  regionsChanged(): void {
    this.#reports.regionsChanged();
    this.emit('regions', this.#parts.regions.names);
  }

  /** Ends the run, as the camera's end does: whoever runs the daemon stops it then. */
  end(reason: InkError): void {
    this.#report('daemon', reason);
    this.emit('ended', reason);
  }

  /** What keeps frames from being processed, apart from a camera that fails. @param maxWorkMs milliseconds a frame */
  hang(maxWorkMs: number): InkError | undefined {
    return this.#liveness.hang(maxWorkMs);
  }

  /** Ends everything in the data's order, so that what was read is still published, and says `offline`. */
  async stop(): Promise<void> {
    const { camera, engine, queue, publisher, log } = this.#parts;
    await this.#parts.service.stop();
    clearInterval(this.#healthTimer);
    // What it shows and changes must still be there.
    await this.#parts.web.stop();
    await camera.stop();
    await this.#pipeline.idle();
    await this.#parts.remote.stop();
    await publisher.stop();
    // Until when it was in view is known only now.
    this.#reports.keepAccepted();
    await this.#parts.pictures.stop();
    await this.#parts.teaching.stop();
    await queue.stop();
    engine.close();
    log.info({ dropped: this.#pipeline.dropped }, 'stopped');
  }

  /** To be told each change of the camera's state. */
  readonly cameraChanged = ({ name, restarts, lastError }: CameraState): void => {
    this.#camera = CAMERA_HEALTH[name];
    this.#liveness.cameraSigns();
    if (name === 'running') this.#parts.problems.set('camera', undefined);
    else if (lastError !== undefined) this.#parts.problems.set('camera', lastError);
    this.#parts.log.info({ camera: name, restarts }, 'camera');
    // At once: a camera may recover before health is due again.
    if (name !== 'stopped') void this.#publishHealth();
  };

  async #process(frame: Frame): Promise<void> {
    if (this.#paused) return;
    const { regions, alignment, engine, problems } = this.#parts;
    const arrived = performance.now();
    try {
      this.#reports.begin(frame);
      alignment.take(frame, frame.capturedAt, frame.at);
      const outcomes = regions.take(frame, frame.capturedAt, frame.at);
      if (outcomes.every(({ read }) => read !== undefined)) alignment.changed();
      // An accelerator that is pulled out, or in, shows at the next frame.
      if (problems.set('accelerator', engine.refusal)) this.healthChanged();
      const times = timesOf(outcomes.flatMap(({ read }) => read ?? []));
      this.#measurements.add(times === undefined ? undefined : { ...times, total: performance.now() - arrived });
      this.emit('frame', frame, outcomes);
      await this.#reports.take(outcomes, frame);
      problems.set('vision', undefined);
    } catch (error) {
      this.#report('vision', asInkError(error));
    }
  }

  async #end(error: InkError | undefined): Promise<void> {
    this.#liveness.cameraEnds();
    if (error !== undefined) this.#report('camera', error);
    await this.#pipeline.idle();
    this.emit('ended', error);
  }

  #report(part: string, error: InkError): void {
    const isNew = this.#parts.problems.set(part, error);
    this.#log(part, error);
    if (isNew) this.healthChanged();
  }

  /** What the part itself keeps account of. */
  #tell(part: string, error: InkError): void {
    this.#log(part, error);
    this.healthChanged();
  }

  #log(part: string, { code, remedy, message, details }: InkError): void {
    this.#parts.log.warn({ part, code, remedy, ...(details === undefined ? {} : { details }) }, message);
  }

  async #publishHealth(): Promise<void> {
    this.#measured = this.#measurements.take(performance.now());
    const health = await this.health();
    this.#parts.publisher.publishHealth(health);
    this.emit('health', health);
  }

  /** How the daemon is now, with what was measured for the last report. */
  async health(): Promise<HealthMessage> {
    const { engine, queue, problems, version } = this.#parts;
    problems.set('accelerator', engine.refusal);
    const temperature = await processorTemperature();
    const { depth, drops, problems: storageProblems } = queue.status;
    return {
      version,
      model: engine.model,
      reportedAt: new Date().toISOString(),
      uptimeSeconds: Math.round((performance.now() - this.#startedAt) / 1000),
      paused: this.#paused,
      ...this.#measured,
      temperature,
      memory: { residentBytes: process.memoryUsage.rss(), systemFreeBytes: freemem() },
      queue: { depth, dropped: sumOf(drops) },
      camera: this.#paused && this.#camera === 'running' ? 'paused' : this.#camera,
      accelerator: {
        kind: engine.backEnd,
        status: engine.refusal === undefined ? 'running' : 'fallback',
      },
      problems: [...problems.current, ...storageProblems.map(toHealth)],
    };
  }
}

/** Of one frame; undefined where nothing of it was read. */
function timesOf(read: readonly FrameReading[]): ReadingTimes | undefined {
  if (read.length === 0) return undefined;
  const sum = (time: (times: ReadingTimes) => number) => read.reduce((all, { elapsedMs }) => all + time(elapsedMs), 0);
  return { vision: sum(({ vision }) => vision), inference: sum(({ inference }) => inference) };
}

function toHealth({ error, since }: StorageProblem): HealthMessage['problems'][number] {
  return { code: error.code, message: error.message, since: since.date.toISOString() };
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
