import type { ReadingEngine } from '@inkcast/device/daemon';
import { openReader, type ReaderChoice } from '../../models/index.js';
import { type LegibleVideo, openLegibleVideo } from './legible-video.js';

/** A video and its reader. */
export interface VideoBench extends Pick<ReadingEngine, 'reader' | 'model'> {
  readonly video: LegibleVideo;
  close(): void;
}

/** Opens a simulated video and a reader. The caller closes both. */
export async function openVideoBench(choice: ReaderChoice = {}): Promise<VideoBench> {
  const engine = await openReader(choice);
  try {
    const video = await openLegibleVideo();
    return {
      video,
      reader: engine.reader,
      model: engine.model,
      close: () => {
        video.close();
        engine.close();
      },
    };
  } catch (error) {
    engine.close();
    throw error;
  }
}
