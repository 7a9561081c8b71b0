import { availableParallelism } from 'node:os';
import { InkError } from '@inkcast/shared/errors';
import type { Parameters } from '../../models/index.js';
import type { ResolvedOptions } from '../resolved-options.js';
import { mapMemory } from './control.js';
import { EngineMemory } from './engine-memory.js';
import { makePlan } from './plan/make-plan.js';
import { SHARDS } from './shards.js';
import { WasmEngine } from './wasm-engine.js';

// What a 32-bit address reaches, but for a last page.
const MOST_BYTES = 2 ** 32 - 2 ** 16;

/**
 * Plans the network's kernel calls and lays out the memory.
 *
 * @param parameters the first weights
 * @throws InkError INK_ENGINE_FAILED where the network in batches of this size needs more memory than there can be
 */
export function createWasmEngine(options: ResolvedOptions, parameters: Parameters): WasmEngine {
  const threads = Math.min(SHARDS, options.threads ?? availableParallelism());
  const plan = makePlan(options);
  const map = mapMemory(plan.placement.sizes, threads);
  if (map.bytes > MOST_BYTES) {
    const gigabytes = (map.bytes / 2 ** 30).toFixed(1);
    throw new InkError(
      'INK_ENGINE_FAILED',
      `Network "${options.network.name}" in batches of ${options.batchSize} needs ${gigabytes} GiB; a run can have 4.`,
      { remedy: 'Make the batch smaller.' },
    );
  }
  const engine = new WasmEngine(options, plan, new EngineMemory(plan, map), threads);
  engine.loadParameters(parameters);
  return engine;
}
