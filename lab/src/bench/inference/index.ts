import { type BackEndTime, openCheckedBundle, timeBackEnds } from '@inkcast/device/inference';
import { bundleFolder, type ReaderChoice } from '../../models/index.js';
import type { Benchmark, Ratio } from '../benchmark.js';

const DIGIT_ROUNDS = 1000;
const PICTURE_ROUNDS = 50;

interface Result {
  /** For each network of the bundle, what each back end takes. */
  readonly networks: readonly { readonly network: string; readonly backEnds: readonly BackEndTime[] }[];
}

async function measure(_words: readonly string[], { bundle }: ReaderChoice): Promise<Result> {
  const opened = await openCheckedBundle(bundleFolder(bundle));
  const { manifest, verifier, spotters } = opened;
  const models = [
    { network: 'classifier', model: opened.model, shape: manifest.input.shape, rounds: DIGIT_ROUNDS },
    ...(verifier === undefined
      ? []
      : [{ ...verifier, network: 'verifier', shape: verifier.description.input.shape, rounds: DIGIT_ROUNDS }]),
    ...spotters.map(({ description, model }) => ({
      ...{ network: `${description.size} spotter`, model, shape: description.input.shape, rounds: PICTURE_ROUNDS },
    })),
  ];
  const networks: Result['networks'][number][] = [];
  for (const model of models) networks.push({ network: model.network, backEnds: await timeBackEnds(model) });
  return { networks };
}

function describe({ networks }: Result): string[] {
  return networks.flatMap(({ network, backEnds }) =>
    backEnds.map(({ name, microseconds, reason }) =>
      microseconds === null ? `${network}, ${name}: ${reason}` : `${network}, ${name}: ${Math.round(microseconds)} us`,
    ),
  );
}

/** Each back end beside the one that the device uses by default. */
function ratios({ networks }: Result): Ratio[] {
  return networks.flatMap(({ network, backEnds }) => {
    const [first, ...others] = backEnds;
    if (first?.microseconds == null) return [];
    const peer = first.name;
    const base = first.microseconds;
    return others.flatMap(({ name, microseconds }) =>
      microseconds === null ? [] : [{ what: `${network} with ${name}`, peer, ratio: microseconds / base }],
    );
  });
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
