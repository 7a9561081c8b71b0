import type { ReadingEngine } from '@inkcast/device/daemon';
import { openReader, type ReaderChoice } from '../../models/index.js';
import { type LegibleVideo, openLegibleVideo } from './legible-video.js';

/** A video, and what reads it. */
export interface VideoBench extends Pick<ReadingEngine, 'reader' | 'model'> {
  readonly video: LegibleVideo;
  close(): void;
}

/** Opens what it takes to read a simulated video; the caller closes it. */
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
