import { type DigitClassifier, type InferenceBackEnd, openClassifier } from '@inkcast/reader/inference';
import { FrameReader, InkReader, judgementOf, type ReadingModels } from '@inkcast/reader/reading';
import {
  type LumaFrame,
  type View,
  type ViewArea,
  type VisionBuild,
  type VisionOperations,
  viewOf,
} from '@inkcast/reader/vision';
import { areDigits, type Bundle, type SpotterSize } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import {
  type BackEndChoice,
  type BackEndSettings,
  companionsOf,
  type ModelFolders,
  openBackEnd,
  openSpotter,
  openVerifier,
  referenceOf,
} from '../inference/index.js';
import { openVision, type VisionChoice } from '../vision/index.js';

export interface EngineOptions {
  /** Build of OpenCV; default `auto`. */
  readonly vision?: VisionChoice;
  /** What part of each frame is read, where `look` is not told otherwise; default all of it. */
  readonly area?: ViewArea;
  /** The size of the network that looks for digits in the whole frame; default `standard`. */
  readonly spotter?: SpotterSize;
  /** What runs the models; default `auto`. */
  readonly backEnd?: BackEndChoice;
  /** Threads of TensorFlow Lite; default 1. */
  readonly threads?: number;
  /** Another libtensorflowlite_c.so than the one that ships. */
  readonly library?: string | undefined;
  /** Another libedgetpu than the system's. */
  readonly edgeTpuLibrary?: string | undefined;
  /** Where the system's folders are, to look for accelerators in; default `/`. */
  readonly root?: string | undefined;
  /** Told what runs otherwise than it was asked to. */
  readonly onNote?: (note: string) => void;
}

/** OpenCV, the networks in TensorFlow Lite, and the readers that use both. */
export interface ReadingEngine {
  /** Reads digits by all networks; with a model of other classes, what its classifier finds in the ink. */
  readonly reader: Pick<FrameReader, 'read'>;
  /** Finds ink without a spotter, for other classes than digits. */
  readonly ink: InkReader;
  readonly classifier: DigitClassifier;
  /** The part of a frame that the reader is to be given. @throws InkError INK_VISION_FAILED */
  readonly look: (frame: LumaFrame, area?: ViewArea) => View;
  readonly operations: VisionOperations;
  /** The model as `name@version`. */
  readonly model: string;
  readonly folders: ModelFolders;
  readonly vision: VisionBuild;
  /** What runs the classifier now: an accelerator may come and go. */
  readonly backEnd: InferenceBackEnd['name'];
  /** Why that is not the back end that was asked for, where it is not. */
  readonly refusal: InkError | undefined;
  close(): void;
}

/** An engine that reads digits. */
export interface DigitEngine extends ReadingEngine {
  readonly reader: FrameReader;
  readonly models: ReadingModels;
}

/**
 * Opens all that reading frames needs. A model of other classes than digits is read from ink alone, without the
 * networks that know only digits.
 *
 * @throws InkError what vision or inference throws; nothing is then left open
 */
export async function openReadingEngine(bundle: Bundle, options: EngineOptions = {}): Promise<ReadingEngine> {
  if (areDigits(bundle.manifest.labels)) return openDigitEngine(bundle, options);
  const folders = { classifier: bundle.folder, companions: bundle.folder };
  return opening(bundle, options, async ({ ink }) => ({ reader: ink, folders }));
}

/** As `openReadingEngine`. @throws InkError INK_BUNDLE_INVALID also for a model of other classes than digits */
export async function openDigitEngine(bundle: Bundle, options: EngineOptions = {}): Promise<DigitEngine> {
  const { folder, manifest } = bundle;
  if (!areDigits(manifest.labels)) {
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: it has other classes than digits.`);
  }
  const companions = await companionsOf(bundle);
  const judgement = judgementOf(companions);
  return opening(bundle, options, async ({ operations, classifier, settings, owned }) => {
    const spotter = owned(await openSpotter(companions, options.spotter ?? 'standard', settings));
    const verifier = owned(await openVerifier(companions, settings));
    const models = { spotter, verifier, classifier, judgement };
    const folders = { classifier: folder, companions: companions.folder };
    return { reader: new FrameReader(operations, models), models, folders };
  });
}

/** What an engine is made of, while it is opened. */
interface EngineParts extends Pick<ReadingEngine, 'operations' | 'ink' | 'classifier'> {
  readonly settings: BackEndSettings;
  /** Has the engine close a part, the last one first. */
  owned<T extends { close(): void }>(part: T): T;
}

async function opening<Own extends Pick<ReadingEngine, 'reader' | 'folders'>>(
  bundle: Bundle,
  options: EngineOptions,
  own: (parts: EngineParts) => Promise<Own>,
): Promise<Omit<ReadingEngine, 'reader' | 'folders'> & Own> {
  const { onNote = () => {}, area = {} } = options;
  const operations = await openVision(options.vision ?? 'auto', (error) =>
    onNote(`Vision does not run on the native OpenCV: ${error.message}`),
  );
  const settings = backEndSettings(options, onNote);
  const opened: { close(): void }[] = [];
  const owned = <T extends { close(): void }>(part: T): T => {
    opened.push(part);
    return part;
  };
  const close = (): void => {
    for (const part of opened.splice(0).reverse()) part.close();
  };
  try {
    const backEnd = owned(await openBackEnd(bundle, settings));
    const classifier = openClassifier(bundle, backEnd);
    const ink = new InkReader(operations, classifier);
    return {
      ...(await own({ operations, ink, classifier, settings, owned })),
      ...{ ink, classifier, operations, close },
      look: (frame, other = area) => viewOf(operations, frame, other),
      model: referenceOf(bundle),
      vision: operations.build,
      get backEnd() {
        return backEnd.name;
      },
      get refusal() {
        return backEnd.refusal;
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

function backEndSettings(options: EngineOptions, onNote: (note: string) => void): BackEndSettings {
  return {
    choice: options.backEnd ?? 'auto',
    threads: options.threads ?? 1,
    library: options.library,
    onNote: once(onNote),
    coral: {
      edgeTpu: options.edgeTpuLibrary,
      ...(options.root === undefined ? {} : { root: options.root }),
      onChange: (refusal) => {
        onNote(
          refusal === undefined ? 'The Coral accelerator is used again.' : `The processor runs the model: ${refusal}`,
        );
      },
    },
  };
}

/** Passes each note on once: the networks may have the same to say. */
function once(onNote: (note: string) => void): (note: string) => void {
  const said = new Set<string>();
  return (note) => {
    if (!said.has(note)) onNote(note);
    said.add(note);
  };
}
