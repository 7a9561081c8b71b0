import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, replaceFile } from '@inkcast/shared/files';
import { type TrainedNetwork, weightsHash } from '../checkpoint/index.js';
import { type Dataset, epochOrder, type LoadedBatch } from '../data/index.js';
import { type Backend, createEngine, type Engine } from '../engine/index.js';
import { matchLabels } from '../evaluation/index.js';
import type { Recipe } from '../recipe/index.js';

export interface TeachersOptions {
  readonly teachers: readonly TrainedNetwork[];
  readonly recipe: Recipe;
  readonly train: Dataset;
  readonly backend: Backend;
  readonly threads: number;
  /** Where the soft labels of whole epochs are kept for other students; default: nowhere. */
  readonly cache: string | undefined;
}

/** A trained network, and the place of each class of the data among its labels. */
interface Teacher {
  readonly engine: Engine;
  readonly trained: TrainedNetwork;
  readonly places: readonly number[];
}

/**
 * Networks that give the pictures of a training soft labels: the mean of their probabilities. They see the same view of a
 * picture as the student, with its augmentation (Beyer et al., "Knowledge distillation: A good teacher is patient and
 * consistent", 2022).
 *
 * The views of an epoch depend only on data, augmentation and seed. The soft labels of whole epochs can therefore be kept
 * in a folder, where another student with the same views finds them; without augmentation, all epochs share them.
 */
export class Teachers {
  readonly #options: TeachersOptions;
  readonly #teachers: readonly Teacher[];
  /** Identifies views and teachers, for the names of kept files. */
  readonly #identity: string;
  readonly #classes: number;
  #epoch = -1;
  /** The order of the pictures in this epoch. */
  #order: Uint32Array = new Uint32Array();
  /** Soft labels of this epoch, pictures x classes, by the picture's place in the data. */
  #soft: Float32Array = new Float32Array();
  #known = new Uint8Array();

