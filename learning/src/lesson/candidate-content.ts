import { type Bundle, bundlePartsSchema, type Manifest, partFiles } from '@inkcast/shared/bundle/content';
import {
  type AddedVerifier,
  type BundleContent,
  bundleContent,
  type FinishedRun,
  type ScoredModel,
  verifierContent,
} from '@inkcast/training/bundle/portable';
import type { Score } from '@inkcast/training/evaluation/portable';
import { isPartOfTest } from './score-on-all.js';
import type { TestSet } from './test-set.js';

export interface CandidateParts {
  readonly bundle: Bundle;
  readonly run: FinishedRun;
  readonly identity: { readonly name: string; readonly version: string };
  readonly quantized: ScoredModel['quantized'];
  readonly metrics: { readonly float: Score; readonly int8: Score };
  readonly testSet: TestSet;
  /** Undefined if it was not taught. */
  readonly verifier: AddedVerifier | undefined;
  readonly origin: Omit<NonNullable<Manifest['origin']>, 'kind' | 'time'>;
}

/** A candidate's bundle: all parts besides its classifier and a taught verifier are those of its base, unchanged. */
export function candidateContent(parts: CandidateParts): BundleContent {
  const { bundle, run, identity, quantized, metrics, testSet, verifier, origin } = parts;
  const now = new Date();
  const { manifest, files } = bundleContent({ ...run, ...identity }, quantized, metrics, now);
  const kept = bundlePartsSchema.parse(bundle.manifest);
  const all = new Map(files);
  for (const file of partFiles(kept)) {
    const bytes = bundle.files.get(file);
    if (bytes !== undefined) all.set(file, bytes);
  }
  if (verifier !== undefined) {
    const taught = verifierContent(verifier);
    kept.verifier = taught.description;
    for (const [file, bytes] of taught.files) all.set(file, bytes);
  }
  // The calibration error is measured without a temperature, and the temperature is fitted on other pictures.
  const { expectedCalibrationError: _, ...known } = manifest;
  return {
    manifest: {
      ...known,
      ...(testSet.source === 'labels' ? { testedOn: testedOnLabels(testSet) } : {}),
      ...(isPartOfTest(testSet, bundle) ? { testedOn: bundle.manifest.testedOn } : {}),
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
