import type { VisionBuild, VisionOperations } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import { isOpenCvNativeInstalled, openOpenCvNative } from './opencv-native.js';
import { openOpenCvWasm } from './opencv-wasm.js';

/** `auto` is the native build if it is installed, otherwise the WASM build. */
export type VisionChoice = VisionBuild | 'auto';

/**
 * Loads OpenCV.
 *
 * @param onRefusal called with `auto` if the native build is installed but cannot be loaded; the WASM build is used
 * instead
 * @throws InkError INK_VISION_FAILED if the chosen build cannot be loaded
 */
export async function openVision(
  choice: VisionChoice,
  onRefusal: (error: InkError) => void = () => {},
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
  return openOpenCvWasm();
}
