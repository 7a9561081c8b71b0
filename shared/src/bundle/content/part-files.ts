import type { BundleParts } from './manifest.js';

/** The names of the files of a bundle's parts besides its classifier. */
export function partFiles({ spotters = [], verifier, judgement, replay }: BundleParts): readonly string[] {
  const parts = [...spotters, verifier, judgement, replay];
  const { weights, replay: rehearsed } = verifier?.learning ?? {};
  return [...parts.map((part) => part?.file), weights, rehearsed].filter((file) => file !== undefined);
}
