import { setTimeout as wait } from 'node:timers/promises';
import { InkError } from '@inkcast/shared/errors';
import type { Raspistill } from 'node-raspistill';
import { complain } from './complaint.js';
import { decodeBytes, frameOf } from './decode-picture.js';
import { findProgram } from './find-program.js';
import { captureTime } from './frame.js';
import type { FrameSink, FrameSource } from './frame-source.js';
import type { RaspistillOptions } from './options/index.js';
import { StderrTail } from './stderr-tail.js';

/** Milliseconds that raspistill has to end after SIGTERM. */
const GRACE = 1500;

/**
 * Photos from a Raspberry Pi camera on the old camera stack, through node-raspistill. This class works around two
 * faults of that library: it rejects a photo if raspistill writes anything to stderr, and it never settles if the
 * program is missing or hangs.
 */
export class RaspistillSource implements FrameSource {
  readonly #options: RaspistillOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: RaspistillOptions) {
    this.#options = options;
  }

  /** @throws InkError INK_CAMERA_PROGRAM if raspistill or the library is missing */
  async start(sink: FrameSink): Promise<void> {
    // The library searches only PATH, so no other search path is possible.
    if ((await findProgram(['raspistill'])) === undefined) {
      throw new InkError('INK_CAMERA_PROGRAM', 'There is no raspistill on this machine.', {
        remedy: 'It belongs to Raspberry Pi OS buster and older; on newer ones use the source rpicam.',
      });
    }
    const { Raspistill } = await importLibrary();
    const { width, height, settleMs, rotation, hflip, vflip, shutterUs, iso } = this.#options;
    const camera = new Raspistill({
      ...{ noFileSave: true, noPreview: true, encoding: 'jpg', width, height, time: settleMs, rotation },
      ...{ horizontalFlip: hflip, verticalFlip: vflip },
      ...(shutterUs === undefined ? {} : { shutterspeed: shutterUs }),
      ...(iso === undefined ? {} : { iso }),
    });
    this.#running = this.#run(camera, sink);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(camera: Raspistill, sink: FrameSink): Promise<void> {
    const { signal } = this.#stopping;
    let sequence = 0;
    while (!signal.aborted) {
      // A stop ends the pause early, which is no failure.
      const due = wait(1000 / this.#options.rate, undefined, { signal }).catch(() => undefined);
      try {
        const photo = await this.#photo(camera);
        const time = captureTime();
        const picture = await decodeBytes(photo, 'The photo');
        if (signal.aborted) return;
        await sink.frame(frameOf(picture, { ...time, sequence: sequence++ }));
      } catch (error) {
        if (!signal.aborted) sink.fault(failed(error));
      }
      await due;
    }
  }

  /** Takes one photo. A time-out or a stop ends raspistill if it is still running. */
  async #photo(camera: Raspistill): Promise<Uint8Array> {
    const { timeoutMs } = this.#options;
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#stopping.signal]);
    const late = wait(timeoutMs, undefined, { signal }).then(() => {
      throw new InkError('INK_CAMERA_FAILED', `raspistill took no photo within ${timeoutMs} ms.`);
    });
    const taking = camera.takePhoto();
    try {
      return await Promise.race([taking, late]);
    } finally {
      over.abort();
      camera.stop();
      // Waits until raspistill has obeyed; the library cannot kill one that does not.
      await Promise.race([taking.catch(() => undefined), wait(GRACE)]);
    }
  }
}

async function importLibrary(): Promise<typeof import('node-raspistill')> {
  try {
    return await import('node-raspistill');
  } catch (cause) {
    throw new InkError('INK_CAMERA_PROGRAM', 'The npm package node-raspistill is not installed.', {
      cause,
      remedy: 'Install it with: npm install node-raspistill',
    });
  }
}

function failed(error: unknown): InkError {
  if (error instanceof InkError) return error;
  // The library rejects with the output of raspistill.
  const written = new StderrTail();
  written.push(`${error instanceof Error ? error.message : String(error)}\n`);
  return complain('INK_CAMERA_FAILED', 'The photo failed', written.lastWords);
}
