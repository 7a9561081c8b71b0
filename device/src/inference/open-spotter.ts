import type { Bundle, SpotterSize } from '@inkcast/shared/bundle';
import { type BackEndSettings, openRuntime } from './open-runtime.js';
import { SpotterNetwork } from './spotter-network.js';

/** The size of the spotter that is used, or that none is. */
export type SpotterChoice = SpotterSize | 'none';

/**
 * Opens a spotter. The Coral accelerator runs files that were compiled for one size of picture, so that with `coral`
 * the processor runs it.
 *
 * @param companions the bundle that `companionsOf` names
 * @param size another size is taken where there is none of this one
 * @returns undefined where `size` is `none`, or there is no spotter
 * @throws InkError what the back end that was chosen throws, such as that it does not run this network
 */
export async function openSpotter(
  { spotters }: Pick<Bundle, 'spotters'>,
  size: SpotterChoice,
  settings: BackEndSettings,
): Promise<SpotterNetwork | undefined> {
  if (size === 'none' || spotters.length === 0) return undefined;
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
    return network;
  } catch (error) {
    network.close();
    throw error;
  }
}
