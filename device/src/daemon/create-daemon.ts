import { join } from 'node:path';
import type { Bundle } from '@inkcast/shared/bundle';
import { asInkError, type InkError } from '@inkcast/shared/errors';
import type { Logger } from 'pino';
import { Alignment, ReferenceFile } from '../alignment/index.js';
import { cameraWarnings, createCamera, MissingCamera } from '../camera/index.js';
import { type Config, type ConfigSources, setsSection } from '../config/index.js';
import { ProblemList } from '../health/index.js';
import { modelStoreIn, openCheckedBundle, referenceOf } from '../inference/index.js';
import { runLearning } from '../learning/index.js';
import { RegionSet } from '../regions/index.js';
import { type RequestRate, requestHandlers } from '../requests/index.js';
import { type ServiceManager, serviceManagerOf } from '../service/index.js';
import { Settings } from '../settings/index.js';
import { EventStore, PictureStore } from '../storage/index.js';
import { CropFeed, Teaching } from '../teaching/index.js';
import { WebServer, type WebSetup } from '../web/index.js';
import { Daemon } from './daemon.js';
import { DaemonControl } from './daemon-control.js';
import { DeviceModels } from './device-models.js';
import { checkDigitSettings } from './digit-settings.js';
import { EngineSlot } from './engine-slot.js';
import { Explainer } from './explainer.js';
import { LiveSettings } from './live-settings.js';
import { queueOptions } from './options-from-config.js';
import { PictureKeeper } from './picture-keeper.js';
import { Publisher } from './publisher.js';
import { readUpload } from './read-upload.js';
import { openReadingEngine } from './reading-engine.js';
import { areasOf, regionIn, regionSettingsOf } from './region-settings.js';
import { RemoteControl } from './remote-control.js';
import { ServiceReporter } from './service-reporter.js';
import { TeachingKeeper } from './teaching-keeper.js';
import { WatchedDaemon } from './watched-daemon.js';

export interface DaemonEnvironment {
  /** Who is told how the daemon is. */
  readonly manager?: ServiceManager;
  /** Where the system's folders are. */
  readonly root?: string;
  /** Where the configuration was read from; default: nowhere, so that nothing is saved. */
  readonly sources?: ConfigSources;
  /** Writes the configuration for a first visit. */
  readonly setup?: WebSetup;
  /** Whether a daemon that ends because a restart was asked for is followed by another one in this process. */
  readonly startsAgain?: boolean;
  /** How fast requests over MQTT may come; default: as `RequestServer`. */
  readonly requestRate?: RequestRate;
}

/**
 * The composition root: makes every part as the configuration says, and the daemon that connects them.
 *
 * @param environment what is not this process's and this machine's own
 * @throws InkError INK_DIGITS_NEEDED; what opening the model, OpenCV or TensorFlow Lite throws; nothing is then left open
 */
