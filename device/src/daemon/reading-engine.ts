import type { Bundle } from '@inkcast/shared/bundle';
import { openTfLite } from '@inkcast/shared/tflite';
import { type DigitClassifier, openClassifier, openCpuBackEnd, referenceOf } from '../inference/index.js';
import { FrameReader } from '../reading/index.js';
import { openOpenCvWasm } from '../vision/index.js';

export interface EngineOptions {
  /** Threads of TensorFlow Lite; default 1. */
  readonly threads?: number;
  /** Another libtensorflowlite_c.so than the one that ships. */
  readonly library?: string;
  /** Told what runs otherwise than it was asked to. */
  readonly onNote?: (note: string) => void;
}

/** OpenCV, a model in TensorFlow Lite, and the reader that uses both. */
export interface ReadingEngine {
  readonly reader: FrameReader;
  readonly classifier: DigitClassifier;
  /** The model as `name@version`. */
  readonly model: string;
  readonly backEnd: string;
  close(): void;
}

/** Opens all that reading frames needs. @throws InkError what vision or inference throws; nothing is then left open */
export async function openReadingEngine(bundle: Bundle, options: EngineOptions = {}): Promise<ReadingEngine> {
  const { threads = 1, library, onNote = () => {} } = options;
  const operations = await openOpenCvWasm();
  const tflite = openTfLite(library === undefined ? {} : { library });
  let backEndName = '';
  try {
    const classifier = openClassifier(bundle, ({ model }) => {
      const backEnd = openCpuBackEnd(tflite, model, { threads });
      backEndName = backEnd.name;
      if (backEnd.delegateRefusal !== undefined) onNote(`The model runs without XNNPACK: ${backEnd.delegateRefusal}`);
      return backEnd;
    });
    return {
      reader: new FrameReader(operations, classifier),
      classifier,
      model: referenceOf(bundle),
      backEnd: backEndName,
      close: () => {
        classifier.close();
        tflite.close();
      },
    };
  } catch (error) {
    tflite.close();
    throw error;
  }
}
