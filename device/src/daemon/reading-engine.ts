import { type InferenceBackEnd, openClassifier } from '@inkcast/reader/inference';
import { FrameReader, judgementOf, type ReadingModels } from '@inkcast/reader/reading';
import {
  type LumaFrame,
  type View,
  type ViewArea,
  type VisionBuild,
  type VisionOperations,
  viewOf,
} from '@inkcast/reader/vision';
import type { Bundle, SpotterSize } from '@inkcast/shared/bundle';
import type { InkError } from '@inkcast/shared/errors';
import {
  type BackEndChoice,
  type BackEndSettings,
  companionsOf,
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

/** OpenCV, the networks in TensorFlow Lite, and the reader that uses both. */
export interface ReadingEngine {
  readonly reader: FrameReader;
  /** The part of a frame that the reader is to be given. @throws InkError INK_VISION_FAILED */
  readonly look: (frame: LumaFrame, area?: ViewArea) => View;
  readonly operations: VisionOperations;
  readonly models: ReadingModels;
  /** The model as `name@version`. */
  readonly model: string;
  readonly vision: VisionBuild;
  /** What runs the classifier now: an accelerator may come and go. */
  readonly backEnd: InferenceBackEnd['name'];
  /** Why that is not the back end that was asked for, where it is not. */
  readonly refusal: InkError | undefined;
  close(): void;
}

/** Opens all that reading frames needs. @throws InkError what vision or inference throws; nothing is then left open */
export async function openReadingEngine(bundle: Bundle, options: EngineOptions = {}): Promise<ReadingEngine> {
  const { onNote = () => {}, area = {} } = options;
  const operations = await openVision(options.vision ?? 'auto', (error) =>
    onNote(`Vision does not run on the native OpenCV: ${error.message}`),
  );
  const settings: BackEndSettings = {
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
  const companions = await companionsOf(bundle);
  const judgement = judgementOf(companions);
  const opened: { close(): void }[] = [];
  const owned = <T extends { close(): void }>(part: T): T => {
    opened.push(part);
    return part;
  };
  const close = (): void => {
    for (const part of opened.splice(0).reverse()) part.close();
  };
  try {
    const spotter = owned(await openSpotter(companions, options.spotter ?? 'standard', settings));
    const verifier = owned(await openVerifier(companions, settings));
    const backEnd = owned(await openBackEnd(bundle, settings));
    const models = { spotter, verifier, classifier: openClassifier(bundle, backEnd), judgement };
    return {
      reader: new FrameReader(operations, models),
      look: (frame, other = area) => viewOf(operations, frame, other),
      operations,
      models,
      model: referenceOf(bundle),
      vision: operations.build,
      get backEnd() {
        return backEnd.name;
      },
      get refusal() {
        return backEnd.refusal;
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Passes each note on once: the networks may have the same to say. */
function once(onNote: (note: string) => void): (note: string) => void {
  const said = new Set<string>();
  return (note) => {
    if (!said.has(note)) onNote(note);
    said.add(note);
  };
}
