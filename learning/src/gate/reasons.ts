import type { GateReport } from '@inkcast/shared/teaching';

/** Points of accuracy that MNIST may lose. */
const MAX_MNIST_LOSS = 0.1;
/** Figures in percent are kept as floating-point numbers. */
const EPSILON = 1e-6;
/** A model of other classes has no base to be held against. It may be wrong at most so often. */
const MAX_WRONG_SHARE = 0.2;
const MAX_FALSE_SHARE = 0.2;

/** Share of what a verifier was trained on that it may lose. */
const MAX_KNOWN_LOSS = 0.02;

export type GateFigures = Omit<GateReport, 'passed' | 'reasons'>;

/** One sentence for each reason why a candidate may not replace its base. */
export function reasonsAgainst({ heldBack, mnist, negatives, verifier }: GateFigures): readonly string[] {
  const reasons: string[] = [];
  const { count, wrongBefore, wrongAfter } = heldBack;
  if (count === 0) reasons.push('No label was held back, so nothing shows whether it is better.');
  else if (wrongBefore === null && wrongAfter > MAX_WRONG_SHARE * count) {
    reasons.push(`It reads ${wrongAfter} of ${count} held-back labels wrong.`);
  } else if (wrongBefore !== null && wrongAfter > wrongBefore) {
    reasons.push(`It reads ${wrongAfter} of ${count} held-back labels wrong, and the model in use ${wrongBefore}.`);
  }
  if (mnist !== null && mnist.before - mnist.after > MAX_MNIST_LOSS + EPSILON) {
    const [before, after] = [mnist.before, mnist.after].map((percent) => percent.toFixed(2));
    reasons.push(`On MNIST it falls from ${before} to ${after} %.`);
  }
  if (negatives.falseBefore === null) {
    if (negatives.falseAfter > MAX_FALSE_SHARE * negatives.count) {
      reasons.push(`It takes ${negatives.falseAfter} of ${negatives.count} pictures without a character for one.`);
    }
  } else if (negatives.newlyFalse > 0) {
    reasons.push(`It takes ${negatives.newlyFalse} of ${negatives.count} pictures without a digit newly for one.`);
  }
  return verifier === null ? reasons : [...reasons, ...reasonsAgainstVerifier(verifier)];
}

function reasonsAgainstVerifier({ heldBack, known, negatives }: NonNullable<GateFigures['verifier']>): string[] {
  const reasons: string[] = [];
  if (heldBack.wrongAfter > heldBack.wrongBefore) {
    reasons.push(
      `With what is around them it takes ${heldBack.wrongAfter} of ${heldBack.count} held-back labels for something else, and the model in use ${heldBack.wrongBefore}.`,
    );
  }
  if (known.wrongAfter - known.wrongBefore > MAX_KNOWN_LOSS * known.count) {
    reasons.push(
      `With what is around them it takes ${known.wrongAfter} of ${known.count} known pictures for something else, and the model in use ${known.wrongBefore}.`,
    );
  }
  if (negatives.newlyFalse > 0) {
    reasons.push(
      `It takes ${negatives.newlyFalse} of ${negatives.count} places without a handwritten digit newly for one.`,
    );
  }
  return reasons;
}
