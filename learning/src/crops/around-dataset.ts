import type { VerifierDescription } from '@inkcast/shared/bundle/content';
import type { Around, LabelledCrop } from '@inkcast/shared/teaching';
import type { Dataset, PictureShape } from '@inkcast/training/data/portable';

/** A labelled crop with what is around it. */
export type SeenCrop = LabelledCrop & { readonly around: Around };

/** Whether a verifier has seen this crop as it would see it now, and knows its class. */
export function isSeenBy({ input, window, labels }: VerifierDescription, crop: LabelledCrop): crop is SeenCrop {
  const { around, label } = crop;
  const [, height, width] = input.shape;
  if (around === undefined || around.window !== window) return false;
  return around.pixels.length === height * width && labels.includes(label);
}

/** What is around crops, as a data set with the classes of a verifier. @param crops all seen by it */
export function aroundDataset(crops: readonly SeenCrop[], { input, labels: classes }: VerifierDescription): Dataset {
  const [, height, width] = input.shape;
  const shape: PictureShape = [height, width, 1];
  const images = new Uint8Array(crops.length * height * width);
  crops.forEach(({ around }, index) => {
    images.set(around.pixels, index * height * width);
  });
  const labels = Uint16Array.from(crops, ({ label }) => classes.indexOf(label));
  return { name: 'around labelled crops', shape, images, labels, classes, sha256: {} };
}
