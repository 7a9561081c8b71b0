import { openOpenCvWasm, type VisionOperations } from '@inkcast/device/vision';
import { type OpenedModel, openReadingModel } from '../../models/index.js';
import { type LegibleVideo, openLegibleVideo } from './legible-video.js';

/** A video, and what reads it. */
export interface VideoBench extends OpenedModel {
  readonly video: LegibleVideo;
  readonly operations: VisionOperations;
  close(): void;
}

/** Opens what it takes to read a simulated video with the model that reads; the caller closes it. */
export async function openVideoBench(): Promise<VideoBench> {
  const [video, operations, model] = await Promise.all([openLegibleVideo(), openOpenCvWasm(), openReadingModel()]);
  return {
    ...model,
    video,
    operations,
    close: () => {
      video.close();
      model.classifier.close();
    },
  };
}
