import { areDigits, type Bundle, type SpotterSize } from '@inkcast/shared/bundle/content';
import { openClassifier, type Runtime, spotterOf, Verifier, verifierOf } from '../inference/index.js';
import type { VisionOperations } from '../vision/index.js';
import { FrameReader } from './frame-reader.js';
import { InkReader } from './ink-reader.js';
import { judgementOf } from './judgement/judgement.js';

/** A reader with what was opened for it. */
export interface OpenReader {
  readonly reader: Pick<FrameReader, 'read'>;
  /** Frees the networks and their runtime. */
  close(): void;
}

export interface OpenReaderOptions {
  /** The bundle of spotter, verifier and judgement; default the bundle of the classifier. */
  readonly companions?: Bundle;
  /** Default `standard`. */
  readonly spotter?: SpotterSize;
}

/**
 * Opens a reader with all networks of a bundle in one runtime. A bundle of other classes than digits is read from ink
 * alone. The reader owns the runtime from then on, also if this throws.
 *
 * @throws InkError INK_BUNDLE_INVALID if the bundle lacks a part, and what the runtime throws
 */
export function openFrameReader(
  operations: VisionOperations,
  bundle: Bundle,
  runtime: Runtime,
  { companions = bundle, spotter: size = 'standard' }: OpenReaderOptions = {},
): OpenReader {
  const spotter = areDigits(bundle.manifest.labels) ? spotterOf(companions, size, runtime) : undefined;
  // The runtime must be closed last; a spotter closes it.
  const opened: { close(): void }[] = [spotter ?? runtime];
  const close = (): void => {
    for (const part of opened.splice(0).reverse()) part.close();
  };
  const owned = <T extends { close(): void }>(part: T): T => {
    opened.push(part);
    return part;
  };
  try {
    const classifier = openClassifier(bundle, owned(runtime.open(bundle.model)));
    if (spotter === undefined) return { reader: new InkReader(operations, classifier), close };
    const { description, model } = verifierOf(companions);
    const verifier = owned(new Verifier(description, runtime.open(model)));
    const models = { spotter, verifier, classifier, judgement: judgementOf(companions) };
    return { reader: new FrameReader(operations, models), close };
  } catch (error) {
    close();
    throw error;
  }
}