export async function createDaemon(
  config: Config,
  log: Logger,
  version: string,
  environment: DaemonEnvironment = {},
): Promise<Daemon> {
  const { manager = serviceManagerOf(process.env), root, sources = {}, setup, startsAgain = false } = environment;
  const { requestRate } = environment;
  const opened: (() => void | Promise<void>)[] = [];
  try {
    const queue = new EventStore({
      ...queueOptions(config.storage),
      report: (problem) => {
        log.warn({ part: 'storage', code: problem.code, remedy: problem.remedy }, problem.message);
        daemon.healthChanged();
      },
      changed: () => daemon.healthChanged(),
      restored: (accepted, name) => {
        const region = regions.region(name);
        if (region?.accepted === undefined) region?.accept(accepted);
      },
    });
    // Its thread loads its code while this one opens the models.
    queue.prepare();
    opened.push(() => queue.stop());
    const { model, ...inference } = config.inference;
    const vision = config.vision.build;
    const spotter = config.reading.model;
    const store = modelStoreIn(config.storage.folder);
    const bundle = await (model === undefined ? store.inUse() : openCheckedBundle(model));
    checkDigitSettings(config, { reference: referenceOf(bundle), labels: bundle.manifest.labels });
    const open = (one: Bundle) =>
      openReadingEngine(one, { ...inference, vision, spotter, root, onNote: (note) => log.warn(note) });
    const engine = new EngineSlot(await open(bundle), open);
    opened.push(() => engine.close());
    const onProblem = (problem: InkError) => {
      log.warn({ part: 'mqtt', code: problem.code, remedy: problem.remedy }, problem.message);
      daemon.healthChanged();
    };
    const { camera } = config;
    for (const { code, message, remedy } of camera === undefined ? [] : cameraWarnings(camera)) {
      log.warn({ part: 'camera', code, remedy }, message);
    }
    const publisher = new Publisher(config, queue, onProblem);
    // The default broker is meant for a device that is set up.
    const publishes = camera !== undefined || (await setsSection(sources, 'mqtt'));
    const regions: RegionSet = new RegionSet({
      regions: regionSettingsOf(config),
      reader: engine,
      look: (frame, area) => engine.look(frame, area),
      follow: (area) => alignment.follow(area),
      remembered: (name) => queue.accepted(name),
    });
    const settings = new LiveSettings(config, {
      log,
      regions,
      check: (changed) => checkDigitSettings(changed, { reference: engine.model, labels: engine.labels }),
      onRegions: () => daemon.regionsChanged(),
      onAreas: () => alignment.areasChanged(),
    });
    const alignment: Alignment = new Alignment({
      file: new ReferenceFile(config.storage.folder),
      settings: () => settings.current.vision.alignment,
      areas: () => areasOf(settings.current),
      onMoved: () => regions.lookAnew(),
      onProblem: () => daemon.healthChanged(),
    });
    const control = new DaemonControl({
      engine,
      store,
      publisher,
      queue,
      regions,
      alignment,
      settings,
      log,
      version,
      labels: (after, limit) => teaching.share(after, limit),
      onModels: () => remote.announceAnew(),
    });
    const handlers = requestHandlers(control);
    const remote: RemoteControl = new RemoteControl({
      control,
      labels: () => engine.labels,
      handlers,
      publisher,
      settings,
      version,
      onProblem,
      ...(requestRate === undefined ? {} : { requestRate }),
    });
    const saved = new Settings({
      sources,
      running: { config: () => settings.current, setLive: (values) => control.setConfig(values) },
      mayChangePrograms: false,
    });
    const reportPicture = (problem: InkError) =>
      log.warn({ part: 'pictures', code: problem.code, remedy: problem.remedy }, problem.message);
    const { enabled, ...bounds } = config.storage.pictures;
    const pictures = new PictureStore({
      folder: join(config.storage.folder, 'pictures'),
      enabled,
      bounds,
      known: (ids) => queue.known(ids),
      report: reportPicture,
    });
    const feed: CropFeed = new CropFeed({
      enabled: () => teaching.enabled,
      model: () => ({ reference: engine.model, labels: engine.labels }),
      add: (crops) => teaching.add(crops),
    });
    const teaching: Teaching = new Teaching({
      folder: config.storage.folder,
      settings: () => settings.current.teaching,
      models: new DeviceModels({
        ...{ engine, store, control },
        first: { reference: referenceOf(bundle), folder: bundle.folder },
      }),
      run: runLearning,
      inView: (ofAnyInk) =>
        feed.inView(
          ofAnyInk
            ? (frame, region) => engine.inkIn(frame, alignment.follow(regionIn(settings.current, region).area))
            : undefined,
        ),
      read: (picture, name, ofAnyInk) => readUpload(engine, picture, name, ofAnyInk),
      report: (problem) => {
        log.warn({ part: 'teaching', code: problem.code, remedy: problem.remedy }, problem.message);
        daemon.healthChanged();
      },
    });
    const web = new WebServer({
      settings: config.web,
      device: new WatchedDaemon(() => daemon, {
        config,
        current: () => settings.current,
        configFile: sources.file ?? null,
        settings: saved,
        pictures,
        publishes,
        canRestart: manager.restarts || startsAgain,
        teaching,
        alignment,
        engine,
        explainer: new Explainer(engine, settings),
        control,
        handlers,
        publisher,
        queue,
      }),
      state: config.storage.folder,
      ...(setup === undefined ? {} : { setup }),
      log,
      version,
      changed: () => daemon.healthChanged(),
    });
    const daemon: Daemon = new Daemon({
      camera:
        camera === undefined
          ? new MissingCamera((state) => daemon.cameraChanged(state))
          : createCamera(camera, { report: (state) => daemon.cameraChanged(state) }),
      engine,
      regions,
      alignment,
      queue,
      publisher,
      publishes,
      control,
      remote,
      pictures: new PictureKeeper(pictures, reportPicture),
      teaching: new TeachingKeeper(teaching, feed),
      web,
      service: new ServiceReporter({ manager, isConnected: () => publisher.connection.up, log }),
      problems: new ProblemList([...publisher.problemSources, alignment, remote, web, teaching]),
      log,
      version,
    });
    return daemon;
  } catch (error) {
    await Promise.all(opened.map((close) => close()));
    throw asInkError(error);
  }
}
