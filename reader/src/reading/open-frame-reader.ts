import { areDigits, type Bundle, type SpotterSize } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { openClassifier, type Runtime, spotterOf, Verifier, verifierOf } from '../inference/index.js';
import type { VisionOperations } from '../vision/index.js';
import { FrameReader } from './frame-reader.js';
import { judgementOf } from './judgement/judgement.js';

/** A reader with what was opened for it. */
export interface OpenReader {
  readonly reader: FrameReader;
  /** Frees the networks and their runtime. */
  close(): void;
}

/**
 * Opens a reader with all networks of a bundle in one runtime. It owns the runtime from then on, also if this throws.
 *
 * @throws InkError INK_BUNDLE_INVALID if the bundle lacks a part or has other classes than digits, and what the runtime throws
 */
export function openFrameReader(
  operations: VisionOperations,
  bundle: Bundle,
  runtime: Runtime,
  size: SpotterSize = 'standard',
): OpenReader {
  // The spotter closes the runtime, which must be closed last.
  const spotter = spotterOf(bundle, size, runtime);
  const opened: { close(): void }[] = [spotter];
  const close = (): void => {
    for (const part of opened.splice(0).reverse()) part.close();
  };
  const owned = <T extends { close(): void }>(part: T): T => {
    opened.push(part);
    return part;
  };
  try {
    if (!areDigits(bundle.manifest.labels)) {
      const reason = 'it has other classes than digits, which this reader does not read';
      throw new InkError('INK_BUNDLE_INVALID', `The bundle ${bundle.folder} is refused: ${reason}.`);
    }
    const { description, model } = verifierOf(bundle);
    const verifier = owned(new Verifier(description, runtime.open(model)));
    const classifier = openClassifier(bundle, owned(runtime.open(bundle.model)));
    const models = { spotter, verifier, classifier, judgement: judgementOf(bundle) };
    return { reader: new FrameReader(operations, models), close };
  } catch (error) {
    close();
    throw error;
  }
}
