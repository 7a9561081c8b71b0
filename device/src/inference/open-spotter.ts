import type { Bundle, SpotterSize } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { type BackEndSettings, openRuntime } from './open-runtime.js';
import { Spotter } from './spotter.js';
import { SpotterNetwork } from './spotter-network.js';

/**
 * Opens a spotter. The Coral accelerator runs files that were compiled for one size of picture, so that with `coral`
 * the processor runs it.
 *
 * @param companions the bundle that `companionsOf` names
 * @param size another size is taken where there is none of this one
 * @throws InkError INK_BUNDLE_INVALID where there is no spotter, and what the back end that was chosen throws, such as that
 * it does not run this network
 */
export async function openSpotter(
  { spotters, folder }: Pick<Bundle, 'spotters' | 'folder'>,
  size: SpotterSize,
  settings: BackEndSettings,
): Promise<Spotter> {
  if (spotters.length === 0) {
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: it has a judgement and no spotter.`);
  }
  const { choice, onNote = () => {} } = settings;
  const [first] = spotters;
  const spotter = spotters.find(({ description }) => description.size === size) ?? first;
  const { size: found, input } = spotter.description;
  if (found !== size) onNote(`There is no ${size} spotter: the ${found} one is used.`);
  if (choice === 'coral') onNote('The processor runs the spotter: the Coral takes pictures of one size only.');
  const network = new SpotterNetwork(
    spotter,
    await openRuntime({ ...settings, choice: choice === 'coral' ? 'cpu' : choice }),
  );
  try {
    // The reader will ask for the size of its frames; whether it runs at all is to be known now.
    network.prepare(input.shape[1], input.shape[2]);
    return new Spotter(network);
  } catch (error) {
    network.close();
    throw error;
  }
}
