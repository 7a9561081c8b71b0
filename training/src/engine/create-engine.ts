import type { Engine, EngineOptions } from './engine.js';
import { ReferenceEngine } from './reference/reference-engine.js';
import { resolveOptions } from './resolved-options.js';
import { WasmEngine } from './wasm/wasm-engine.js';

/**
 * An engine with the network's first weights, not yet started.
 *
 * @throws InkError INK_GRAPH_INVALID where the network cannot be trained, INK_CONFIG_INVALID naming a wrong option
 */
export function createEngine(options: EngineOptions): Engine {
  const resolved = resolveOptions(options);
  return options.backend === 'wasm' ? new WasmEngine(resolved) : new ReferenceEngine(resolved);
}
