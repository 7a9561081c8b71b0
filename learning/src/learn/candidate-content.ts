import { type Bundle, bundlePartsSchema, type Manifest } from '@inkcast/shared/bundle';
import type { LearnTask } from '@inkcast/shared/teaching';
import { type BundleContent, bundleContent, type FinishedRun, type ScoredModel } from '@inkcast/training/bundle';
import type { Score } from '@inkcast/training/evaluation';
import type { TestSet } from './test-set.js';
import type { Tuning } from './tune.js';

export interface CandidateParts {
  readonly bundle: Bundle;
  readonly run: FinishedRun;
  readonly identity: { readonly name: string; readonly version: string };
  readonly quantized: ScoredModel['quantized'];
  readonly metrics: { readonly float: Score; readonly int8: Score };
  readonly testSet: TestSet;
  readonly origin: Omit<NonNullable<Manifest['origin']>, 'kind' | 'time'>;
}

/** How a candidate's weights were made; the seed draws the order and the augmentation. */
export const recipeOf = ({ seed }: LearnTask, tuning: Tuning, share: number) => ({ ...tuning, share, seed });

/** A candidate's bundle: all parts besides its classifier are those of its base, unchanged. */
export function candidateContent(parts: CandidateParts): BundleContent {
  const { bundle, run, identity, quantized, metrics, testSet, origin } = parts;
  const now = new Date();
  const { manifest, files } = bundleContent({ ...run, ...identity }, quantized, metrics, now);
  const kept = bundlePartsSchema.parse(bundle.manifest);
  const all = new Map(files);
  for (const { file } of Object.values(kept).flatMap((part) => part ?? [])) {
    const bytes = bundle.files.get(file);
    if (bytes !== undefined) all.set(file, bytes);
  }
  // The calibration error is measured without a temperature, and the temperature is fitted on other pictures.
  const { expectedCalibrationError: _, ...known } = manifest;
  return {
    manifest: {
      ...known,
      ...(testSet.source === 'labels' ? { testedOn: testedOnLabels(testSet) } : {}),
      ...kept,
      origin: { kind: 'taught', time: now.toISOString(), ...origin },
    },
    files: all,
  };
}

const testedOnLabels = ({ dataset }: TestSet): NonNullable<Manifest['testedOn']> => ({
  data: { kind: 'labels' },
  name: dataset.name,
  pictures: dataset.labels.length,
  sha256: { ...dataset.sha256 },
});
