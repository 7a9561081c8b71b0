import { type Spotter, spotterOf } from '@inkcast/reader/inference';
import type { Bundle, SpotterSize } from '@inkcast/shared/bundle';
import { type BackEndSettings, onProcessor, openRuntime } from './open-runtime.js';

/**
 * Opens a spotter. With `coral`, the processor runs it, because the Coral accelerator runs only files that were
 * compiled for one size of picture.
 *
 * @param companions the bundle that `companionsOf` returns
 * @param size as `spotterOf` takes it
 * @throws InkError what `spotterOf` and the chosen back end throw
 */
export async function openSpotter(
  companions: Pick<Bundle, 'spotters' | 'folder'>,
  size: SpotterSize,
  settings: BackEndSettings,
): Promise<Spotter> {
  const { choice, onNote = () => {} } = settings;
  if (choice === 'coral') onNote('The processor runs the spotter: the Coral takes pictures of one size only.');
  return spotterOf(companions, size, await openRuntime(onProcessor(settings)));
}
