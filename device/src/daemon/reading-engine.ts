import type { Bundle } from '@inkcast/shared/bundle';
import type { InkError } from '@inkcast/shared/errors';
import {
  type BackEndChoice,
  type DigitClassifier,
  type InferenceBackEnd,
  openBackEnd,
  openClassifier,
  referenceOf,
} from '../inference/index.js';
import { FrameReader } from '../reading/index.js';
import {
  type LumaFrame,
  openVision,
  type View,
  type ViewArea,
  type VisionBuild,
  type VisionChoice,
  viewOf,
} from '../vision/index.js';

export interface EngineOptions {
  /** Build of OpenCV; default `auto`. */
  readonly vision?: VisionChoice;
  /** What part of each frame is read, where `look` is not told otherwise; default all of it. */
  readonly area?: ViewArea;
  /** What runs the model; default `auto`. */
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

/** OpenCV, a model in TensorFlow Lite, and the reader that uses both. */
export interface ReadingEngine {
  readonly reader: FrameReader;
  /** The part of a frame that the reader is to be given. @throws InkError INK_VISION_FAILED */
  readonly look: (frame: LumaFrame, area?: ViewArea) => View;
  readonly classifier: DigitClassifier;
  /** The model as `name@version`. */
  readonly model: string;
  readonly vision: VisionBuild;
  /** What runs the model now: an accelerator may come and go. */
  readonly backEnd: InferenceBackEnd['name'];
  /** Why that is not the back end that was asked for, where it is not. */
  readonly refusal: InkError | undefined;
  close(): void;
}

/** Opens all that reading frames needs. @throws InkError what vision or inference throws; nothing is then left open */
export async function openReadingEngine(bundle: Bundle, options: EngineOptions = {}): Promise<ReadingEngine> {
  const { onNote = () => {}, area = {} } = options;
  const operations = await openVision(options.vision ?? 'auto', (error) =>
    onNote(`OpenCV runs as WASM: ${error.message}`),
  );
  const backEnd = await openBackEnd(bundle, {
    choice: options.backEnd ?? 'auto',
    threads: options.threads ?? 1,
    library: options.library,
    onNote,
    coral: {
      edgeTpu: options.edgeTpuLibrary,
      ...(options.root === undefined ? {} : { root: options.root }),
      onChange: (refusal) => {
        onNote(
          refusal === undefined ? 'The Coral accelerator is used again.' : `The processor runs the model: ${refusal}`,
        );
      },
    },
  });
  try {
    const classifier = openClassifier(bundle, backEnd);
    return {
      reader: new FrameReader(operations, classifier),
      look: (frame, other = area) => viewOf(operations, frame, other),
      classifier,
      model: referenceOf(bundle),
      vision: operations.build,
      get backEnd() {
        return backEnd.name;
      },
      get refusal() {
        return backEnd.refusal;
      },
      close: () => classifier.close(),
    };
  } catch (error) {
    backEnd.close();
    throw error;
  }
}
