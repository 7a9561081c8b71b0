import { z } from 'zod';
import { augmentationStepSchema, dataSourceSchema } from '../data/index.js';
import { ADAM, ADAMW, SGD } from '../engine/index.js';

const share = z.number().min(0).lt(1);

const optimizerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sgd'),
    momentum: share.default(SGD.momentum),
    nesterov: z.boolean().default(SGD.nesterov),
    weightDecay: z.number().nonnegative().default(SGD.weightDecay),
  }),
  z.strictObject({
    kind: z.literal('adam'),
    beta1: share.default(ADAM.beta1),
    beta2: share.default(ADAM.beta2),
    epsilon: z.number().positive().default(ADAM.epsilon),
  }),
  z.strictObject({
    kind: z.literal('adamw'),
    beta1: share.default(ADAMW.beta1),
    beta2: share.default(ADAMW.beta2),
    epsilon: z.number().positive().default(ADAMW.epsilon),
    weightDecay: z.number().nonnegative().default(ADAMW.weightDecay),
  }),
]);

/** The schedule of the learning rate. Lengths are in epochs here, and in steps in the engine. */
const scheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({
    kind: z.literal('step'),
    everyEpochs: z.number().positive(),
    factor: z.number().gt(0).lt(1).default(0.1),
  }),
  z.strictObject({
    kind: z.literal('cosine'),
    warmupEpochs: z.number().nonnegative().default(0),
    /** The last rate, as a share of `learningRate`. */
    finalShare: share.default(0),
  }),
]);

/** A place, and what must be found there. */
const baseSchema = z.strictObject({
  /** A run folder, a bundle or a file of weights. */
  from: z.string().min(1),
  /** SHA-256 of its weights, or of the file of its replay set. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Of the soft labels, as Hinton et al. (2015) suggest: labels weigh little, and networks of this size like 2.5 to 4. */
export const TEACHERS_SHARE = 0.9;
export const TEACHERS_TEMPERATURE = 4;

/** Pictures of a step. */
export const batchSizeSchema = z.int().positive().max(4096);
/** Factor of a model's channels, or of its repeated blocks. */
export const modelFactorSchema = z.number().positive().max(16);

/** Everything that determines the result of a run, besides the build of the engine (docs/guide/train.md has each key). */
export const recipeSchema = z.strictObject({
  model: z
    .strictObject({
      name: z.string().min(1).default('lenet'),
      width: modelFactorSchema.default(1),
      depth: modelFactorSchema.default(1),
    })
    .prefault({}),
  data: dataSourceSchema.default({ kind: 'mnist' }),
  /**
   * Share of each class set aside for validation; 0 trains on everything. `test` trains on everything and draws the curves
   * of the test pictures, for looking only: nothing may be chosen by them.
   */
  validation: z
    .union([z.literal('test'), z.number().min(0).max(0.5)], 'must be a share from 0 to 0.5, or test')
    .default(0),
  /**
   * Share of each class that is held out if the data has no test pictures. A recipe without this key belongs to a run that
   * held out none.
   */
  test: z.number().min(0).max(0.5).optional(),
  seed: z.int().min(0).max(0xffffffff).default(1),
  epochs: z.int().positive().max(10_000).default(10),
  batchSize: batchSizeSchema.default(64),
  learningRate: z.number().positive().default(0.001),
  optimizer: optimizerSchema.prefault({ kind: 'adam' }),
  schedule: scheduleSchema.prefault({ kind: 'constant' }),
  loss: z
    .strictObject({
      labelSmoothing: share.default(0),
      /** Factors by class. `balanced` gives each class the same total weight, whatever its number of pictures. */
      classWeights: z.union([z.literal('balanced'), z.array(z.number().positive()).min(2)]).optional(),
    })
    .prefault({}),
  /** Maximum norm of all gradients together. */
  clipNorm: z.number().positive().optional(),
  /** Decay of the moving average of the weights. With it, the average is the result of the run. */
  averageDecay: share.optional(),
  augmentation: z.array(augmentationStepSchema).default([]),
  /** Ends the run when the validation has not improved for `patience` epochs. */
  earlyStopping: z
    .strictObject({ metric: z.enum(['accuracy', 'loss']).default('loss'), patience: z.int().positive().default(5) })
    .optional(),
  /** Which epoch's weights are the run's result: the last, or the best on the validation pictures. */
  keep: z.enum(['last', 'best']).default('last'),
  /** A trained network to start from, with a new output layer where the classes differ. */
  base: baseSchema.optional(),
  /** A bundle whose replay set is trained on too, so that what its model knows is not forgotten. */
  replay: baseSchema.optional(),
  /** Networks that give soft labels to learn from beside the labels. */
  distillation: z
    .strictObject({
      teachers: z.array(baseSchema).min(1),
      /** Weight of the soft labels; the labels have the rest. */
      share: z.number().gt(0).max(1).default(TEACHERS_SHARE),
      temperature: z.number().positive().max(100).default(TEACHERS_TEMPERATURE),
    })
    .optional(),
  /** Layers whose weights do not change. */
  frozen: z.array(z.string().min(1)).default([]),
});

export type Recipe = z.infer<typeof recipeSchema>;

/** The share of each class that is set aside for validation. */
export const validationShare = ({ validation }: Pick<Recipe, 'validation'>): number =>
  validation === 'test' ? 0 : validation;
