import { openKernelVision, type VisionBuild, type VisionOperations } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import { type Machine, prefersSmallParts, thisMachine } from '../machine/index.js';
import { isOpenCvNativeInstalled, openOpenCvNative } from './opencv-native.js';
import { readVisionCode } from './read-vision-code.js';

/** `auto` is the native build if it is installed, otherwise the kernels on a small machine, and the WASM build elsewhere. */
export type VisionChoice = VisionBuild | 'auto';

/**
 * Loads vision's operations.
 *
 * @param onRefusal called with `auto` if the native build is installed but cannot be loaded; another is used instead
 * @param machine default: this one
 * @throws InkError INK_VISION_FAILED if the chosen build cannot be loaded
 */
export async function openVision(
  choice: VisionChoice,
  onRefusal: (error: InkError) => void = () => {},
  machine?: Machine,
): Promise<VisionOperations> {
  if (choice === 'native') return openOpenCvNative();
  if (choice === 'auto' && isOpenCvNativeInstalled()) {
    try {
      return await openOpenCvNative();
    } catch (error) {
      if (!(error instanceof InkError)) throw error;
      onRefusal(error);
    }
  }
  const build = choice === 'auto' && prefersSmallParts(machine ?? thisMachine()) ? 'kernels' : choice;
  if (build === 'kernels') return openKernelVision(await readVisionCode());
  // Loaded only where it runs: it is 13 MB of code.
  const { openOpenCvWasm } = await import('./opencv-wasm.js');
  return openOpenCvWasm();
}
