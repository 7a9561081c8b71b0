import { Spotter, SpotterNetwork } from '@inkcast/reader/inference';
import type { Bundle, SpotterSize } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { type BackEndSettings, onProcessor, openRuntime } from './open-runtime.js';

/**
 * Opens a spotter. With `coral`, the processor runs it, because the Coral accelerator runs only files that were
 * compiled for one size of picture.
 *
 * @param companions the bundle that `companionsOf` returns
 * @param size if `small` is missing in the bundle, the other spotter looks at the frame at half its resolution
 * @throws InkError INK_BUNDLE_INVALID if there is no spotter, and what the chosen back end throws, for example that it
 * cannot run this network
 */
export async function openSpotter(
  { spotters, folder }: Pick<Bundle, 'spotters' | 'folder'>,
  size: SpotterSize,
  settings: BackEndSettings,
): Promise<Spotter> {
  const spotter = spotters.find(({ description }) => description.size === size) ?? spotters[0];
  if (spotter === undefined) {
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: it has a judgement and no spotter.`);
  }
  const { choice, onNote = () => {} } = settings;
  const { size: found, input } = spotter.description;
  if (choice === 'coral') onNote('The processor runs the spotter: the Coral takes pictures of one size only.');
  const network = new SpotterNetwork(spotter, await openRuntime(onProcessor(settings)));
  try {
    // The reader will ask for its frames' size later; this finds out now whether the network runs at all.
    network.prepare(input.shape[1], input.shape[2]);
    return new Spotter(network, size === 'small' && found !== 'small' ? 2 : 1);
  } catch (error) {
    network.close();
    throw error;
  }
}
