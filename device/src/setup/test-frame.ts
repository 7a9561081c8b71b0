import type { Reading } from '@inkcast/reader/reading';
import { captureFrame, createCamera, type Frame } from '../camera/index.js';
import { configSchema } from '../config/index.js';
import { openReadingEngine } from '../daemon/index.js';
import { modelStoreIn } from '../inference/index.js';
import type { CameraChoice } from './setup-values.js';

/** A frame from the camera with its reading. */
export interface TestFrame {
  readonly frame: Frame;
  readonly reading: Reading;
}

/** Sources whose exposure needs some frames to settle. */
const SETTLE_FRAMES: Readonly<Record<string, number>> = { rpicam: 10, v4l2: 10 };

/**
 * Takes and reads one frame as the daemon would with this camera.
 *
 * @throws InkError what the camera, OpenCV or the model throws
 */
export async function takeTestFrame(choice: CameraChoice, signal: AbortSignal): Promise<TestFrame> {
  const camera = configSchema.shape.camera.unwrap().parse(choice);
  const { storage, inference, vision, reading } = configSchema.parse({});
  const frame = await captureFrame(createCamera(camera), signal, SETTLE_FRAMES[camera.source]);
  const { backEnd, threads } = inference;
  const engine = await openReadingEngine(await modelStoreIn(storage.folder).inUse(), {
    backEnd,
    threads,
    vision: vision.build,
    spotter: reading.model,
  });
  try {
    return { frame, reading: engine.reader.read(frame).reading };
  } finally {
    engine.close();
  }
}
