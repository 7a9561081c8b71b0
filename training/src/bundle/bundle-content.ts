import { type Manifest, MODEL_FILE, WEIGHTS_FILE } from '@inkcast/shared/bundle/content';
import { type EpochRecord, encodeWeights, type TrainedNetwork } from '../checkpoint/portable/index.js';
import type { DataSource, Dataset } from '../data/index.js';
import type { Score } from '../evaluation/index.js';
import { networkCost } from '../models/index.js';
import type { LayerReport } from '../quantization/index.js';
import type { Recipe } from '../recipe/index.js';
import type { RunSummary } from '../trainer/index.js';
import type { BundleContent } from './seal-content.js';

/** The training history. It shows how the weights of a bundle were trained. */
const HISTORY_FILE = 'history.json';
/** What quantization did to each operator, see `layersContent`. */
export const LAYERS_FILE = 'quantization.json';

/** Weights and their origin. */
export interface WeightsSource {
  readonly trained: TrainedNetwork;
  /** The recipe of their training. For imported weights, what is known about their origin. */
  readonly recipe: Pick<Recipe, 'seed'>;
  readonly summary: Pick<RunSummary, 'weightsSha256' | 'madeWith'> & {
    readonly dataset: Pick<RunSummary['dataset'], 'name' | 'sha256'>;
  };
  readonly history: readonly EpochRecord[];
}

/** The origin of the test pictures: the data, and the share that is held out if the data has no test pictures. */
export interface TestSource {
  readonly data: DataSource;
  readonly test?: number;
}

/** Weights with the name and version of their bundle. */
export interface BundleSource extends WeightsSource {
  readonly name: string;
  readonly version: string;
  readonly test: Pick<Dataset, 'name' | 'sha256' | 'labels'>;
  readonly tested: TestSource;
}

/** The result of the quantization. */
export interface QuantizedModel {
  /** The .tflite file. */
  readonly model: Uint8Array;
  readonly input: Pick<Manifest['input'], 'shape' | 'dtype' | 'scale' | 'zeroPoint'>;
  readonly output: Manifest['output'];
  readonly calibration: Manifest['calibration'];
  /** What quantization did to each operator. */
  readonly layers: readonly LayerReport[];
  readonly temperature: number;
  readonly expectedCalibrationError: NonNullable<Manifest['expectedCalibrationError']>;
}

/**
 * Creates the content of a bundle: the int8 model, the float weights that it was quantized from, the history, and a
 * manifest that describes them.
 *
 * @param metrics figures over the test pictures, of the float weights and of the int8 model in TensorFlow Lite
 * @param created when the bundle was made
 */
export function bundleContent(
  source: BundleSource,
  quantized: QuantizedModel,
  metrics: { readonly float: Score; readonly int8: Score },
  created: Date,
): BundleContent {
  const { name, version, trained, recipe, summary, history, test, tested } = source;
  const manifest: BundleContent['manifest'] = {
    formatVersion: 1,
    name,
    version,
    created: created.toISOString(),
    architecture: trained.network.name,
    parameters: networkCost(trained.network).parameters,
    labels: [...trained.labels],
    input: { ...quantized.input, polarity: 'white-on-black', range: [0, 1] },
    output: quantized.output,
    temperature: quantized.temperature,
    expectedCalibrationError: quantized.expectedCalibrationError,
    metrics: { float: figures(metrics.float), int8: figures(metrics.int8) },
    testedOn: {
      data: plain(tested.data),
      ...(tested.test === undefined ? {} : { test: tested.test }),
      name: test.name,
      pictures: test.labels.length,
      sha256: { ...test.sha256 },
    },
    dataset: { name: summary.dataset.name, sha256: { ...summary.dataset.sha256 } },
    recipe: plain(recipe),
    seed: recipe.seed,
    calibration: quantized.calibration,
    madeWith: { ...summary.madeWith, weightsSha256: summary.weightsSha256 },
  };
  const files = new Map([
    [MODEL_FILE, quantized.model],
    [WEIGHTS_FILE, encodeWeights(trained)],
    [HISTORY_FILE, json(history)],
    [LAYERS_FILE, layersContent(quantized.layers)],
  ]);
  return { manifest, files };
}

/** The content of `LAYERS_FILE`. */
export const layersContent = (layers: readonly LayerReport[]): Uint8Array => json({ layers });

const json = (value: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);

/** What a manifest says of a score. */
export const figures = ({ accuracy, loss, perClass, confusion }: Score): Manifest['metrics']['int8'] => ({
  accuracy,
  loss,
  perClass: [...perClass],
  confusion: confusion.map((row) => [...row]),
});

/** The value after a round trip through JSON, which removes keys with undefined values. */
const plain = (value: object): Manifest['recipe'] => JSON.parse(JSON.stringify(value));
