import type { Bundle, SpotterSize } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import type { Runtime } from './runtime.js';
import { Spotter } from './spotter.js';
import { SpotterNetwork } from './spotter-network.js';

/**
 * A spotter of a bundle. It owns the runtime from then on, also if this throws.
 *
 * @param size if `small` is missing in the bundle, the other spotter looks at the frame at half its resolution
 * @throws InkError INK_BUNDLE_INVALID if there is no spotter, and what the runtime throws, for example that it cannot run
 * this network
 */
export function spotterOf(
  { spotters, folder }: Pick<Bundle, 'spotters' | 'folder'>,
  size: SpotterSize,
  runtime: Runtime,
): Spotter {
  const spotter = spotters.find(({ description }) => description.size === size) ?? spotters[0];
  if (spotter === undefined) {
    runtime.close();
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: it has a judgement and no spotter.`);
  }
  const found = spotter.description.size;
  const network = new SpotterNetwork(spotter, runtime);
  try {
    network.check();
    return new Spotter(network, size === 'small' && found !== 'small' ? 2 : 1);
  } catch (error) {
    network.close();
    throw error;
  }
}
