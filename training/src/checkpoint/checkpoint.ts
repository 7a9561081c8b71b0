import { InkError } from '@inkcast/shared/errors';
import { readWholeFile, replaceFile } from '@inkcast/shared/files';
import { z } from 'zod';
import type { EngineState } from '../engine/index.js';
import type { Parameters, Tensor } from '../models/index.js';
import { type EpochRecord, historySchema } from './history.js';
import { readMetadata } from './metadata.js';
import { decodeTensors, encodeTensors } from './safetensors.js';

const positionSchema = z.object({
  /** Number of complete epochs. */
  epoch: z.int().nonnegative(),
  /** Steps done in the current epoch. */
  stepInEpoch: z.int().nonnegative(),
  /** Sums over these steps. */
  lossSum: z.number(),
  correct: z.int().nonnegative(),
  images: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
});

/** The position of a run. The seed and these counts determine the random numbers of a step. */
export type Position = z.infer<typeof positionSchema>;

/** Everything that a run needs, besides its recipe, to continue as if it had never stopped. */
export interface Checkpoint {
  readonly state: EngineState;
  readonly position: Position;
  readonly history: readonly EpochRecord[];
  /** The engine's build; another build rounds differently. */
  readonly build: string;
}

const GROUPS = ['parameters', 'slots', 'averaged'] as const;

/** Writes a checkpoint as one file. @throws InkError INK_FILE_UNWRITABLE; an existing file is then unchanged */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { state, position, history, build } = checkpoint;
  const tensors = new Map<string, Tensor>();
  for (const group of GROUPS) {
    for (const [name, tensor] of state[group] ?? []) tensors.set(`${group}/${name}`, tensor);
  }
  const metadata = {
    step: JSON.stringify(state.step),
    position: JSON.stringify(position),
    history: JSON.stringify(history),
    build: JSON.stringify(build),
  };
  await replaceFile(path, encodeTensors({ tensors, metadata }));
}

/** @throws InkError INK_FILE_UNREADABLE, or INK_CHECKPOINT_INVALID naming what is wrong */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  const { tensors, metadata } = decodeTensors(await readWholeFile(path), path);
  const groups = new Map(GROUPS.map((group) => [group, new Map<string, Tensor>()]));
  for (const [key, tensor] of tensors) {
    const group = GROUPS.find((candidate) => key.startsWith(`${candidate}/`));
    if (group === undefined) throw new InkError('INK_CHECKPOINT_INVALID', `${path} holds the unknown tensor "${key}".`);
    groups.get(group)?.set(key.slice(group.length + 1), tensor);
  }
  const part = (group: (typeof GROUPS)[number]): Parameters => groups.get(group) ?? new Map();
  const averaged = part('averaged');
  return {
    state: {
      step: readMetadata(metadata, 'step', z.int().nonnegative(), path),
      parameters: part('parameters'),
      slots: part('slots'),
      ...(averaged.size === 0 ? {} : { averaged }),
    },
    position: readMetadata(metadata, 'position', positionSchema, path),
    history: readMetadata(metadata, 'history', historySchema, path),
    build: readMetadata(metadata, 'build', z.string(), path),
  };
}
