import type { VerifierDescription } from './manifest.js';

const DIGITS = [...'0123456789'];

/** What is inconsistent in a verifier's description; undefined if nothing is. */
export function verifierFault({ file, input, output, labels }: VerifierDescription): string | undefined {
  const [batch, height, width, channels] = input.shape;
  if (input.shape.length !== 4 || batch !== 1 || channels !== 1 || height !== width) {
    return `${file} takes [${input.shape}] by its manifest, not one square picture of luma`;
  }
  if (output.shape.join() !== [1, labels.length].join()) {
    return `${file} gives [${output.shape}] by its manifest for ${labels.length} labels`;
  }
  if (new Set(labels).size !== labels.length) return `${file} has two outputs of the same label by its manifest`;
  const missing = DIGITS.find((digit) => !labels.includes(digit));
  return missing === undefined ? undefined : `${file} does not know the digit ${missing} by its manifest`;
}
