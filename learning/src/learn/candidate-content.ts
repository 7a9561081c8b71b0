import type { Bundle, Manifest } from '@inkcast/shared/bundle';
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

/** A candidate's bundle: spotters, verifier, judgement and replay set are those of its base, unchanged. */
export function candidateContent(parts: CandidateParts): BundleContent {
  const { bundle, run, identity, quantized, metrics, testSet, origin } = parts;
  const now = new Date();
  const { manifest, files } = bundleContent({ ...run, ...identity }, quantized, metrics, now);
  const { spotters, verifier, judgement, replay } = bundle.manifest;
  const taken = [...(spotters ?? []).map(({ file }) => file), verifier?.file, judgement?.file, replay?.file];
  const all = new Map(files);
  for (const name of taken) {
    const bytes = name === undefined ? undefined : bundle.files.get(name);
    if (name !== undefined && bytes !== undefined) all.set(name, bytes);
  }
  // The calibration error is measured without a temperature, and the temperature is fitted on other pictures.
  const { expectedCalibrationError: _, ...known } = manifest;
  return {
    manifest: {
      ...known,
      ...(testSet.source === 'labels' ? { testedOn: testedOnLabels(testSet) } : {}),
      ...(spotters === undefined ? {} : { spotters }),
      ...(verifier === undefined ? {} : { verifier }),
      ...(judgement === undefined ? {} : { judgement }),
      ...(replay === undefined ? {} : { replay }),
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