  /** @throws InkError INK_DATASET_INVALID if a teacher does not know a class or takes other pictures */
  constructor(options: TeachersOptions) {
    const { teachers, train, recipe, backend, threads } = options;
    this.#options = options;
    this.#classes = train.classes.length;
    this.#teachers = teachers.map((trained) => {
      checkShape(trained, train);
      const { network, labels } = trained;
      const places = matchLabels(train.classes, labels, `the teacher ${network.name}`);
      return {
        trained,
        places,
        engine: createEngine({ network, backend, threads, batchSize: recipe.batchSize, seed: 0 }),
      };
    });
    this.#identity = identityOf(options);
  }

  async start(): Promise<void> {
    for (const { engine, trained } of this.#teachers) {
      await engine.start();
      engine.loadParameters(trained.parameters);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#teachers.map(({ engine }) => engine.stop()));
  }

  /**
   * The soft labels of a batch, `count` x classes; valid until the next call.
   *
   * @param epoch from 0
   * @param step the batch's place in the epoch, from 0
   */
  async softLabels(batch: LoadedBatch, epoch: number, step: number): Promise<Float32Array> {
    await this.#open(epoch);
    const { batchSize } = this.#options.recipe;
    const indices = this.#order.subarray(step * batchSize, step * batchSize + batch.count);
    if (indices.some((index) => this.#known[index] === 0)) this.#keep(indices, await this.#ask(batch));
    const soft = new Float32Array(batch.count * this.#classes);
    indices.forEach((index, place) => {
      soft.set(this.#soft.subarray(index * this.#classes, (index + 1) * this.#classes), place * this.#classes);
    });
    if (step * batchSize + batch.count === this.#order.length) await this.#save(epoch);
    return soft;
  }

  async #open(epoch: number): Promise<void> {
    if (epoch === this.#epoch) return;
    const { train, recipe } = this.#options;
    const pictures = train.labels.length;
    const isSameView = this.#epoch >= 0 && recipe.augmentation.length === 0;
    this.#epoch = epoch;
    this.#order = epochOrder(pictures, recipe.seed, epoch);
    if (isSameView) return;
    const kept = await this.#kept(epoch);
    this.#soft = kept ?? new Float32Array(pictures * this.#classes);
    this.#known = new Uint8Array(pictures).fill(kept === undefined ? 0 : 1);
  }

  /** The mean of what the teachers say of a batch, over the classes of the data. */
  async #ask({ images, count }: LoadedBatch): Promise<Float32Array> {
    const mean = new Float32Array(count * this.#classes);
    for (const { engine, trained, places } of this.#teachers) {
      const said = await engine.predict(images, count);
      const outputs = trained.labels.length;
      for (let picture = 0; picture < count; picture++) {
        // What a teacher says of further labels, such as `none`, counts for no class.
        const sum = places.reduce((total, place) => total + said[picture * outputs + place], 0);
        places.forEach((place, label) => {
          const share = sum > 0 ? said[picture * outputs + place] / sum : 1 / this.#classes;
          mean[picture * this.#classes + label] += share / this.#teachers.length;
        });
      }
    }
    return mean;
  }

  #keep(indices: Uint32Array, soft: Float32Array): void {
    indices.forEach((index, place) => {
      this.#soft.set(soft.subarray(place * this.#classes, (place + 1) * this.#classes), index * this.#classes);
      this.#known[index] = 1;
    });
  }

  /** @throws InkError INK_DATASET_INVALID for a file of another size */
  async #kept(epoch: number): Promise<Float32Array | undefined> {
    const path = this.#path(epoch);
    if (path === undefined || !existsSync(path)) return undefined;
    const bytes = await readWholeFile(path);
    const soft = new Float32Array(this.#options.train.labels.length * this.#classes);
    if (bytes.length !== soft.byteLength) {
      const remedy = 'Delete it, so that the teachers are asked again.';
      throw new InkError('INK_DATASET_INVALID', `${path} has ${bytes.length} bytes and not ${soft.byteLength}.`, {
        remedy,
      });
    }
    new Uint8Array(soft.buffer).set(bytes);
    return soft;
  }

  /** Keeps the soft labels of an epoch that is complete. A run that resumed within it does not have all. */
  async #save(epoch: number): Promise<void> {
    const path = this.#path(epoch);
    if (path === undefined || this.#known.includes(0)) return;
    const { buffer, byteOffset, byteLength } = this.#soft;
    await replaceFile(path, new Uint8Array(buffer, byteOffset, byteLength));
  }

  #path(epoch: number): string | undefined {
    const { cache, recipe } = this.#options;
    const view = recipe.augmentation.length === 0 ? 0 : epoch + 1;
    return cache && join(cache, this.#identity, `epoch-${String(view).padStart(4, '0')}.f32`);
  }
}

function checkShape({ network }: TrainedNetwork, { shape, name }: Dataset): void {
  const [input] = network.layers;
  if (input.kind === 'input' && input.shape.join() === shape.join()) return;
  const sizes = input.kind === 'input' ? input.shape.join('x') : 'no pictures';
  throw new InkError(
    'INK_DATASET_INVALID',
    `The pictures of ${name} are ${shape.join('x')}, and the teacher ${network.name} takes ${sizes}.`,
  );
}

function identityOf({ teachers, recipe, train }: TeachersOptions): string {
  const { seed, augmentation } = recipe;
  // With other batches, an engine may add in another order.
  const views = { seed: augmentation.length === 0 ? undefined : seed, augmentation, batchSize: recipe.batchSize };
  const hash = createHash('sha256');
  hash.update(JSON.stringify([views, train.classes, teachers.map(({ parameters }) => weightsHash(parameters))]));
  hash.update(train.images).update(Buffer.from(train.labels.buffer, train.labels.byteOffset, train.labels.byteLength));
  return hash.digest('hex').slice(0, 16);
}
