import { type OpenedModel, openModel } from '../models/index.js';
import { isContradicted, type LabelledCrop } from '../synthesis/index.js';

/** The crops whose label is not contradicted by all models. */
export async function credibleCrops(
  crops: readonly LabelledCrop[],
  bundles: readonly string[],
): Promise<readonly LabelledCrop[]> {
  const models: OpenedModel[] = [];
  try {
    for (const folder of bundles) models.push(await openModel(folder));
    return crops.filter(({ crop, label }) => {
      const opinions = models.map(({ classifier }) => classifier.classify([crop])[0]);
      return !isContradicted(label, opinions);
    });
  } finally {
    for (const { classifier } of models) classifier.close();
  }
}
