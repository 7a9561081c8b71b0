import { initializeParameters } from '../models/index.js';
import type { Engine, EngineOptions } from './engine.js';
import { ReferenceEngine } from './reference/reference-engine.js';
import { resolveOptions } from './resolved-options.js';
import { createWasmEngine } from './wasm/create-wasm-engine.js';
import type { EngineHost } from './wasm/engine-host.js';

/**
 * Creates an engine on a platform, with the network's initial weights. The engine is not started yet.
 *
 * @throws InkError INK_GRAPH_INVALID where the network cannot be trained, INK_CONFIG_INVALID naming a wrong option
 */
export function createEngineOn(host: EngineHost, options: EngineOptions): Engine {
  const resolved = resolveOptions(options);
  const parameters = initializeParameters(options.network, options.seed);
  return options.backend === 'wasm'
    ? createWasmEngine(host, resolved, parameters)
    : new ReferenceEngine(resolved, parameters);
}
