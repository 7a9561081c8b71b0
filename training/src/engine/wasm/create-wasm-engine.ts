import { asInkError, InkError } from '@inkcast/shared/errors';
import type { Parameters } from '../../models/index.js';
import type { ResolvedOptions } from '../resolved-options.js';
import { type MemoryMap, mapMemory } from './control.js';
import type { EngineHost } from './engine-host.js';
import { EngineMemory } from './engine-memory.js';
import { makePlan, type Plan } from './plan/make-plan.js';
import { SHARDS } from './shards.js';
import { WasmEngine } from './wasm-engine.js';

// What a 32-bit address reaches, but for a last page.
const MAX_MEMORY_BYTES = 2 ** 32 - 2 ** 16;

/**
 * Plans the network's kernel calls and lays out the memory.
 *
 * @param parameters the first weights
 * @throws InkError INK_OUT_OF_MEMORY where the network in batches of this size needs more memory than there can be
 */
export function createWasmEngine(host: EngineHost, options: ResolvedOptions, parameters: Parameters): WasmEngine {
  const threads = host.startThread === undefined ? 1 : Math.min(SHARDS, options.threads ?? host.threads);
  const plan = makePlan(options);
  const map = mapMemory(plan.placement.sizes, threads);
  const engine = new WasmEngine(options, plan, memoryFor(options, plan, map), { host, threads });
  engine.loadParameters(parameters);
  return engine;
}

function memoryFor({ network, batchSize }: ResolvedOptions, plan: Plan, map: MemoryMap): EngineMemory {
  const tooMuch = (most: string, cause?: unknown): InkError => {
    const needed = `Network "${network.name}" in batches of ${batchSize} needs ${(map.bytes / 2 ** 30).toFixed(1)} GiB`;
    return new InkError('INK_OUT_OF_MEMORY', `${needed}; ${most}.`, {
      remedy: 'Use a smaller batch, or a smaller network with --width.',
      ...(cause === undefined ? {} : { cause }),
    });
  };
  if (map.bytes > MAX_MEMORY_BYTES) throw tooMuch('a run can have 4');
  try {
    return new EngineMemory(plan, map);
  } catch (cause) {
    if (asInkError(cause).code === 'INK_OUT_OF_MEMORY') throw tooMuch('this machine has less to give', cause);
    throw cause;
  }
}
