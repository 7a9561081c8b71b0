import { createEngineOn } from '../create-engine.js';
import type { Engine, EngineOptions } from '../engine.js';
import { nodeHost } from './node-host.js';

/**
 * Creates an engine on Node.js, with the network's initial weights. The engine is not started yet.
 *
 * @throws InkError INK_GRAPH_INVALID where the network cannot be trained, INK_CONFIG_INVALID naming a wrong option
 */
export const createEngine = (options: EngineOptions): Engine => createEngineOn(nodeHost(), options);
