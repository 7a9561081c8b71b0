import { asInkError, type InkError } from '@inkcast/shared/errors';
import type { ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import { annotateFrame, fitPicture } from '../annotation/index.js';
import type { Frame } from '../camera/index.js';
import type { PictureStore } from '../storage/index.js';
import type { Daemon } from './daemon.js';

/** Wide enough to tell a digit, and some ten kilobytes. */
const MAX_WIDTH = 480;
const QUALITY = 70;
/** Events whose pictures are being made: where there are more, a slow disk or processor is behind, and they have none. */
const MAX_WAITING = 8;

/** Keeps a small picture, with boxes, of each event. */
export class PictureKeeper {
  readonly #pictures: PictureStore;
  readonly #report: (problem: InkError) => void;
  readonly #waiting = new Set<Promise<void>>();

  constructor(pictures: PictureStore, report: (problem: InkError) => void) {
    this.#pictures = pictures;
    this.#report = report;
  }

  async start(daemon: Daemon): Promise<void> {
    await this.#pictures.start();
    daemon.on('reading', (_reading: ReadingMessage, event: ReadingEvent | undefined, frame: Frame) => {
      if (event === undefined || !this.#pictures.enabled || this.#waiting.size >= MAX_WAITING) return;
      const kept = this.#keep(event, frame).finally(() => this.#waiting.delete(kept));
      this.#waiting.add(kept);
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#waiting);
    await this.#pictures.stop();
  }

  async #keep({ id, digits }: ReadingEvent, frame: Frame): Promise<void> {
    try {
      const boxes = digits.map(({ box: [x, y, width, height], ...digit }) => ({
        ...digit,
        box: { x, y, width, height },
      }));
      const picture = await annotateFrame(frame, { digits: boxes });
      await this.#pictures.keep(id, await fitPicture(picture, { maxWidth: MAX_WIDTH, quality: QUALITY }));
    } catch (error) {
      this.#report(asInkError(error));
    }
  }
}
